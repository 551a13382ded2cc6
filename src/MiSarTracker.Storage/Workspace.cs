using System.Text;
using Microsoft.Data.Sqlite;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ledger;
using MiSarTracker.Storage.Model;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>
/// A folder with all that a person keeps: the database, the vault, the secrets, the settings. Every verb of a case goes
/// through <see cref="Apply{TVerb}"/>: load, decide, save the case with the ledger's entry and the outbox's row, in one
/// transaction. Several processes may have the same workspace open.
/// </summary>
public sealed class Workspace : IDisposable
{
    /// <summary>The person at the keyboard or at the page acts.</summary>
    public const string Person = "person";

    /// <summary>The service acts by itself.</summary>
    public const string Service = "service";

    private readonly Database database;
    private readonly CaseStore store;
    private readonly Erasure erasure;

    private Workspace(WorkspaceLayout layout, string actor, Func<long, byte[]>? salts)
    {
        Layout = layout;
        database = new Database(layout.Database);
        Vault = new Vault(layout.Vault);
        store = new CaseStore(Vault, actor, salts);
        Secrets = new SecretStore(layout.Secrets, Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"));
        Cases = new CaseArchive(database);
        Ledger = new Ledger(database);
        Outbox = new Outbox(database, store);
        Reminders = new ReminderTable(database, store);
        Inbox = new Inbox(database, store, Vault);
        erasure = new Erasure(database, store, Vault, Secrets);
    }

    public WorkspaceLayout Layout { get; }

    public Vault Vault { get; }

    public SecretStore Secrets { get; }

    public CaseArchive Cases { get; }

    public Ledger Ledger { get; }

    public Outbox Outbox { get; }

    public ReminderTable Reminders { get; }

    public Inbox Inbox { get; }

    /// <summary>Whether a folder holds a workspace, without looking into it.</summary>
    public static bool Exists(string folder) => File.Exists(new WorkspaceLayout(Path.GetFullPath(folder)).Database);

    /// <summary>Makes a workspace.</summary>
    /// <param name="settings">The text of its appsettings.json; never a password in it.</param>
    /// <param name="salts">Gives a ledger entry's salt by its number; random, as it must be for real data, when left out.</param>
    /// <exception cref="Refusal">There is one already.</exception>
    /// <exception cref="Unavailable">The folder cannot be written.</exception>
    public static async Task<Workspace> Init(string folder, string settings, Instant now, string actor = Person, Func<long, byte[]>? salts = null, CancellationToken cancellationToken = default)
    {
        var layout = new WorkspaceLayout(Path.GetFullPath(folder));
        if (File.Exists(layout.Database))
            throw new Refusal($"There is a workspace in {layout.Root} already.", "Use it, or name another folder with --workspace.");
        layout.MakeFolders();
        await DatabaseMaking.Make(layout.Database, cancellationToken).ConfigureAwait(false);
        var workspace = new Workspace(layout, actor, salts);
        workspace.WriteSettings(settings);
        _ = await workspace.database.Write(writing =>
        {
            workspace.store.Record(writing, new CaseEvent("workspace-made", "Workspace made.", []), Whole(now));
            return Task.FromResult(true);
        }, cancellationToken).ConfigureAwait(false);
        return workspace;
    }

    /// <summary>Opens a workspace; an older schema is migrated.</summary>
    /// <param name="salts">As for <see cref="Init"/>.</param>
    /// <exception cref="Refusal">There is none, or its database is another program's or a newer version's.</exception>
    /// <exception cref="Corrupt">Its database is damaged; it was not touched.</exception>
    public static async Task<Workspace> Open(string folder, string actor = Person, Func<long, byte[]>? salts = null, CancellationToken cancellationToken = default)
    {
        var layout = new WorkspaceLayout(Path.GetFullPath(folder));
        if (DatabaseGate.Check(layout.Database) < Database.SchemaVersion)
            await DatabaseMaking.Migrate(layout.Database, cancellationToken).ConfigureAwait(false);
        var workspace = new Workspace(layout, actor, salts);
        workspace.Vault.Sweep();
        if (workspace.erasure.IsPending())
            _ = await workspace.erasure.RemoveFiles(cancellationToken).ConfigureAwait(false);
        return workspace;
    }

    /// <summary>Opens a case and gives it the next reference of the year.</summary>
    /// <exception cref="Refusal">The command breaks a rule.</exception>
    public Task<Case> OpenCase(OpenCase command, Instant now, CancellationToken cancellationToken = default) => database.Write(writing =>
    {
        var moment = Whole(now);
        return Task.FromResult(CaseReading.ToCase(store.Open(writing, reference => Core.Cases.OpenCase.Decide(reference, command, moment), moment)));
    }, cancellationToken);

    /// <summary>Applies a verb to a case.</summary>
    /// <returns>What was decided, and stored: the case afterwards and what happened (nothing, when there are no events).</returns>
    /// <exception cref="Refusal">There is no such case, or a rule refuses the step.</exception>
    public Task<Decision> Apply<TVerb>(CaseReference reference, TVerb command, Instant now, CancellationToken cancellationToken = default)
        where TVerb : IVerb<TVerb>
    {
        if (command is EraseCase or HandMail or PostponeMail)
            throw new ArgumentException("An erasure goes through Erase, which also removes the files; a mail on its way goes through Outbox, which holds the claim.", nameof(command));
        return database.Write(writing =>
        {
            var row = CaseStore.Load(writing, reference);
            var decision = TVerb.Decide(CaseReading.ToCase(row), command, Whole(now));
            if (command is RecordSendOutcome outcome)
                Outbox.SettleByHand(writing, row, outcome, Whole(now));
            store.Save(writing, row, decision, Whole(now));
            return Task.FromResult(decision);
        }, cancellationToken);
    }

    /// <summary>Adds an exhibit, whose bytes stand in the vault already, and keeps the password that opens it.</summary>
    /// <param name="password">
    /// Kept as a secret of its own; null when it needs none. For bytes that were added before it takes the place of what was kept with them,
    /// so it must open all that the earlier one does; null leaves that as it is.
    /// </param>
    /// <returns>The exhibit; the earlier one when the same bytes were added before.</returns>
    public Task<Exhibit> AddExhibit(CaseReference reference, AddExhibit command, string? password, Instant now, CancellationToken cancellationToken = default) => database.Write(writing =>
    {
        var row = CaseStore.Load(writing, reference);
        var @case = CaseReading.ToCase(row);
        var known = Core.Cases.AddExhibit.Find(@case, command.Kind, command.Sha256);
        var unlocks = known is not null && password is not null && (!known.HasPassword || Secrets.Get(SecretStore.NameOf(reference, known.Number)) != password);
        var decision = Core.Cases.AddExhibit.Decide(@case, command with { HasPassword = password is not null, Unlocks = unlocks }, Whole(now));
        var exhibit = Core.Cases.AddExhibit.Find(decision.Case, command.Kind, command.Sha256)!;

        // Before the commit: a secret without an exhibit is overwritten by the next; an exhibit without its secret could not be verified.
        if (password is not null && decision.Events.Count > 0)
            Secrets.Set(SecretStore.NameOf(reference, exhibit.Number), password);
        store.Save(writing, row, decision, Whole(now));
        return Task.FromResult(exhibit);
    }, cancellationToken);

    /// <summary>The password that opens an exhibit, or null when it needs none.</summary>
    /// <exception cref="Corrupt">It needs one, and the secret is lost.</exception>
    public string? PasswordOf(CaseReference reference, Exhibit exhibit)
    {
        if (!exhibit.HasPassword)
            return null;
        return Secrets.Get(SecretStore.NameOf(reference, exhibit.Number)) ?? throw new Corrupt(
            $"The password of {exhibit.Number} of {reference} is lost from {Layout.Secrets}.", "Add the same file once more with its password, or restore a backup.");
    }

    /// <summary>Erases a case: rows, payloads, files and secrets. The ledger's chain still verifies.</summary>
    /// <exception cref="Refusal">There is no such case, it is erased, or one of its mails is being sent.</exception>
    public Task<Case> Erase(CaseReference reference, Instant now, CancellationToken cancellationToken = default) =>
        erasure.Run(reference, Whole(now), cancellationToken);

    /// <summary>
    /// Replays the ledger, hashes the vault's files again and compares the stored cases with what the ledger recorded.
    /// </summary>
    /// <param name="reference">Only this case's rows and files; the ledger is always replayed whole.</param>
    /// <param name="checkpoint">A head of the ledger that was written down elsewhere: without one, a cut tail of the chain cannot be noticed.</param>
    /// <exception cref="Corrupt">The database's structure is damaged.</exception>
    public WorkspaceVerdict Verify(CaseReference? reference = null, Checkpoint? checkpoint = null, CancellationToken cancellationToken = default)
    {
        using (var connection = database.Connect())
            DatabaseGate.CheckStructure(connection, Layout.Database);
        return Verification.Run(database, Vault, reference, checkpoint, cancellationToken);
    }

    /// <summary>Writes the settings, 0600.</summary>
    /// <exception cref="Unavailable">The disk did not take them; the earlier ones are as they were.</exception>
    public void WriteSettings(string json) => DurableFile.Write(Layout.Settings, Encoding.UTF8.GetBytes(json));

    /// <summary>Makes this process the one service of the workspace until the lock is disposed of.</summary>
    /// <exception cref="Refusal">Another one is.</exception>
    public ServiceLock LockForService() => ServiceLock.Take(Layout.ServiceLock);

    public void Dispose()
    {
        // Gives the file's handles back at once, so that the folder can be moved or removed.
        using var connection = new SqliteConnection(database.ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static Instant Whole(Instant moment) => CaseStore.Whole(moment);
}
