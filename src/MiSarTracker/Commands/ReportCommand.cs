using System.CommandLine;
using System.Security.Cryptography;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar report</c></summary>
internal static class ReportCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var output = new Option<string>("--output") { Description = "Where to write it.", HelpName = "FILE.pdf", Required = true };
        var language = new Option<string>("--language") { Description = "The report's language.", HelpName = "CC", DefaultValueFactory = _ => "en" };
        var redact = new Option<bool>("--redact") { Description = "Counts and dates without health values." };
        return CommandLine.Describe("report", "Compares and writes the discrepancy report.", "misar report SAR-2026-0001 --output discrepancy.pdf")
            .With([reference, output, language, redact, .. CompareCommand.HowToCompare])
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var comparison = await CompareCommand.CompareAsync(session, workspace, found, CompareCommand.OptionsOf(result), cancellationToken).ConfigureAwait(false);
                var report = new CaseReport(workspace, session.Templates, session.Settings);
                var pdf = await session.Screen.WithProgressAsync(
                    "Writing the report", () => report.WriteAsync(found, comparison, result.GetValue(language)!, result.GetValue(redact), cancellationToken)).ConfigureAwait(false);
                OutputFile.Write(result.GetValue(output)!, pdf);
                var sha256 = Convert.ToHexStringLower(SHA256.HashData(pdf));
                var after = workspace.Cases.Get(found.Reference);
                workspace.Vault.Store(pdf);
                await workspace.Apply(
                    found.Reference,
                    new RecordReport(sha256, pdf.Length, after.Comparisons[^1].Number, result.GetValue(language)!, result.GetValue(redact)),
                    session.Now,
                    cancellationToken).ConfigureAwait(false);
                session.Screen.AsJson(json =>
                {
                    json.WriteString("file", Path.GetFullPath(result.GetValue(output)!));
                    json.WriteString("sha256", sha256);
                    json.WriteNumber("bytes", pdf.Length);
                    json.WriteString("comparison", after.Comparisons[^1].Number);
                });
                session.Screen.Line($"{result.GetValue(output)}  {Screen.Number(pdf.Length)} bytes");
                session.Screen.Line($"sha256 {sha256}");
                session.Screen.Next($"misar verify {found.Reference}");
                return 0;
            });
    }
}
