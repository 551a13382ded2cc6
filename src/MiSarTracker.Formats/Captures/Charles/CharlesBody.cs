using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures.Json;

namespace MiSarTracker.Formats.Captures.Charles;

/// <summary>
/// A body as Charles keeps it: <c>text</c>, which is decoded, or <c>encoded</c>, the bytes in base64, which may still be
/// compressed. Made in place, in the session's own buffer.
/// </summary>
internal static class CharlesBody
{
    /// <param name="Session">The session's bytes; written over where the body is.</param>
    /// <param name="Cut">Strings that the scan cut out of it.</param>
    /// <param name="Limits">What is too large.</param>
    /// <param name="Room">Room beside the session for what base64 holds.</param>
    public readonly record struct Source(Memory<byte> Session, IReadOnlyList<JsonScan.CutString> Cut, Limits Limits, Base64Room Room);

    public static Body Of(in Source source, in CharlesMessage message, JsonHeaders headers)
    {
        var session = source.Session.Span;
        var wire = message.BodySize.CountIn(session);
        var isBase64 = message.Encoded.IsString;
        var content = isBase64 ? message.Encoded : message.Text;
        if (content.IsString && source.Cut.FirstOrDefault(cut => cut.Start == content.Start).Length is > 0 and var cut)
            return new Body(BodyState.TooLarge, default, wire > 0 ? wire : cut, IsDecoded: true);
        if (!content.IsString || content.Length == 0)
            return wire > 0 ? new Body(BodyState.NotCaptured, default, wire, IsDecoded: true) : Body.None;

        // A text under encoding base64 is what an older version may have written instead of "encoded".
        isBase64 |= message.Encoding.TextIn(session).Equals("base64", StringComparison.OrdinalIgnoreCase);
        var bytes = source.Session.Slice(content.Start, content.Length);
        if (content.IsEscaped)
            bytes = bytes[..JsonText.Unescape(bytes.Span)];
        if (isBase64)
            bytes = source.Room.Decode(bytes);
        if (bytes.Length > source.Limits.MaxBodyBytes)
            return new Body(BodyState.TooLarge, default, bytes.Length, IsDecoded: true);
        var isEncoded = isBase64 && !message.Decoded.IsTrue && StillEncoded(bytes.Span, message.ContentEncoding.TextIn(session), headers);
        return new Body(BodyState.Present, bytes, wire > 0 ? wire : bytes.Length, !isEncoded);
    }

    private static bool StillEncoded(ReadOnlySpan<byte> bytes, string encoding, JsonHeaders headers)
    {
        if (encoding.Length == 0)
            encoding = headers.First("content-encoding"u8) ?? "";
        return ContentDecoder.LooksCompressed(bytes)
            || (encoding.Contains("deflate", StringComparison.OrdinalIgnoreCase) && Inflation.LooksLikeZLib(bytes))
            || encoding.Contains("br", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A response's body, made when somebody looks at it.</summary>
internal sealed class CharlesLateBody(CharlesBody.Source source, CharlesMessage message, JsonHeaders headers) : LateBody
{
    protected override Body Make() => CharlesBody.Of(source, message, headers);
}
