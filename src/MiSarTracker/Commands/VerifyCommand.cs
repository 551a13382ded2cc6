using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;
using MiSarTracker.Storage;

namespace MiSarTracker.Commands;

/// <summary><c>misar verify</c>: a case, the whole workspace, or a report's file.</summary>
internal static class VerifyCommand
{
    public static Command Create(Wiring wiring)
    {
        var what = new Argument<string?>("REF|FILE.pdf") { Description = "A case, or a report that was written here; everything when left out.", Arity = ArgumentArity.ZeroOrOne };
        return CommandLine.Describe("verify", "Re-hashes every exhibit, replays the ledger, re-runs the comparison, and says whether all is the same.", "misar verify SAR-2026-0001")
            .With(what)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var reference = await ReferenceOfAsync(session, workspace, result.GetValue(what), cancellationToken).ConfigureAwait(false);
                var verifier = new CaseVerification(workspace, session.Templates, session.Settings);
                var verification = await session.Screen.WithProgressAsync("Verifying", () => verifier.RunAsync(reference, cancellationToken)).ConfigureAwait(false);
                Show(session.Screen, reference, verification);
                return verification.Faults.Count > 0 ? 5 : verification.Changes.Count > 0 ? 2 : 0;
            });
    }

    /// <summary>The case that is named, the case whose report the file is, or null for all.</summary>
    private static async Task<CaseReference?> ReferenceOfAsync(Session session, Workspace workspace, string? what, CancellationToken cancellationToken)
    {
        if (what is null)
        {
            return null;
        }

        if (CaseReference.TryParse(what, out var reference))
        {
            return reference;
        }

        if (!File.Exists(what))
        {
            throw new Refusal($"“{what}” is neither a case's reference nor a file.", "A reference looks like SAR-2026-0001.");
        }

        using var file = InputFile.Open(what);
        var sha256 = EvidenceReader.Sha256(file);
        var cases = workspace.Cases.WithReport(sha256);
        if (cases.Count == 0)
        {
            throw new Corrupt(
                $"{what} (sha256 {sha256}) is no report that this workspace wrote, or it was changed since.",
                "Write it again with misar report and compare the two.");
        }

        session.Screen.Line($"{what} is a report of {cases[0]}, unchanged (sha256 {sha256}).");
        return cases[0];
    }

    private static void Show(Screen screen, CaseReference? reference, CaseVerification.Outcome outcome)
    {
        screen.AsJson(json =>
        {
            json.WriteString("case", reference?.ToString());
            json.WriteBoolean("intact", outcome.Faults.Count == 0);
            json.WriteBoolean("reproduced", outcome.Faults.Count == 0 && outcome.Changes.Count == 0);
            json.WriteNumber("files", outcome.Files);
            json.WriteNumber("bytes", outcome.Bytes);
            json.WriteNumber("ledgerEntries", outcome.LedgerEntries);
            json.WriteString("ledgerHead", outcome.LedgerHead);
            json.WriteNumber("comparisons", outcome.Comparisons);
            json.WriteStartArray("faults");
            outcome.Faults.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteStartArray("changes");
            outcome.Changes.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
        });
        screen.Line($"{Screen.Number(outcome.Files)} files, {Screen.Number(outcome.Bytes)} bytes: re-hashed");
        screen.Line($"{Screen.Number(outcome.LedgerEntries)} ledger entries: replayed; head {outcome.LedgerHead}");
        screen.Line($"{Screen.Number(outcome.Comparisons)} comparisons: run again");
        foreach (var fault in outcome.Faults)
        {
            screen.Paragraph($"FAULT  {fault}");
        }

        foreach (var change in outcome.Changes)
        {
            screen.Paragraph($"not the same  {change}");
        }

        if (outcome.Faults.Count == 0 && outcome.Changes.Count == 0)
        {
            screen.Line("Everything is as it was recorded, and every comparison comes out the same.");
            screen.Paragraph("A ledger without an outside witness is a promise, not a proof: keep its head somewhere else.");
        }
    }
}
