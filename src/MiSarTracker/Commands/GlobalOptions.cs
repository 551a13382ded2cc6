using System.CommandLine;

namespace MiSarTracker.Commands;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Workspace { get; } = new("--workspace")
    {
        Description = "The workspace's folder (else $MISAR_WORKSPACE, else the platform's data folder).",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Machine output on standard output, everything else on standard error.",
        Recursive = true,
    };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "No remarks.", Recursive = true };
}
