using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary>All cases in one table: categories down, vendors across.</summary>
internal static class OverviewScreen
{
    /// <summary>Cases side by side that fit the screen's width.</summary>
    private const int Abreast = 3;

    public static void Show(Screen screen, IReadOnlyList<CaseOverview> cases)
    {
        screen.AsJson(json =>
        {
            json.WriteStartArray("cases");
            foreach (var one in cases)
            {
                json.WriteStartObject();
                Write(json, one);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        foreach (var block in cases.Chunk(Abreast))
        {
            Block(screen, block);
            screen.Line();
        }

        screen.Paragraph(
            "A percentage is the share of what was seen uploaded and can be compared that the answer holds unaltered; “seen” was uploaded in the number of samples "
            + "given, and there is no answer yet; “-” was not seen in the captures, which proves nothing of what was not captured.");
    }

    private static void Block(Screen screen, IReadOnlyList<CaseOverview> cases)
    {
        var categories = cases.SelectMany(one => one.Uploaded.Keys).Distinct().Order().ToList();
        var rows = new List<IReadOnlyList<string>>
        {
            Line("", cases, one => Screen.Shorten(one.Case.Vendor, 15)),
        };
        rows.AddRange(categories.Select(category => Line(Screen.Shorten(category.Name, 26), cases, one => Cell(one, category))));
        rows.Add(Line("places, no workout", cases, one => one.HasCapture ? Screen.Number(one.Location.OutsideWorkouts) : "-"));
        rows.Add(Line("hosts unnamed", cases, one => one.Comparison is { } comparison
            ? Screen.Number(comparison.Findings.Count(finding => finding is { Kind: FindingKind.RecipientNotNamed, Severity: > Severity.Info })) : "-"));
        rows.Add(Line("findings", cases, one => one.Comparison is { } comparison
            ? Screen.Number(comparison.Findings.Count(finding => finding.Severity > Severity.Info)) : one.HasCapture ? "no answer" : "no capture"));
        screen.Table(["category", .. cases.Select(one => ">" + one.Case.Reference)], rows);
    }

    private static List<string> Line(string name, IReadOnlyList<CaseOverview> cases, Func<CaseOverview, string> cell) => [name, .. cases.Select(cell)];

    private static string Cell(CaseOverview one, Category category)
    {
        if (!one.Uploaded.TryGetValue(category, out var samples))
        {
            return "-";
        }

        var result = one.Comparison?.Categories.FirstOrDefault(known => known.Category == category);
        return result switch
        {
            null => $"seen {Screen.Number(samples)}",
            { Verdict: Verdict.AggregatedOnly } => "totals only",
            { Verdict: Verdict.Unintelligible } => "encoded",
            { Verdict: Verdict.NotComparable } => "not comparable",
            _ => Share(result),
        };
    }

    /// <summary>Never 100 % while something is missing, and never 0 % while something is there.</summary>
    private static string Share(CategoryResult result)
    {
        var all = result.Matched + result.Missing + result.Altered;
        var percent = result.Matched == all ? 100 : result.Matched == 0 ? 0 : Math.Clamp((int)Math.Round(result.Matched * 100.0 / all), 1, 99);
        return percent.ToString(CultureInfo.InvariantCulture) + " %";
    }

    private static void Write(Utf8JsonWriter json, CaseOverview one)
    {
        json.WriteString("case", one.Case.Reference.ToString());
        json.WriteString("vendor", one.Case.Vendor);
        json.WriteString("product", one.Product);
        json.WriteBoolean("compared", one.Comparison is not null);
        json.WriteStartArray("categories");
        foreach (var (category, samples) in one.Uploaded.OrderBy(pair => pair.Key))
        {
            json.WriteStartObject();
            if (one.Comparison?.Categories.FirstOrDefault(known => known.Category == category) is { } result)
            {
                ComparisonJson.Category(json, result);
            }
            else
            {
                json.WriteString("category", category.Name);
                json.WriteNumber("uploaded", samples);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("location");
        json.WriteNumber("inWorkouts", one.Location.InWorkouts);
        json.WriteNumber("outsideWorkouts", one.Location.OutsideWorkouts);
        json.WriteEndObject();
        if (one.Comparison is { } comparison)
        {
            json.WriteStartObject("findings");
            foreach (var kind in comparison.Findings.Where(finding => finding.Severity > Severity.Info).GroupBy(finding => finding.Kind).OrderBy(group => group.Key))
            {
                json.WriteNumber(ContractName.Of(kind.Key), kind.Count());
            }

            json.WriteEndObject();
        }
    }
}
