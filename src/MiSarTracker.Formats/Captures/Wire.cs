using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using NodaTime;

namespace MiSarTracker.Formats.Captures;

/// <summary>Readings of the protocol's own texts, the same for every capture format.</summary>
internal static class Wire
{
    /// <summary>What a url's scheme is made of.</summary>
    public static readonly SearchValues<char> SchemeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-");

    /// <summary>What no host has; a header with these names none.</summary>
    private static readonly SearchValues<char> NoHost = SearchValues.Create(" \t\r\n,;/?#\"<>");

    /// <summary>Header bytes as text: UTF-8 where they are, else Latin-1, which loses nothing.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary>Splits <c>user@host:port</c>, <c>[::1]:443</c> or <c>host</c>; the host in lower case without a final dot.</summary>
    public static (string Host, int? Port) Authority(string authority)
    {
        var text = authority.AsSpan().Trim();
        text = text[(text.LastIndexOf('@') + 1)..];
        int? port = null;
        var colon = text.LastIndexOf(':');
        var isBareAddress = colon > text.LastIndexOf(']') && text.IndexOf(':') != colon && !text.Contains(']');
        if (colon >= 0 && colon > text.LastIndexOf(']') && !isBareAddress)
        {
            if (ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                port = number;
            text = text[..colon];
        }

        return (text.Trim("[]").TrimEnd('.').ToString().ToLowerInvariant(), port);
    }

    /// <summary>
    /// The host that the app asked for: what its headers name, else what the tool wrote into the url, which may be an
    /// address or where it sent the request (formats.md §3.3). A port that the headers leave out is the url's.
    /// </summary>
    public static (string Host, int? Port) Host(string? named, string written)
    {
        var url = Authority(written);
        if (named is null || named.AsSpan().Trim().ContainsAny(NoHost))
            return url;
        var asked = Authority(named);
        return asked.Host.Length == 0 ? url : (asked.Host, asked.Port ?? url.Port);
    }

    /// <summary>Path and query beginning with a slash: an absolute form loses its scheme and authority, a fragment is cut off.</summary>
    public static string Target(string path)
    {
        var fragment = path.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0)
            path = path[..fragment];
        if (path.StartsWith('/'))
            return path;
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && path.AsSpan(0, scheme).IndexOfAnyExcept(SchemeLetters) < 0)
        {
            var rest = path.AsSpan(scheme + 3);
            var slash = rest.IndexOfAny('/', '?');
            return slash < 0 ? "/" : rest[slash] == '/' ? rest[slash..].ToString() : $"/{rest[slash..]}";
        }

        return "/" + path;
    }

    /// <summary>The port that a scheme means when none is written.</summary>
    public static int UsualPort(string scheme) => scheme is "http" or "ws" ? 80 : 443;

    /// <summary>An instant from unix seconds, or null when no calendar has it.</summary>
    public static Instant? At(double? unixSeconds)
    {
        // The year 1 to 9999; NodaTime's own range is wider, no capture is.
        if (unixSeconds is not (>= -62_135_596_800d and < 253_402_300_800d) || unixSeconds == 0)
            return null;
        return Instant.FromUnixTimeTicks((long)Math.Round(unixSeconds.Value * 1e7));
    }
}
