using System.Text.Json;
using MiSarTracker.Formats;

namespace MiSarTracker.Commands;

/// <summary>Damages as JSON and as lines.</summary>
internal static class Damages
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Damage> damages)
    {
        json.WriteStartArray("damaged");
        foreach (var damage in damages)
        {
            json.WriteStartObject();
            json.WriteString("at", damage.At);
            json.WriteString("reason", damage.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The <c>damaged</c> list of a summary, at most ten of it.</summary>
    public static void Print(Screen screen, JsonElement summary)
    {
        var damaged = summary.GetProperty("damaged");
        foreach (var damage in damaged.EnumerateArray().Take(10))
        {
            screen.Paragraph($"! {damage.GetProperty("at").GetString()}: {damage.GetProperty("reason").GetString()}", "  ");
        }

        if (damaged.GetArrayLength() > 10)
        {
            screen.Line($"  ! and {damaged.GetArrayLength() - 10} more; --json lists all");
        }
    }
}
