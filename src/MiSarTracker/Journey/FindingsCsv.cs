using System.Text;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;

namespace MiSarTracker.Journey;

/// <summary>The findings as a table for spreadsheets. A cell that a spreadsheet would take for a formula is made text.</summary>
public static class FindingsCsv
{
    public static string Write(Comparison comparison)
    {
        var csv = new StringBuilder("id,kind,category,subject,from,to,count,severity,aggregate,statement\r\n");
        foreach (var finding in comparison.Findings)
        {
            string?[] cells =
            [
                finding.Id, ContractName.Of(finding.Kind), finding.Category?.Name, finding.Subject,
                finding.From is { } from ? ComparisonJson.Time(from) : null, finding.To is { } to ? ComparisonJson.Time(to) : null,
                finding.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), ContractName.Of(finding.Severity), finding.Aggregate ? "true" : "false", finding.Statement,
            ];
            csv.AppendJoin(',', cells.Select(cell => Cell(cell ?? ""))).Append("\r\n");
        }

        return csv.ToString();
    }

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 || safe != text ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
