using MiSarTracker.Core.Findings;

namespace MiSarTracker.Commands;

/// <summary>What a later answer mended, and what it did not.</summary>
internal static class RoundScreen
{
    public static void Print(Screen screen, IReadOnlyList<Round> rounds)
    {
        foreach (var round in rounds.Skip(1))
        {
            screen.Line();
            screen.Heading($"Answer {round.Number} ({string.Join(", ", round.Exhibits)}, received {NodaTime.Text.LocalDatePattern.Iso.Format(round.Received)}) against those before it");
            screen.Table(
                ["category", ">fixed", ">still missing", ">newly missing", ">newly altered"],
                [.. round.Categories.Select(category => new[]
                {
                    category.Category.Name, Screen.Number(category.Fixed), Screen.Number(category.StillMissing), Screen.Number(category.NewlyMissing), Screen.Number(category.NewlyAltered),
                })]);
        }

        if (rounds.Count > 1)
        {
            screen.Paragraph("The answers count together: what an earlier one disclosed stays disclosed, and where they contradict each other the later one counts.");
        }
    }
}
