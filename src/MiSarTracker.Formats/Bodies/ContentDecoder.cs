using MiSarTracker.Formats.Captures;

namespace MiSarTracker.Formats.Bodies;

/// <summary>
/// Undoes Content-Encoding lists from right to left (formats.md §3.9): gzip, deflate with and without zlib wrapper,
/// br, zstd, identity. Failures are values. One decoder serves one reader at a time: it lends its buffer out and uses
/// it again at the next call.
/// </summary>
public sealed class ContentDecoder(Limits limits)
{
    /// <summary>More layers than this are no client's doing.</summary>
    private const int MostLayers = 8;

    private readonly OutputBuffer _even = new(limits.MaxBodyBytes);
    private readonly OutputBuffer _odd = new(limits.MaxBodyBytes);

    /// <summary>
    /// The request's content. A form or JSON body that is gzip without a header that says so is taken for gzip, since
    /// neither can begin with gzip's mark.
    /// </summary>
    public DecodedBody Request(HttpExchange http) =>
        Message(http.RequestBody, http.RequestHeaders, http.RequestHeader("Content-Type"));

    /// <summary>The response's content, likewise.</summary>
    public DecodedBody Response(HttpExchange http) =>
        Message(http.ResponseBody, http.ResponseHeaders, http.ResponseHeader("Content-Type"));

    /// <summary>Undoes the encodings that the Content-Encoding header lists; null or empty means none.</summary>
    public DecodedBody Decode(ReadOnlyMemory<byte> encoded, string? contentEncoding)
    {
        var layers = (contentEncoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (layers.Length > MostLayers)
            return new DecodedBody(DecodeOutcome.Unsupported, encoded, $"the Content-Encoding lists {layers.Length} layers");
        var bytes = encoded;
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            if (IsIdentity(layers[i]))
                continue;
            var output = i % 2 == 0 ? _even : _odd;
            output.Clear();
            var (outcome, reason) = Inflation.Undo(layers[i].ToLowerInvariant(), bytes, output);
            if (outcome != DecodeOutcome.Decoded)
                return new DecodedBody(outcome, encoded, reason);
            bytes = output.Written;
        }

        return new DecodedBody(DecodeOutcome.Decoded, bytes, null);
    }

    /// <summary>True when the bytes begin as gzip or zstd data do; zlib's and brotli's beginnings prove too little.</summary>
    public static bool LooksCompressed(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) || bytes.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]);

    private DecodedBody Message(Body body, IReadOnlyList<HttpHeader> headers, string? contentType)
    {
        if (body.State != BodyState.Present)
            return new DecodedBody(DecodeOutcome.NoBytes, default, body.State switch
            {
                BodyState.NotCaptured => "the capturing tool did not keep the body",
                BodyState.TooLarge => $"the body is larger than {limits.MaxBodyBytes} bytes",
                _ => "the message has no body",
            });
        var encoding = body.IsDecoded ? "" : Encoding(headers);
        if (encoding.Length == 0 && LooksCompressed(body.Bytes.Span) && IsStructuredText(contentType))
            encoding = body.Bytes.Span[0] == 0x1F ? "gzip" : "zstd";
        return Decode(body.Bytes, encoding);
    }

    /// <summary>Several Content-Encoding headers mean the same as one with a list.</summary>
    private static string Encoding(IReadOnlyList<HttpHeader> headers) => string.Join(',', headers
        .Where(header => header.Name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value));

    private static bool IsIdentity(string layer) =>
        layer.Equals("identity", StringComparison.OrdinalIgnoreCase) || layer.Equals("none", StringComparison.OrdinalIgnoreCase);

    private static bool IsStructuredText(string? contentType) => contentType is not null
        && (contentType.Contains("json", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase));
}
