using System.Text.Json;

namespace MiSarTracker.Journey;

/// <summary>The passwords of one exhibit as the one line in which they are kept: a single one as it is, several as a JSON list behind a mark.</summary>
public static class ExhibitPasswords
{
    private const string Mark = "misar-passwords:";

    /// <summary>Null when there are none.</summary>
    public static string? Join(IReadOnlyList<string> passwords) => passwords switch
    {
        [] => null,
        [var one] when !one.StartsWith(Mark, StringComparison.Ordinal) && one.AsSpan().IndexOfAny('\r', '\n') < 0 => one,
        _ => Mark + JsonSerializer.Serialize(passwords),
    };

    public static IReadOnlyList<string> Split(string? kept)
    {
        if (kept is null)
            return [];

        return kept.StartsWith(Mark, StringComparison.Ordinal) ? JsonSerializer.Deserialize<List<string>>(kept.AsSpan(Mark.Length))! : [kept];
    }
}
