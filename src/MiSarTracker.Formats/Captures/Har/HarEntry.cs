using System.Text.Json;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>Turns the bytes of one entry into an exchange.</summary>
internal sealed class HarEntry(Limits limits)
{
    private readonly TextCache _texts = new();
    private readonly Base64Room _ofRequest = new();
    private readonly Base64Room _ofResponse = new();

    /// <summary>The creator's name as the file gives it; some write bodies in their own way.</summary>
    public string Creator { get; set; } = "";

    /// <summary>What an entry is.</summary>
    /// <param name="Exchange">The exchange, or null when there is none to be had.</param>
    /// <param name="Problem">What of the entry could not be read, or null.</param>
    /// <param name="OtherTraffic">Traffic in it that is not HTTP: <c>websocket</c>, or the scheme of a url that no network saw.</param>
    public readonly record struct Reading(HttpExchange? Exchange, string? Problem, string? OtherTraffic);

    public Reading Convert(Memory<byte> json, IReadOnlyList<JsonScan.CutString> cut, long number)
    {
        HarEntryParts parts;
        try
        {
            parts = HarEntryParts.Read(json.Span, limits);
        }
        catch (JsonException error)
        {
            return new Reading(null, $"the entry is no JSON: {error.Message}", null);
        }

        if (!parts.Request.IsPresent)
            return new Reading(null, "the entry has no request", null);
        var method = Method(json.Span, parts.Request.Method);
        var text = parts.Request.Url.TextIn(json.Span);
        if (HarUrl.Split(text, method) is not { } url)
            return new Reading(null, text.Length == 0 ? "the entry's request has no url" : "the entry's url is not absolute", null);
        if (url.Scheme is not ("https" or "http"))
            return new Reading(null, null, url.Scheme);
        var exchange = Exchange(json, cut, parts, method, url, number);
        return new Reading(
            exchange,
            exchange.StartedAt is null ? "the entry's startedDateTime is missing or no date; the rest of it was read" : null,
            parts.WebSocketMessages.Type == JsonTokenType.StartArray ? "websocket" : null);
    }

    private HttpExchange Exchange(
        Memory<byte> json, IReadOnlyList<JsonScan.CutString> cut, in HarEntryParts parts, string method, HarUrl url, long number)
    {
        var entry = json.Span;
        var requestHeaders = Headers(json, parts.Request.Headers);
        var responseHeaders = Headers(json, parts.Response.Headers);
        var (host, port) = Host(url.Authority, requestHeaders);
        var status = parts.Response.Status.NumberIn(entry) is > 0 and <= 999 and var code ? (int?)code : null;
        var started = HarDate.Read(parts.StartedAt.TextIn(entry), out var lacksOffset);
        var source = new HarBody.Source(json, cut, Creator.StartsWith("mitmproxy", StringComparison.OrdinalIgnoreCase), limits, _ofRequest);
        return new HttpExchange
        {
            Number = number,
            StartedAt = started,
            StartedAtLacksOffset = started is not null && lacksOffset,
            Method = method,
            Scheme = url.Scheme,
            Host = host,
            Port = port ?? Wire.UsualPort(url.Scheme),
            Target = url.Target,
            HttpVersion = _texts.Text(Bytes(entry, parts.Request.HttpVersion)),
            RequestHeaders = requestHeaders,
            Status = status,
            ResponseHeaders = responseHeaders,
            Error = ErrorOf(entry, parts, status),
            // Last, because bodies are made in place.
            RequestBody = HarBody.Of(source, parts.Request, requestHeaders, mayBeLeftOut: true),
            ResponseBody = parts.Response.IsPresent
                ? HarBody.Of(source with { Room = _ofResponse }, parts.Response, responseHeaders, mayBeLeftOut: status is not (null or 204 or 304) && method != "HEAD")
                : Body.None,
        };
    }

    private string Method(ReadOnlySpan<byte> entry, HarValue method) =>
        method.IsString && method.Length > 0 ? _texts.Text(Bytes(entry, method)).ToUpperInvariant() : "GET";

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> entry, HarValue value) =>
        value.IsString ? entry.Slice(value.Start, value.Length) : [];

    private static HarHeaders Headers(ReadOnlyMemory<byte> json, HarValue headers) =>
        new(headers.Type is JsonTokenType.StartArray or JsonTokenType.StartObject ? json.Slice(headers.Start, headers.Length) : default);

    private static string? ErrorOf(ReadOnlySpan<byte> entry, in HarEntryParts parts, int? status)
    {
        foreach (var told in (ReadOnlySpan<HarValue>)[parts.Error, parts.Response.Error, parts.Request.Error])
        {
            if (told.TextIn(entry) is { Length: > 0 } text)
                return text;
            if (told.Type is JsonTokenType.StartObject or JsonTokenType.True)
                return "the capturing tool recorded an error without saying which";
        }

        if (status is not null || !parts.Response.IsPresent)
            return null;
        return parts.Response.StatusText.TextIn(entry) is { Length: > 0 } statusText ? statusText : "there was no response (status 0)";
    }

    /// <summary>The url's host; where that is an address, the name that the app asked for by it.</summary>
    private static (string Host, int? Port) Host(string authority, HarHeaders headers)
    {
        var written = Wire.Authority(authority);
        if (!System.Net.IPAddress.TryParse(written.Host, out _) || (headers.First(":authority") ?? headers.First("Host")) is not { Length: > 0 } named)
            return written;
        var asked = Wire.Authority(named);
        return asked.Host.Length == 0 ? written : (asked.Host, asked.Port ?? written.Port);
    }
}
