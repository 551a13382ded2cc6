using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Journey;

/// <summary>The range of days that the person asked the vendor for; kept with the answer's summary.</summary>
public static class AskedRange
{
    public static void Write(Utf8JsonWriter json, LocalDate? from, LocalDate? to)
    {
        json.WriteStartObject("asked");
        json.WriteString("from", from is { } first ? LocalDatePattern.Iso.Format(first) : null);
        json.WriteString("to", to is { } last ? LocalDatePattern.Iso.Format(last) : null);
        json.WriteEndObject();
    }

    public static (LocalDate? From, LocalDate? To) Read(string summary)
    {
        using var document = JsonDocument.Parse(summary);
        return document.RootElement.TryGetProperty("asked", out var asked) ? (Day(asked, "from"), Day(asked, "to")) : (null, null);
    }

    private static LocalDate? Day(JsonElement asked, string name) =>
        asked.GetProperty(name).GetString() is { } text ? LocalDatePattern.Iso.Parse(text).Value : null;
}
