using System.Text.Json;

namespace MiSarTracker.Commands;

/// <summary>An answer's summary as lines for a person.</summary>
internal static class AnswerView
{
    private const int MostColumns = 8;

    /// <param name="summary">What <see cref="AnswerJson"/> wrote.</param>
    /// <param name="name">The exhibit and its file.</param>
    public static void Print(Screen screen, JsonElement summary, string name)
    {
        screen.Heading(name);
        screen.Line($"  {summary.GetProperty("format").GetString()}, sha256 {summary.GetProperty("sha256").GetString()}");
        screen.Line($"  speaks until {summary.GetProperty("cutOff").GetString() ?? "now"}: {summary.GetProperty("cutOffHow").GetString()}");
        if (summary.TryGetProperty("archives", out var archives))
        {
            foreach (var archive in archives.EnumerateArray())
            {
                screen.Line($"    {Tail(archive.GetProperty("name").GetString()!)} until {archive.GetProperty("cutOff").GetString()}: {archive.GetProperty("how").GetString()}");
            }
        }

        var members = summary.GetProperty("members").EnumerateArray().ToList();
        screen.Table(
            ["  member", ">rows", "mapped to"],
            [.. members.Select(member => new[]
            {
                "  " + Tail(member.GetProperty("name").GetString()!), Screen.Number(member.GetProperty("rows").GetInt64()), MappedTo(member),
            })]);
        if (summary.TryGetProperty("furtherEmptyMembers", out var further) && further.GetInt32() is > 0 and var empty)
        {
            screen.Line($"  and {Screen.Number(empty)} more files without content");
        }

        foreach (var member in members)
        {
            Unknown(screen, member);
        }

        Damages.Print(screen, summary);
    }

    private static string MappedTo(JsonElement member) =>
        member.GetProperty("mappedTo").GetString() ?? (member.GetProperty("rows").GetInt64() > 0 ? "(kept, not mapped)" : Unmapped(member.GetProperty("format").GetString()!));

    // Columns of a PDF are only places on paper: nothing says which number belongs under which heading.
    private static string Unmapped(string format) => format == "pdf" ? "(pdf: its tables are read as text)" : $"({format})";

    /// <summary>Columns that nobody knows, with what they seem to hold.</summary>
    private static void Unknown(Screen screen, JsonElement member)
    {
        if (!member.TryGetProperty("columns", out var columns))
        {
            return; // Added before such columns were looked at.
        }

        var guesses = columns.EnumerateArray().Select(Guess).ToList();
        var mapped = guesses.Count == 0 ? member.GetProperty("unmapped").EnumerateArray().Select(column => column.GetString()!).ToList() : guesses;
        if (mapped.Count == 0)
        {
            return;
        }

        var more = mapped.Count > MostColumns ? $" and {mapped.Count - MostColumns} more" : "";
        screen.Paragraph($"? {Tail(member.GetProperty("name").GetString()!)}: no rule knows {string.Join(", ", mapped.Take(MostColumns))}{more}", "  ");
    }

    private static string Guess(JsonElement column)
    {
        var range = column.TryGetProperty("from", out var from) ? $" {from.GetString()![..10]} to {column.GetProperty("to").GetString()![..10]}" : "";
        return $"{column.GetProperty("name").GetString()} ({column.GetProperty("type").GetString()}{range})";
    }

    public static string Tail(string name) => name.Length <= 46 ? name : "…" + name[^45..];
}
