using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Journey;
using MiSarTracker.Storage;

namespace MiSarTracker.Commands;

/// <summary><c>misar compare</c></summary>
internal static class CompareCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "One table over all cases: categories by vendor. Records nothing." };
    private static readonly Option<string> TimeZone = new("--timezone") { Description = "The clock of the answer's bare times, when you know it (else it is found).", HelpName = "TZ" };
    private static readonly Option<string[]> Tolerances = new("--tolerance") { Description = "How far values may differ and still agree.", HelpName = "CATEGORY=X" };
    private static readonly Option<string> Csv = new("--csv") { Description = "Writes the findings as CSV.", HelpName = "FILE" };
    private static readonly Option<bool> FailOnFindings = new("--fail-on-findings") { Description = "Exit 2 when something is missing or altered." };

    private static readonly Option<string> Since = new("--since") { Description = "Also says what captures after this one upload that it and those before it did not.", HelpName = "E-001" };

    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        reference.Arity = ArgumentArity.ZeroOrOne;
        return CommandLine.Describe("compare", "Puts what was uploaded beside what was disclosed.", "misar compare SAR-2026-0001 --json > comparison.json")
            .With(reference, All, TimeZone, Tolerances, Csv, FailOnFindings, Since)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                if (RefuseMixed(result, reference))
                {
                    return await CompareAllAsync(session, cancellationToken).ConfigureAwait(false);
                }

                var options = OptionsOf(result);
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                if (options.Since is { } since && found.Exhibits.All(exhibit => exhibit.Kind != ExhibitKind.Response))
                {
                    DriftScreen.Show(session.Screen, found, new CaseComparison(workspace, session.Templates, session.Settings).Drift(found, since, cancellationToken));
                    return 0;
                }

                var comparison = await CompareAsync(session, workspace, found, options, cancellationToken).ConfigureAwait(false);
                if (result.GetValue(Csv) is { } path)
                {
                    OutputFile.Write(path, Encoding.UTF8.GetBytes(FindingsCsv.Write(comparison)));
                }

                if (session.Screen.Json)
                {
                    session.Screen.Raw(Encoding.UTF8.GetString(ComparisonJson.Write(comparison)));
                }

                Print(session.Screen, comparison);
                session.Screen.Next($"misar report {found.Reference} --output {found.Reference}.pdf");
                return result.GetValue(FailOnFindings) && comparison.Findings.Any(finding => finding.Severity > Severity.Info) ? 2 : 0;
            });
    }

    /// <summary>The options that say how to compare; the report takes them too.</summary>
    internal static Option[] HowToCompare => [TimeZone, Tolerances, Since];

    /// <exception cref="Refusal">A tolerance cannot be read.</exception>
    internal static ComparisonOptions OptionsOf(ParseResult result) =>
        new(result.GetValue(TimeZone), (result.GetValue(Tolerances) ?? []).Select(ParseTolerance).ToDictionary()) { Since = result.GetValue(Since) };

    /// <summary>True for all cases, false for one.</summary>
    /// <exception cref="Refusal">Both were asked for, or neither.</exception>
    private static bool RefuseMixed(ParseResult result, Argument<string> reference)
    {
        var all = result.GetValue(All);
        if (all == (result.GetValue(reference) is not null))
        {
            throw new Refusal(all ? "Either one case or --all." : "Which case?", "misar compare SAR-2026-0001, or misar compare --all for a table over all of them.");
        }

        Option[] ofOne = [.. HowToCompare, Csv, FailOnFindings];
        return all && ofOne.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } option
            ? throw new Refusal($"{option.Name} is for one case.", "Without it: misar compare --all.")
            : all;
    }

    private static async Task<int> CompareAllAsync(Session session, CancellationToken cancellationToken)
    {
        var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        var cases = workspace.Cases.List(new CaseQuery()).Select(item => workspace.Cases.Get(item.Reference)).OrderBy(one => one.Reference.ToString(), StringComparer.Ordinal).ToList();
        if (cases.Count == 0)
        {
            throw new Refusal("There is no case yet.", "misar case open --vendor xiaomi-mi-fit --identifier user-id=…");
        }

        OverviewScreen.Show(session.Screen, [.. new VendorOverview(workspace, session.Templates, session.Settings).Of(cases, session.Now, cancellationToken)]);
        session.Screen.Next($"misar compare {cases[0].Reference}");
        return 0;
    }

    /// <summary>Compares, and keeps the result in the vault and on the record.</summary>
    internal static async Task<Comparison> CompareAsync(
        Session session, Workspace workspace, Case found, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var comparer = new CaseComparison(workspace, session.Templates, session.Settings);
        var complete = comparer.Complete(found, options);
        var comparison = session.Screen.WithProgress(
            $"Comparing {found.Reference}", found.Exhibits.Sum(exhibit => exhibit.Size), report => comparer.Compare(found, complete, session.Now, cancellationToken, report));
        var entry = workspace.Vault.Store(ComparisonJson.Write(comparison));
        await workspace.Apply(
            found.Reference,
            new RecordComparison
            {
                Engine = comparison.Engine,
                Sha256 = entry.Sha256,
                Size = entry.Size,
                Exhibits = found.Exhibits.Select(exhibit => exhibit.Number).ToValueList(),
                Options = JsonSerializer.Serialize(complete),
                Findings = comparison.Findings.Count(finding => finding.Severity > Severity.Info),
            },
            session.Now,
            cancellationToken).ConfigureAwait(false);
        return comparison;
    }

    internal static void Print(Screen screen, Comparison comparison)
    {
        screen.Table(
            ["category", ">uploaded", ">matched", ">missing", ">altered", "verdict"],
            [.. comparison.Categories.Where(category => category.Uploaded > 0).Select(category => new[]
            {
                category.Category.Name, Screen.Number(category.Uploaded), Screen.Number(category.Matched), Screen.Number(category.Missing),
                Screen.Number(category.Altered), ContractName.Of(category.Verdict),
            })]);
        screen.Line();
        screen.Paragraph($"Clock of the answer: {(comparison.Clock.OffsetMinutes is { } offset ? $"UTC{offset / 60.0:+0.##;-0.##;+0}; " : "")}{comparison.Clock.How}.");
        screen.Line();
        PrintArticle15(screen, comparison.Article15);
        var accusing = comparison.Findings.Where(finding => finding.Severity > Severity.Info).ToList();
        screen.Heading($"{accusing.Count} findings, {comparison.Findings.Count - accusing.Count} remarks");
        foreach (var finding in accusing.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Id, StringComparer.Ordinal).Take(12))
        {
            screen.Hanging($"  {finding.Id}  ", finding.Statement);
        }

        if (accusing.Count > 12)
        {
            screen.Line($"  … and {accusing.Count - 12} more; --json and the report list all");
        }

        PrintStored(screen, comparison.Stored);
        RoundScreen.Print(screen, comparison.Rounds);
        SearchScreen.Print(screen, comparison.Search);
        if (comparison.Drift is { } drift)
        {
            DriftScreen.Print(screen, drift);
        }
    }

    /// <summary>What the vendor's servers gave back to the app: it is held too, though no capture shows it sent.</summary>
    private static void PrintStored(Screen screen, IReadOnlyList<CategoryResult> stored)
    {
        if (stored.Count == 0)
        {
            return;
        }

        screen.Line();
        screen.Heading("Given back to the app by the vendor's servers, beyond what was uploaded");
        screen.Table(
            ["category", ">given back", ">matched", ">missing", ">altered", "verdict"],
            [.. stored.Select(category => new[]
            {
                category.Category.Name, Screen.Number(category.Uploaded), Screen.Number(category.Matched), Screen.Number(category.Missing),
                Screen.Number(category.Altered), ContractName.Of(category.Verdict),
            })]);
    }

    /// <summary>The checklist, one line for each item with the beginning of its quote or reason.</summary>
    private static void PrintArticle15(Screen screen, IReadOnlyList<Article15Item> items)
    {
        if (items.All(item => item.By is null))
        {
            return;
        }

        screen.Heading("Article 15");
        foreach (var item in items)
        {
            var note = item.By == "person" ? $"(your judgement) {item.Because}" : item.Quote is { } quote ? $"“{quote}”" : item.Because ?? "";
            var name = $"  {item.Item,-9} {item.Status,-9} ";
            screen.Line(name + (note.Length <= Screen.Width - name.Length ? note : note[..(Screen.Width - name.Length - 1)] + "…"));
        }

        screen.Line();
    }

    private static KeyValuePair<string, decimal> ParseTolerance(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var name = at > 0 ? text[..at] : text;
        if (at <= 0 || !Category.TryParse(name.Split('.')[0], out _)
            || !decimal.TryParse(text[(at + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            throw new Refusal($"“{text}” is not CATEGORY=X.", $"For example heart-rate=1. Categories: {string.Join(", ", Category.Named)}.");
        }

        return new KeyValuePair<string, decimal>(name, amount);
    }
}
