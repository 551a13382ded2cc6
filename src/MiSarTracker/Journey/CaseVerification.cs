using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;
using MiSarTracker.Storage;
using NodaTime.Text;

namespace MiSarTracker.Journey;

/// <summary>Re-hashes, replays and compares again: whether what is stored is what was recorded, and whether it still says the same.</summary>
public sealed class CaseVerification(Workspace workspace, Templates templates, Settings settings)
{
    /// <param name="Faults">Stored data that is damaged: each names what and where.</param>
    /// <param name="Changes">Comparisons that come out otherwise because the engine or the profile changed since.</param>
    public sealed record Outcome(
        int Files, long Bytes, long LedgerEntries, string? LedgerHead, int Comparisons, IReadOnlyList<string> Faults, IReadOnlyList<string> Changes);

    /// <param name="reference">One case, or null for all.</param>
    public async Task<Outcome> RunAsync(CaseReference? reference, CancellationToken cancellationToken)
    {
        var verdict = workspace.Verify(reference, null, cancellationToken);
        var faults = new List<string>(verdict.Cases);
        var changes = new List<string>();
        var cases = await CasesAsync(reference, cancellationToken).ConfigureAwait(false);
        if (!verdict.Ledger.IsIntact)
        {
            faults.Add($"Ledger entry {verdict.Ledger.BrokenAt}: {verdict.Ledger.Problem}");
        }

        // A file that no case refers to does no harm: a command that was stopped leaves one.
        faults.AddRange(verdict.Vault.Faults.Where(fault => fault.Kind != VaultFaultKind.Extra).Select(fault => Describe(fault, cases)));
        var runs = 0;
        foreach (var found in cases)
        {
            foreach (var run in found.Comparisons)
            {
                runs++;
                CompareAgain(found, run, verdict.Vault.Faults, faults, changes, cancellationToken);
            }
        }

        return new Outcome(verdict.Vault.Files, verdict.Vault.Bytes, verdict.Ledger.Entries, verdict.Ledger.Head?.Hash, runs, faults, changes);
    }

    private async Task<List<Case>> CasesAsync(CaseReference? reference, CancellationToken cancellationToken)
    {
        var references = reference is { } only ? [only] : workspace.Cases.List(new CaseQuery()).Select(item => item.Reference).ToList();
        var cases = new List<Case>();
        foreach (var one in references)
        {
            cases.Add(workspace.Cases.Get(one));
        }

        return cases;
    }

    private void CompareAgain(
        Case found, ComparisonRun run, IReadOnlyList<VaultFault> damaged, List<string> faults, List<string> changes, CancellationToken cancellationToken)
    {
        var then = found with { Exhibits = found.Exhibits.Where(exhibit => run.Exhibits.Contains(exhibit.Number)).ToValueList() };
        var hashes = then.Exhibits.Select(exhibit => exhibit.Sha256).Append(run.Sha256);
        if (hashes.Any(hash => damaged.Any(fault => fault.Name == hash)))
        {
            faults.Add($"{found.Reference} {run.Number}: not run again, because a file that it rests on is damaged.");
            return;
        }

        try
        {
            var stored = workspace.Vault.ReadChecked(run.Sha256);
            var options = JsonSerializer.Deserialize<ComparisonOptions>(run.Options) ?? ComparisonOptions.None;
            var again = ComparisonJson.Write(new CaseComparison(workspace, templates, settings).Compare(then, options, ComparedAt(stored), cancellationToken));
            if (!again.AsSpan().SequenceEqual(stored))
            {
                Tell(found, run, options, faults, changes);
            }
        }
        catch (MisarFailure failure)
        {
            faults.Add($"{found.Reference} {run.Number}: {failure.Message}");
        }
    }

    private void Tell(Case found, ComparisonRun run, ComparisonOptions options, List<string> faults, List<string> changes)
    {
        var name = $"{found.Reference} {run.Number}";
        if (run.Engine != Comparison.EngineVersion)
        {
            changes.Add($"{name}: made with engine {run.Engine}; this is engine {Comparison.EngineVersion}.");
        }
        else if (options.Profile != templates.VendorHash(found.Vendor))
        {
            changes.Add($"{name}: the vendor profile {found.Vendor} was changed since.");
        }
        else if (options.Article15 != templates.Article15Hash())
        {
            changes.Add($"{name}: the patterns for Article 15 were changed since.");
        }
        else if (options.Recipients != templates.RecipientsHash())
        {
            changes.Add($"{name}: the list of known recipients was changed since.");
        }
        else
        {
            faults.Add($"{name}: the same files give another comparison than the one that is stored.");
        }
    }

    private static NodaTime.Instant ComparedAt(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return InstantPattern.ExtendedIso.Parse(document.RootElement.GetProperty("comparedAt").GetString()!).Value;
    }

    private static string Describe(VaultFault fault, List<Case> cases)
    {
        var owner = cases.SelectMany(found => found.Exhibits.Where(exhibit => exhibit.Sha256 == fault.Name).Select(exhibit => $"{found.Reference} {exhibit.Number} ({exhibit.FileName})"))
            .Concat(cases.SelectMany(found => found.Letters.Where(letter => letter.Mail.Sha256 == fault.Name).Select(letter => $"{found.Reference} letter {letter.Number}")))
            .Concat(cases.SelectMany(found => found.Comparisons.Where(run => run.Sha256 == fault.Name).Select(run => $"{found.Reference} comparison {run.Number}")))
            .Concat(cases.SelectMany(found => found.Reports.Where(run => run.Sha256 == fault.Name).Select(run => $"{found.Reference} report {run.Number}")))
            .FirstOrDefault() ?? "a file of the vault";
        return $"{owner}: the file {fault}";
    }
}
