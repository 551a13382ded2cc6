using NodaTime;

namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>Turns the bytes of one flow into an exchange, without copying bodies or headers.</summary>
internal sealed class FlowConverter(Limits limits)
{
    private readonly TextCache _texts = new();

    /// <summary>What lengths the bodies had that were left out of the flow's bytes because they are too large; 0 for none.</summary>
    /// <param name="Request">Of the request's body.</param>
    /// <param name="Response">Of the response's body.</param>
    public readonly record struct LeftOut(long Request, long Response);

    /// <summary>The exchange in a flow of type http, or the reason why there is none.</summary>
    public (HttpExchange? Exchange, string? Reason) Convert(
        ReadOnlyMemory<byte> flow, in FlowParts parts, FlowVersion? version, LeftOut leftOut, long number)
    {
        var request = Inside(flow, parts.Request);
        if (parts.Request.Tag != Tnetstring.Dict || !MessageParts.TryRead(request.Span, out var asked))
            return (null, "the flow has no readable request");
        var response = Inside(flow, parts.Response);
        var answered = default(MessageParts);
        var hasResponse = parts.Response.Tag == Tnetstring.Dict;
        if (hasResponse ? !MessageParts.TryRead(response.Span, out answered) : !parts.Response.IsMissing)
            return (null, "the flow's response is not readable");
        if (Headers(request, asked) is not { } requestHeaders || Headers(response, answered) is not { } responseHeaders)
            return (null, "the flow's headers are not readable");

        var scheme = Scheme(request.Span, asked);
        var (host, port) = FlowHost.Of(flow.Span, parts, request.Span, asked, _texts);
        return (new HttpExchange
        {
            Number = number,
            StartedAt = Started(flow.Span, parts, request.Span, asked),
            Method = _texts.Text(String(request.Span, asked.Method)).ToUpperInvariant(),
            Scheme = scheme,
            Host = host,
            Port = port ?? asked.Port.IntegerIn(request.Span) ?? Wire.UsualPort(scheme),
            Target = Wire.Target(asked.Path.TextIn(request.Span) ?? "/"),
            HttpVersion = Version(request.Span, asked.HttpVersion),
            RequestHeaders = requestHeaders,
            RequestBody = BodyOf(request, asked, version, leftOut.Request),
            Status = hasResponse ? answered.Status.IntegerIn(response.Span) : null,
            ResponseHeaders = responseHeaders,
            ResponseBody = hasResponse ? BodyOf(response, answered, version, leftOut.Response) : Body.None,
            Error = ErrorIn(flow.Span, parts.Error),
            Altered = parts.Replayed.IsTruthyIn(flow.Span) || parts.Backup.IsTruthyIn(flow.Span)
                || parts.Modified.IsTruthyIn(flow.Span) || parts.Intercepted.IsTruthyIn(flow.Span)
                || asked.Replayed.IsTruthyIn(request.Span) || answered.Replayed.IsTruthyIn(response.Span),
        }, null);
    }

    private static ReadOnlyMemory<byte> Inside(ReadOnlyMemory<byte> data, Tnetstring element) =>
        element.Tag == 0 ? default : data.Slice(element.Start, element.Length);

    private static ReadOnlySpan<byte> String(ReadOnlySpan<byte> data, Tnetstring element) =>
        element.IsString ? element.In(data) : [];

    private static FlowHeaders? Headers(ReadOnlyMemory<byte> message, in MessageParts parts)
    {
        if (parts.Headers.IsMissing || parts.Headers.Length == 0)
            return new FlowHeaders(default);
        var list = Inside(message, parts.Headers);
        return parts.Headers.Tag == Tnetstring.List && FlowHeaders.IsWellFormed(list.Span) ? new FlowHeaders(list) : null;
    }

    private static Instant? Started(ReadOnlySpan<byte> flow, in FlowParts parts, ReadOnlySpan<byte> request, in MessageParts asked) =>
        Wire.At(asked.StartedAt.NumberIn(request)) ?? Wire.At(parts.CreatedAt.NumberIn(flow)) ?? Wire.At(asked.EndedAt.NumberIn(request));

    private static string? ErrorIn(ReadOnlySpan<byte> flow, Tnetstring error)
    {
        if (error.Tag != Tnetstring.Dict)
            return error.IsString && error.Length > 0 ? error.TextIn(flow) : null;
        var fields = error.In(flow);
        var at = 0;
        while (Tnetstring.TryRead(fields, at, out var key) && Tnetstring.TryRead(fields, key.End, out var value))
        {
            if (key.IsString && key.In(fields).SequenceEqual("msg"u8))
                return value.TextIn(fields) ?? "";
            at = value.End;
        }

        return "the capturing tool recorded an error without saying which";
    }

    private string Scheme(ReadOnlySpan<byte> request, in MessageParts asked)
    {
        var scheme = String(request, asked.Scheme);
        if (scheme.IsEmpty)
            return asked.Port.IntegerIn(request) == 80 ? "http" : "https";
        return _texts.Text(scheme).ToLowerInvariant();
    }

    private string Version(ReadOnlySpan<byte> message, Tnetstring version)
    {
        if (version.Tag != Tnetstring.List)
            return _texts.Text(String(message, version));
        return FlowVersion.From(message, version) is { } pair ? $"HTTP/{pair.Major}.{pair.Minor}" : "";
    }

    private Body BodyOf(ReadOnlyMemory<byte> message, in MessageParts parts, FlowVersion? version, long leftOut)
    {
        if (leftOut > 0)
            return new Body(BodyState.TooLarge, default, leftOut, IsDecoded: false);
        var content = parts.Content;
        if (content.IsString)
        {
            return content.Length == 0 ? Body.None
                : content.Length > limits.MaxBodyBytes ? new Body(BodyState.TooLarge, default, content.Length, IsDecoded: false)
                : new Body(BodyState.Present, Inside(message, content), content.Length, IsDecoded: false);
        }

        var headers = Inside(message, parts.Headers).Span;
        var announced = Announced(headers);
        if (content.IsMissing && version is { HasNullForNoBody: true } && announced == 0 && FlowHeaders.First(headers, "transfer-encoding"u8).IsEmpty)
            return Body.None;
        return new Body(BodyState.NotCaptured, default, announced, IsDecoded: false);
    }

    private static long Announced(ReadOnlySpan<byte> headers)
    {
        var value = FlowHeaders.First(headers, "content-length"u8);
        return System.Buffers.Text.Utf8Parser.TryParse(value, out long length, out var used) && used == value.Length && length > 0 ? length : 0;
    }
}
