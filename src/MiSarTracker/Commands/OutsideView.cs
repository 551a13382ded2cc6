using System.Text.Json;
using MiSarTracker.Core.Cases;
using MiSarTracker.Formats.Captures;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary>What a capture shows from outside: connections without their content, and hosts for which the app refused interception.</summary>
internal static class OutsideView
{
    /// <summary>Rows that a summary keeps; the others are counted.</summary>
    private const int MostRows = 2_000;

    public static void Write(Utf8JsonWriter json, IReadOnlyList<HostConnections> connections, IReadOnlyList<RefusedHost> refused, long unlisted)
    {
        json.WriteStartArray("connections");
        foreach (var row in connections.Take(MostRows))
        {
            json.WriteStartObject();
            json.WriteString("host", row.Host);
            json.WriteString("app", row.App);
            json.WriteString("package", row.Package);
            json.WriteNumber("connections", row.Connections);
            json.WriteNumber("bytesSent", row.BytesSent);
            json.WriteNumber("bytesReceived", row.BytesReceived);
            json.WriteString("firstSeen", Text(row.FirstSeen));
            json.WriteString("lastSeen", Text(row.LastSeen));
            json.WriteBoolean("vendorApp", row.IsVendorApp);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (connections.Count > MostRows || unlisted > 0)
            json.WriteNumber("connectionsNotListed", Math.Max(0, connections.Count - MostRows) + unlisted);
        json.WriteStartArray("interceptionRefused");
        foreach (var host in refused.Take(MostRows))
        {
            json.WriteStartObject();
            json.WriteString("host", host.Host);
            json.WriteString("cause", host.Cause);
            json.WriteNumber("times", host.Times);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The same from an exhibit's stored summary; nothing when it has none.</summary>
    public static void Write(Utf8JsonWriter json, Exhibit exhibit)
    {
        using var summary = JsonDocument.Parse(exhibit.Summary);
        foreach (var name in (ReadOnlySpan<string>)["connections", "connectionsNotListed", "interceptionRefused"])
        {
            if (summary.RootElement.TryGetProperty(name, out var value))
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }
    }

    public static void Print(Screen screen, JsonElement summary)
    {
        if (summary.TryGetProperty("connections", out var connections) && connections.GetArrayLength() > 0)
        {
            screen.Line($"  {Screen.Number(connections.EnumerateArray().Sum(row => row.GetProperty("connections").GetInt64()))} connections, seen from outside only");
            screen.Table(
                ["  host", "app", ">times", ">sent", ">received"],
                [.. connections.EnumerateArray().Take(40).Select(row => new[]
                {
                    "  " + row.GetProperty("host").GetString(), row.GetProperty("app").GetString() ?? "-", Screen.Number(row.GetProperty("connections").GetInt64()),
                    Screen.Number(row.GetProperty("bytesSent").GetInt64()), Screen.Number(row.GetProperty("bytesReceived").GetInt64()),
                })]);
            if (connections.GetArrayLength() > 40)
                screen.Line($"  and {connections.GetArrayLength() - 40} more; --json lists them");
        }

        if (summary.TryGetProperty("interceptionRefused", out var refused))
        {
            foreach (var host in refused.EnumerateArray().Take(20))
                screen.Paragraph($"The app refused interception for {host.GetProperty("host").GetString()} {Screen.Number(host.GetProperty("times").GetInt64())} times ({host.GetProperty("cause").GetString()}): what it sends there was not captured.", "  ");
        }
    }

    /// <summary>The same from an exhibit's stored summary.</summary>
    public static void Print(Screen screen, Exhibit exhibit)
    {
        using var summary = JsonDocument.Parse(exhibit.Summary);
        Print(screen, summary.RootElement);
    }

    private static string? Text(Instant? at) => at is { } instant ? InstantPattern.ExtendedIso.Format(instant) : null;
}
