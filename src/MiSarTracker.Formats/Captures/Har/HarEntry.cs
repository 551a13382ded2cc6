using System.Text.Json;
using MiSarTracker.Formats.Captures.Json;

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

    /// <summary>An entry that was scanned before, without the strings that the scan cut out of it.</summary>
    public Reading Convert(Memory<byte> json, IReadOnlyList<JsonScan.CutString> cut, long number)
    {
        try
        {
            return HarEntryParts.TryRead(json.Span, limits, out var parts, out _)
                ? Convert(json, parts, cut, number)
                : new Reading(null, "the entry is no JSON", null);
        }
        catch (JsonException error)
        {
            return new Reading(null, $"the entry is no JSON: {error.Message}", null);
        }
    }

    public Reading Convert(Memory<byte> json, in HarEntryParts parts, IReadOnlyList<JsonScan.CutString> cut, long number)
    {
        if (!parts.Request.IsPresent)
            return new Reading(null, "the entry has no request", null);
        var method = Method(json.Span, parts.Request.Method);
        var text = parts.Request.Url.TextIn(json.Span);
        if (HarUrl.Split(text, method) is not { } url)
            return new Reading(null, text.Length == 0 ? "the entry's request has no url" : "the entry's url is not absolute", null);
        if (url.Scheme is not ("https" or "http"))
            return new Reading(null, null, Captures.OtherTraffic.Of(url.Scheme));
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
        var (host, port) = Wire.Host(requestHeaders.Host(), url.Authority);
        var status = parts.Response.Status.NumberIn(entry) is > 0 and <= 999 and var code ? (int?)code : null;
        var started = IsoMoment.Read(parts.StartedAt.TextIn(entry), out var lacksOffset);
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
            HttpVersion = _texts.Text(parts.Request.HttpVersion.BytesIn(entry)),
            RequestHeaders = requestHeaders,
            Status = status,
            ResponseHeaders = responseHeaders,
            Error = ErrorOf(entry, parts, status),
            // Last, because bodies are made in place.
            RequestBody = HarBody.Of(source, parts.Request, requestHeaders, mayBeLeftOut: true),
            LateResponseBody = parts.Response.IsPresent
                ? new HarLateBody(source with { Room = _ofResponse }, parts.Response, responseHeaders, status is not (null or 204 or 304) && method != "HEAD")
                : null,
        };
    }

    private string Method(ReadOnlySpan<byte> entry, JsonValue method) =>
        method.IsString && method.Length > 0 ? _texts.Text(method.BytesIn(entry)).ToUpperInvariant() : "GET";

    private static JsonHeaders Headers(ReadOnlyMemory<byte> json, JsonValue headers) =>
        new(headers.Type is JsonTokenType.StartArray or JsonTokenType.StartObject ? json.Slice(headers.Start, headers.Length) : default);

    private static string? ErrorOf(ReadOnlySpan<byte> entry, in HarEntryParts parts, int? status)
    {
        foreach (var told in (ReadOnlySpan<JsonValue>)[parts.Error, parts.Response.Error, parts.Request.Error])
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
}
