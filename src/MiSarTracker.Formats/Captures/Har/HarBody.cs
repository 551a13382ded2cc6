using System.Text.Json;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures.Json;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>
/// Recovers a body from what a HAR tool made of it (formats.md §3.4): <c>_content</c>, then <c>text</c>, then
/// <c>params</c>. The bytes are made in place, in the entry's own buffer.
/// </summary>
internal static class HarBody
{
    /// <summary>What tells how a text stands for bytes.</summary>
    /// <param name="Entry">The entry's bytes; written over where the body is.</param>
    /// <param name="Cut">Strings that the scan cut out of it.</param>
    /// <param name="WritesLatin1">The tool takes bytes without a charset for Latin-1, as mitmproxy does.</param>
    /// <param name="Limits">What is too large.</param>
    /// <param name="Room">Room beside the entry for what base64 holds.</param>
    public readonly record struct Source(
        Memory<byte> Entry, IReadOnlyList<JsonScan.CutString> Cut, bool WritesLatin1, Limits Limits, Base64Room Room);

    public static Body Of(in Source source, in HarMessage message, JsonHeaders headers, bool mayBeLeftOut)
    {
        var entry = source.Entry.Span;
        var wire = message.BodySize.CountIn(entry);
        var size = message.Content.Size.CountIn(entry);
        var mimeType = MimeType(entry, message, headers);
        if (Text(source, message.Bytes, mimeType, wire, headers) is { } bytes)
            return bytes;
        if (Text(source, message.Content, mimeType, wire, headers) is { } text)
            return text;
        if (Params(source, message.Content, mimeType, wire) is { } form)
            return form;
        var status = message.BodyStatus.TextIn(entry);
        var length = Math.Max(Math.Max(wire, size), mayBeLeftOut ? Announced(headers) : 0);
        if (status.Contains("too-large", StringComparison.OrdinalIgnoreCase))
            return new Body(BodyState.TooLarge, default, Math.Max(length, 0), IsDecoded: true);
        var isLeftOut = status.StartsWith("discarded", StringComparison.OrdinalIgnoreCase) || (mayBeLeftOut && length > 0);
        return isLeftOut ? new Body(BodyState.NotCaptured, default, Math.Max(length, 0), IsDecoded: true) : Body.None;
    }

    private static Body? Text(in Source source, in HarContent content, string mimeType, long wire, JsonHeaders headers)
    {
        if (!content.Text.IsString)
            return null;
        if (CutLength(source, content.Text) is { } cut)
            return new Body(BodyState.TooLarge, default, wire > 0 ? wire : cut, IsDecoded: true);
        if (content.Text.Length == 0)
            return null;
        var target = source.Entry.Slice(content.Text.Start, content.Text.Length);
        if (content.Text.IsEscaped)
            target = target[..JsonText.Unescape(target.Span)];
        var isBase64 = content.Encoding.TextIn(source.Entry.Span).Equals("base64", StringComparison.OrdinalIgnoreCase);
        if (isBase64)
            target = source.Room.Decode(target);
        else if ((MeansBytes(source, mimeType) || IsCompressedAsLatin1(target.Span)) && JsonText.IsLatin1BeyondAscii(target.Span))
        {
            target = target[..JsonText.AsLatin1(target.Span)!.Value];
        }

        if (target.Length > source.Limits.MaxBodyBytes)
            return new Body(BodyState.TooLarge, default, target.Length, IsDecoded: true);
        return new Body(BodyState.Present, target, wire > 0 ? wire : target.Length, IsDecoded: !StillEncoded(target.Span, isBase64, headers));
    }

    /// <summary>
    /// Bodies are already decoded in a HAR, whatever the headers say, unless bytes visibly are not: those of gzip and zstd
    /// anywhere, those of zlib, whose mark is short, only where the header says deflate and the tool kept bytes.
    /// </summary>
    private static bool StillEncoded(ReadOnlySpan<byte> bytes, bool isBase64, JsonHeaders headers) =>
        ContentDecoder.LooksCompressed(bytes)
        || (isBase64 && Inflation.LooksLikeZLib(bytes) && headers.First("content-encoding"u8)?.Contains("deflate", StringComparison.OrdinalIgnoreCase) == true);

    private static Body? Params(in Source source, in HarContent content, string mimeType, long wire)
    {
        if (content.Params.Type != JsonTokenType.StartArray)
            return null;
        var fields = JsonHeaders.Materialise(source.Entry.Span.Slice(content.Params.Start, content.Params.Length));
        if (fields.Length == 0)
            return null;
        var bytes = HarForm.Write(fields, mimeType);
        return new Body(BodyState.Present, bytes, wire > 0 ? wire : bytes.Length, IsDecoded: true);
    }

    private static long? CutLength(in Source source, JsonValue value)
    {
        foreach (var cut in source.Cut)
        {
            if (cut.Start == value.Start)
                return cut.Length;
        }

        return null;
    }

    private static string MimeType(ReadOnlySpan<byte> entry, in HarMessage message, JsonHeaders headers)
    {
        var mimeType = message.Content.MimeType.TextIn(entry);
        return mimeType.Length > 0 ? mimeType : headers.First("content-type"u8) ?? "";
    }

    private static long Announced(JsonHeaders headers) =>
        long.TryParse(headers.First("content-length"u8), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var length) ? length : 0;

    /// <summary>The first bytes of gzip and of zstd, each as a character of its own: whatever the MIME type says, no text begins so.</summary>
    private static bool IsCompressedAsLatin1(ReadOnlySpan<byte> text) =>
        text.StartsWith((ReadOnlySpan<byte>)[0x1F, 0xC2, 0x8B]) || text.StartsWith((ReadOnlySpan<byte>)[0x28, 0xC2, 0xB5, 0x2F, 0xC3, 0xBD]);

    /// <summary>True when characters up to U+00FF stand for bytes and not for themselves.</summary>
    private static bool MeansBytes(in Source source, string mimeType)
    {
        var isText = mimeType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || mimeType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            || mimeType.Contains("urlencoded", StringComparison.OrdinalIgnoreCase)
            || mimeType.Contains("javascript", StringComparison.OrdinalIgnoreCase)
            || mimeType.Contains("xml", StringComparison.OrdinalIgnoreCase)
            || mimeType.Contains("graphql", StringComparison.OrdinalIgnoreCase);
        if (mimeType.Contains("json", StringComparison.OrdinalIgnoreCase) || mimeType.Contains("charset", StringComparison.OrdinalIgnoreCase))
            return false;
        return isText ? source.WritesLatin1 : mimeType.Length > 0 || source.WritesLatin1;
    }
}

/// <summary>A response's body, made when somebody looks at it.</summary>
internal sealed class HarLateBody(HarBody.Source source, HarMessage message, JsonHeaders headers, bool mayBeLeftOut) : LateBody
{
    protected override Body Make() => HarBody.Of(source, message, headers, mayBeLeftOut);
}
