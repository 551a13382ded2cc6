using Microsoft.EntityFrameworkCore;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage.Model;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>
/// Erasing a case. The rows and the ledger's payloads go in one transaction (SQLite overwrites them with zeros); what is
/// to be removed from the file system is written down in it, so that a crash before the removal is made good later.
/// </summary>
internal sealed class Erasure(Database database, CaseStore store, Vault vault, SecretStore secrets)
{
    public async Task<Case> Run(CaseReference reference, Instant now, CancellationToken cancellationToken)
    {
        var erased = await database.Write(async writing =>
        {
            var context = writing.Context;
            var row = CaseStore.Load(writing, reference);
            var before = CaseReading.ToCase(row);
            var decision = EraseCase.Decide(before, new EraseCase(), now);
            var known = await context.Disposals.Select(d => d.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
            var mails = Inbox.Forget(writing, reference).Select(sha256 => "vault:" + sha256);
            context.Disposals.AddRange(FilesOf(before).Concat(mails).Distinct().Except(known).Select(name => new DisposalRow { Name = name }));
            _ = await context.Outbox.Where(o => o.CaseId == row.Id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            var name = reference.ToString();
            _ = await context.LedgerPayloads
                .Where(p => context.Ledger.Any(l => l.Sequence == p.Sequence && l.Case == name))
                .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            await writing.SaveTracked(cancellationToken).ConfigureAwait(false);
            store.Save(writing, row, decision, now);
            return decision.Case;
        }, cancellationToken).ConfigureAwait(false);
        await RemoveFiles(cancellationToken).ConfigureAwait(false);
        return erased;
    }

    /// <summary>Removes what erasures wrote down, but for files that another case rests on.</summary>
    public Task<bool> RemoveFiles(CancellationToken cancellationToken) => database.Write(async writing =>
    {
        var context = writing.Context;
        foreach (var disposal in await context.Disposals.ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            var (kind, name) = (disposal.Name[..disposal.Name.IndexOf(':', StringComparison.Ordinal)], disposal.Name[(disposal.Name.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            if (kind == "secret")
                secrets.Delete(name);
            else if (!await CaseFiles.IsUsed(context, name, cancellationToken).ConfigureAwait(false))
                vault.Delete(name);
            _ = context.Disposals.Remove(disposal);
        }

        await writing.SaveTracked(cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Whether an erasure was cut off between its commit and the removal of its files.</summary>
    public bool IsPending()
    {
        using var connection = database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT EXISTS (SELECT 1 FROM "Disposals")""";
        return command.ExecuteScalar() is 1L;
    }

    private static IEnumerable<string> FilesOf(Case @case) =>
    [
        .. CaseFiles.Of(@case).Distinct().Select(sha256 => "vault:" + sha256),
        .. @case.Exhibits.Where(e => e.HasPassword).Select(e => "secret:" + SecretStore.NameOf(@case.Reference, e.Number)),
    ];
}
