using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Storage;

namespace MiSarTracker.Commands;

/// <summary>The report that goes with a complaint.</summary>
internal static class LetterEnclosure
{
    /// <summary>
    /// The last report of the last comparison: the redacted one, or with <paramref name="withValues"/> the full one. Null, and a word on
    /// how to make it, when there is none: a complaint about silence needs none.
    /// </summary>
    public static LetterAttachment? Report(Screen screen, Workspace workspace, Case found, bool withValues)
    {
        if (found.Comparisons is not [.., var compared])
        {
            return null;
        }

        if (found.Reports.LastOrDefault(report => report.Comparison == compared.Number && report.Redacted != withValues) is not { } run || !workspace.Vault.Contains(run.Sha256))
        {
            screen.Warn($"No {(withValues ? "" : "redacted ")}report of the comparison {compared.Number} is there to go with the complaint. "
                + $"To enclose one: misar report {found.Reference} --output report.pdf{(withValues ? "" : " --redact")}");
            return null;
        }

        return new LetterAttachment(SingleLine.Parse($"{found.Reference}-report.pdf", "the report's name"), "application/pdf", workspace.Vault.ReadChecked(run.Sha256));
    }
}
