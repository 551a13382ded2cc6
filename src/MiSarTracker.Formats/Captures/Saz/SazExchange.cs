using System.Globalization;

namespace MiSarTracker.Formats.Captures.Saz;

/// <summary>Turns the two messages of a session, as they were on the wire, into an exchange.</summary>
internal sealed class SazExchange(Limits limits)
{
    /// <summary>One message.</summary>
    /// <param name="Bytes">Head and body, empty when there was none; the body is de-chunked in place.</param>
    /// <param name="CutOffOf">The message's length when only its beginning is here, because it is too large.</param>
    /// <param name="IsDropped">Fiddler, or damage, did not keep the body.</param>
    public readonly record struct Part(Memory<byte> Bytes, long? CutOffOf, bool IsDropped);

    public readonly record struct Reading(HttpExchange? Exchange, HostConnection? Connection, bool IsTunnel, string? Problem);

    public Reading Convert(long number, Part client, Part server, SazMetadata metadata)
    {
        if (RawHead.Read(client.Bytes.Span) is not { } request || Line(request.StartLine) is not var (method, target, version))
            return new Reading(null, null, false, "its request does not begin with a method and a url");
        var (scheme, authority) = Absolute(target);
        var (host, port) = Wire.Host(request.First(":authority") ?? request.First("Host"), authority ?? (method == "CONNECT" ? target : ""));
        if (host.Length == 0)
            return new Reading(null, null, false, "its request names no host");
        if (method == "CONNECT")
            return new Reading(null, metadata.IsBlindTunnel ? Tunnel(host, port, client, server, metadata) : null, true, null);

        scheme ??= metadata.IsHttps ?? port is not 80 ? "https" : "http";
        if (scheme is not ("https" or "http"))
            return new Reading(null, null, false, "its url is not of http or https");
        var response = RawHead.Read(server.Bytes.Span);
        var status = response is null ? null : Status(response.StartLine);
        string? problem = response is not null && status is null ? "its response does not begin with a status; it was taken for none" : null;
        response = status is null ? null : response;
        var requestBody = BodyOf(client, request, ref problem);
        return new Reading(
            new HttpExchange
            {
                Number = number,
                StartedAt = metadata.StartedAt,
                StartedAtLacksOffset = metadata.StartedAtLacksOffset,
                Method = method,
                Scheme = scheme,
                Host = host,
                Port = port ?? Wire.UsualPort(scheme),
                Target = Wire.Target(target),
                HttpVersion = version,
                RequestHeaders = request.Headers,
                RequestBody = requestBody,
                Status = status,
                ResponseHeaders = response?.Headers ?? [],
                ResponseBody = response is null ? Body.None : BodyOf(server, response, ref problem),
                Error = response is null ? "the session was aborted: Fiddler recorded no response" : null,
                Altered = metadata.IsAltered,
            },
            null,
            false,
            problem);
    }

    private static HostConnection Tunnel(string host, int? port, Part client, Part server, SazMetadata metadata) => new(
        host, port ?? 443, "tunnel", null, null, client.CutOffOf ?? client.Bytes.Length, server.CutOffOf ?? server.Bytes.Length, metadata.StartedAt, metadata.EndedAt ?? metadata.StartedAt);

    private Body BodyOf(Part part, RawHead head, ref string? problem)
    {
        var announced = long.TryParse(head.First("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;
        if (part.CutOffOf is { } whole)
            return new Body(BodyState.TooLarge, default, Math.Max(announced, whole - head.Length), IsDecoded: false);
        var body = part.Bytes[head.Length..];
        if (part.IsDropped && body.IsEmpty)
            return new Body(BodyState.NotCaptured, default, announced, IsDecoded: false);
        if (body.IsEmpty)
            return announced > 0 ? new Body(BodyState.NotCaptured, default, announced, IsDecoded: false) : Body.None;
        if (head.First("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true)
        {
            if (Chunks.Join(body.Span, out var joined) == ChunkEnd.Cut)
                problem ??= "a chunked body breaks off; what came before is kept";
            body = body[..joined];
        }

        return body.Length > limits.MaxBodyBytes
            ? new Body(BodyState.TooLarge, default, body.Length, IsDecoded: false)
            : new Body(body.IsEmpty ? BodyState.None : BodyState.Present, body, body.Length, IsDecoded: false);
    }

    /// <summary>Method, url and version; the url may hold spaces that no client may send.</summary>
    private static (string Method, string Target, string Version)? Line(string line)
    {
        var words = line.Trim().Split(' ');
        if (words.Length < 2 || words[0].Length is 0 or > 40)
            return null;
        var hasVersion = words.Length > 2 && words[^1].StartsWith("HTTP/", StringComparison.OrdinalIgnoreCase);
        return (words[0].ToUpperInvariant(), string.Join(' ', words[1..(hasVersion ? ^1 : ^0)]), hasVersion ? words[^1] : "");
    }

    private static (string? Scheme, string? Authority) Absolute(string target)
    {
        var colon = target.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0 || target.AsSpan(0, colon).IndexOfAnyExcept(Wire.SchemeLetters) >= 0)
            return (null, null);
        var rest = target.AsSpan(colon + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        var scheme = target[..colon].ToLowerInvariant() switch { "wss" => "https", "ws" => "http", var other => other };
        return (scheme, (end < 0 ? rest : rest[..end]).ToString());
    }

    private static int? Status(string line)
    {
        var words = line.Split(' ', 3);
        return words.Length > 1 && words[0].StartsWith("HTTP", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is > 0 and <= 999
            ? status
            : null;
    }
}
