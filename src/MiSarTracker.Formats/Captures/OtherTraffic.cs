namespace MiSarTracker.Formats.Captures;

/// <summary>The names under which traffic that is no HTTP exchange is counted: a closed list, so that no file can make up a million of them.</summary>
internal static class OtherTraffic
{
    private static readonly string[] Known =
        ["tcp", "udp", "dns", "websocket", "tunnel", "data", "blob", "file", "about", "chrome", "chrome-extension", "moz-extension", "ftp"];

    public static string Of(string kind) => Array.Find(Known, known => known.Equals(kind, StringComparison.OrdinalIgnoreCase)) ?? "other";
}
