using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;

namespace MiSarTracker.Commands;

/// <summary>What is new since a capture, for a person and for a program.</summary>
internal static class DriftScreen
{
    private const int MostLines = 25;

    /// <summary>The drift alone, for a case without an answer.</summary>
    public static void Show(Screen screen, Case found, Drift drift)
    {
        screen.AsJson(json =>
        {
            json.WriteString("case", found.Reference.ToString());
            FurtherJson.Drift(json, drift);
        });
        Print(screen, drift);
    }

    public static void Print(Screen screen, Drift drift)
    {
        screen.Line();
        screen.Heading($"New since {drift.Before[^1]}: {drift.News.Count}");
        screen.Paragraph(
            $"{string.Join(", ", drift.After)} ({Screen.Number(drift.Basis.ExchangesAfter)} exchanges in {Screen.Number(drift.Basis.HoursAfter)} h) beside "
            + $"{string.Join(", ", drift.Before)} ({Screen.Number(drift.Basis.ExchangesBefore)} in {Screen.Number(drift.Basis.HoursBefore)} h). "
            + "What a shorter capture does not show may have been sent all the same.");
        Table(screen, drift.News);
        if (drift.Gone.Count > 0)
        {
            screen.Line();
            screen.Line($"No longer seen: {drift.Gone.Count}");
            Table(screen, drift.Gone);
        }
    }

    private static void Table(Screen screen, IReadOnlyList<Novelty> novelties)
    {
        if (novelties.Count == 0)
        {
            return;
        }

        screen.Table(
            ["what", "name", ">times", "first in"],
            [.. novelties.Take(MostLines).Select(one => new[]
            {
                ContractName.Of(one.Kind), Screen.Shorten(one.Name, 40), Screen.Number(one.Count), one.Where is { } where ? $"{where.Exhibit} #{where.Number}" : "",
            })]);
        if (novelties.Count > MostLines)
        {
            screen.Line($"  … and {novelties.Count - MostLines} more; --json lists all");
        }
    }
}
