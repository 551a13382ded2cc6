using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Commands;

/// <summary>One run of the program: the screen, the parts, and the workspace when a command needs it.</summary>
public sealed class Session(Wiring wiring, Screen screen, string folder) : IDisposable
{
    private Workspace? _workspace;
    private Settings? _settings;

    public Wiring Wiring { get; } = wiring;

    public Screen Screen { get; } = screen;

    /// <summary>The workspace's folder, absolute; it need not exist.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The shipped templates, with the workspace's own profiles, days and letters (folders <c>vendors</c>, <c>holidays</c> and <c>letters</c>).</summary>
    public Templates Templates => Wiring.Templates.WithVendors(Path.Combine(Folder, "vendors")).WithHolidays(Path.Combine(Folder, "holidays")).WithLetters(Path.Combine(Folder, "letters"));

    public Instant Now => Wiring.Clock.GetCurrentInstant();

    public Settings Settings => _settings ??= Settings.Read(new WorkspaceLayout(Folder).Settings);

    /// <summary>Today on the person's calendar.</summary>
    public LocalDate Today => Now.InZone(Settings.Person.Zone).Date;

    /// <exception cref="Refusal">There is no workspace.</exception>
    public Task<Workspace> OpenAsync(CancellationToken cancellationToken) => OpenAsync(Workspace.Person, cancellationToken);

    /// <param name="actor">Who acts, for the history.</param>
    /// <exception cref="Refusal">There is no workspace.</exception>
    public async Task<Workspace> OpenAsync(string actor, CancellationToken cancellationToken)
    {
        if (_workspace is null && !Workspace.Exists(Folder))
        {
            throw new Refusal($"There is no workspace in {Folder}.", "Make one with misar init, or name it with --workspace or $MISAR_WORKSPACE.");
        }

        return _workspace ??= await Workspace.Open(Folder, actor, Wiring.LedgerSalts, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="Refusal">There is no such case.</exception>
    public async Task<Case> CaseAsync(string reference, CancellationToken cancellationToken)
    {
        var workspace = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return workspace.Cases.Get(CaseReference.Parse(reference));
    }

    public void Dispose() => _workspace?.Dispose();

    /// <summary>The folder by the option, the environment, or the platform's data folder.</summary>
    public static string FolderOf(ParseResult result) =>
        result.GetValue(GlobalOptions.Workspace)
        ?? (Environment.GetEnvironmentVariable("MISAR_WORKSPACE") is { Length: > 0 } named ? named : null)
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "misar");
}
