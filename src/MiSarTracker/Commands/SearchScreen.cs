using MiSarTracker.Core.Search;

namespace MiSarTracker.Commands;

/// <summary>Which values that no rule knows stand in the answer.</summary>
internal static class SearchScreen
{
    private const int MostLines = 15;

    public static void Print(Screen screen, FieldSearch search)
    {
        var fields = search.Fields.Where(field => field.Sought > 0).ToList();
        if (fields.Count == 0)
        {
            return;
        }

        var (sought, found) = (fields.Sum(field => (long)field.Sought), fields.Sum(field => (long)field.Found));
        screen.Line();
        screen.Heading($"Uploaded values that no rule knows: {Screen.Number(sought)} in {fields.Count} fields, {Screen.Number(found)} of them in the answer");
        screen.Table(
            ["host", "field", ">seen", ">sought", ">found"],
            [.. fields.OrderByDescending(field => field.Sought - field.Found).ThenBy(field => field.Host, StringComparer.Ordinal).ThenBy(field => field.Field, StringComparer.Ordinal)
                .Take(MostLines).Select(field => new[]
                {
                    Screen.Shorten(field.Host, 24), Screen.Shorten(field.Field, 28), Screen.Number(field.Seen), Screen.Number(field.Sought), Screen.Number(field.Found),
                })]);
        if (fields.Count > MostLines)
        {
            screen.Line($"  … and {fields.Count - MostLines} more; --json lists all");
        }

        screen.Paragraph(search.Rule);
    }
}
