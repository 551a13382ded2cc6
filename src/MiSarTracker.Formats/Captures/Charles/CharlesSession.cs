using System.Text.Json;
using MiSarTracker.Formats.Captures.Json;
using NodaTime;

namespace MiSarTracker.Formats.Captures.Charles;

/// <summary>Turns the bytes of one session into an exchange, or into a connection when Charles only tunnelled it.</summary>
internal sealed class CharlesSession(Limits limits)
{
    private readonly TextCache _texts = new();
    private readonly Base64Room _ofRequest = new();
    private readonly Base64Room _ofResponse = new();

    public readonly record struct Reading(HttpExchange? Exchange, HostConnection? Connection, string? Problem, bool IsWebSocket);

    public Reading Convert(Memory<byte> json, IReadOnlyList<JsonScan.CutString> cut, long number)
    {
        CharlesParts parts;
        try
        {
            parts = CharlesParts.Read(json.Span, limits);
        }
        catch (JsonException error)
        {
            return new Reading(null, null, $"the session is no JSON: {error.Message}", false);
        }

        var session = json.Span;
        var requestHeaders = Headers(json, parts.Request.Headers);
        var (host, port) = Wire.Host(requestHeaders.Host(), parts.Host.TextIn(session));
        if (host.Length == 0)
            return new Reading(null, null, "the session names no host", false);
        var started = At(session, parts.StartedAt, out var lacksOffset);
        port ??= Port(session, parts.Port) ?? Port(session, parts.ActualPort);
        if (parts.Tunnel.IsTrue)
            return new Reading(null, Tunnel(session, parts, Wire.Authority(parts.Host.TextIn(session)).Host, port, started), null, false);
        if (parts.Request is { IsPresent: false } && parts.Method.IsMissing)
            return new Reading(null, null, "the session has no request", false);

        var scheme = Scheme(session, parts, port);
        var source = new CharlesBody.Source(json, cut, limits, _ofRequest);
        var status = Status(session, parts.Response);
        var responseHeaders = Headers(json, parts.Response.Headers);
        var exchange = new HttpExchange
        {
            Number = number,
            StartedAt = started,
            StartedAtLacksOffset = started is not null && lacksOffset,
            Method = Method(session, parts),
            Scheme = scheme,
            Host = host,
            Port = port ?? Wire.UsualPort(scheme),
            Target = Target(session, parts),
            HttpVersion = _texts.Text(parts.ProtocolVersion.BytesIn(session)),
            RequestHeaders = requestHeaders,
            Status = status,
            ResponseHeaders = responseHeaders,
            Error = ErrorOf(session, parts, status),
            // Last, because bodies are made in place.
            RequestBody = CharlesBody.Of(source, parts.Request, requestHeaders),
            LateResponseBody = parts.Response.IsPresent ? new CharlesLateBody(source with { Room = _ofResponse }, parts.Response, responseHeaders) : null,
        };
        return new Reading(exchange, null, started is null ? "the session's start is missing or no date; the rest of it was read" : null, parts.WebSocket.IsTrue);
    }

    private static HostConnection Tunnel(ReadOnlySpan<byte> session, in CharlesParts parts, string host, int? port, Instant? started) => new(
        host, port ?? 443, "tunnel", null, null, Size(session, parts.Request), Size(session, parts.Response), started, At(session, parts.EndedAt, out _) ?? started);

    private static long Size(ReadOnlySpan<byte> session, in CharlesMessage message) =>
        Math.Max(0, message.HeaderSize.CountIn(session)) + Math.Max(0, message.BodySize.CountIn(session));

    private static JsonHeaders Headers(ReadOnlyMemory<byte> json, JsonValue headers) =>
        new(headers.Type is JsonTokenType.StartArray or JsonTokenType.StartObject ? json.Slice(headers.Start, headers.Length) : default);

    /// <summary>A date, or milliseconds since 1970.</summary>
    private static Instant? At(ReadOnlySpan<byte> session, JsonValue value, out bool lacksOffset)
    {
        lacksOffset = false;
        return value.Type == JsonTokenType.Number
            ? Wire.At(value.NumberIn(session) / 1_000)
            : IsoMoment.Read(value.TextIn(session), out lacksOffset);
    }

    private static int? Port(ReadOnlySpan<byte> session, JsonValue value) =>
        value.NumberIn(session) is > 0 and <= ushort.MaxValue and var port ? (int)port : null;

    private static int? Status(ReadOnlySpan<byte> session, in CharlesMessage response)
    {
        if (response.Status.NumberIn(session) is { } number)
            return number is > 0 and <= 999 ? (int)number : null;
        var words = response.FirstLine.TextIn(session).Split(' ', 3);
        return words.Length > 1 && int.TryParse(words[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code) && code is > 0 and <= 999
            ? code
            : null;
    }

    private string Scheme(ReadOnlySpan<byte> session, in CharlesParts parts, int? port)
    {
        var scheme = _texts.Text(parts.Scheme.BytesIn(session)).ToLowerInvariant();
        return scheme switch { "" => port == 80 ? "http" : "https", "wss" => "https", "ws" => "http", _ => scheme };
    }

    private string Method(ReadOnlySpan<byte> session, in CharlesParts parts)
    {
        if (parts.Method is { IsString: true, Length: > 0 })
            return _texts.Text(parts.Method.BytesIn(session)).ToUpperInvariant();
        var line = parts.Request.FirstLine.TextIn(session);
        return line.Contains(' ', StringComparison.Ordinal) ? line[..line.IndexOf(' ', StringComparison.Ordinal)].ToUpperInvariant() : "GET";
    }

    private static string Target(ReadOnlySpan<byte> session, in CharlesParts parts)
    {
        var path = parts.Path.TextIn(session);
        var query = parts.Query.TextIn(session);
        if (path.Length == 0 && query.Length == 0 && parts.Request.FirstLine.TextIn(session).Split(' ') is { Length: >= 2 } words)
            path = words[1];
        return Wire.Target(query.Length > 0 ? $"{path}?{query.TrimStart('?')}" : path);
    }

    /// <summary>Charles says COMPLETE, EXCEPTION, or where it stopped.</summary>
    private static string? ErrorOf(ReadOnlySpan<byte> session, in CharlesParts parts, int? status)
    {
        if (parts.Error.TextIn(session) is { Length: > 0 } told)
            return told;
        var state = parts.Status.TextIn(session);
        var isComplete = state.Length == 0 || state.Equals("COMPLETE", StringComparison.OrdinalIgnoreCase);
        return status is null && !isComplete ? $"Charles recorded no answer; its state is {(state.Length > 40 ? state[..40] : state)}" : null;
    }
}
