using System.Globalization;
using System.Text;

namespace MiSarTracker.Formats.Captures;

/// <summary>The head of a message as it was on the wire: start line and headers.</summary>
/// <param name="StartLine">Without its line end.</param>
/// <param name="Headers">In their order; a folded line is part of the header before it.</param>
/// <param name="Length">Bytes of the head, the empty line included.</param>
internal sealed record RawHead(string StartLine, IReadOnlyList<HttpHeader> Headers, int Length)
{
    private const int MostHeaders = 10_000;

    /// <summary>The head that the message begins with, or null when there is none. A message may end with its head.</summary>
    public static RawHead? Read(ReadOnlySpan<byte> message)
    {
        var at = 0;
        var startLine = NextLine(message, ref at);
        if (startLine.Trim((byte)' ').IsEmpty)
            return null;
        var headers = new List<HttpHeader>();
        while (at < message.Length)
        {
            var line = NextLine(message, ref at);
            if (line.IsEmpty)
                break;
            if (line[0] is (byte)' ' or (byte)'\t' && headers.Count > 0)
                headers[^1] = headers[^1] with { Value = $"{headers[^1].Value} {Wire.Text(line).Trim()}" };
            else if (line.IndexOf((byte)':') is > 0 and var colon && headers.Count < MostHeaders)
                headers.Add(new HttpHeader(Wire.Text(line[..colon]).Trim(), Wire.Text(line[(colon + 1)..]).Trim()));
        }

        return new RawHead(Wire.Text(startLine), headers, at);
    }

    /// <summary>The first value under the name, without regard to case, or null.</summary>
    public string? First(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        }

        return null;
    }

    private static ReadOnlySpan<byte> NextLine(ReadOnlySpan<byte> message, ref int at)
    {
        var rest = message[at..];
        var end = rest.IndexOf((byte)'\n');
        at += end < 0 ? rest.Length : end + 1;
        return (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
    }
}

/// <summary>How the undoing of a chunked body ended.</summary>
internal enum ChunkEnd
{
    /// <summary>All chunks were there.</summary>
    Whole,

    /// <summary>The body breaks off, or is damaged, behind the bytes that came out.</summary>
    Cut,

    /// <summary>The bytes are not chunked (any more); they are unchanged.</summary>
    NotChunked,
}

/// <summary>Undoes <c>Transfer-Encoding: chunked</c> (RFC 9112 §7.1) in place.</summary>
internal static class Chunks
{
    /// <summary>Joins the chunks at the beginning of the body; returns how many bytes they have.</summary>
    public static ChunkEnd Join(Span<byte> body, out int length)
    {
        length = 0;
        var at = 0;
        while (true)
        {
            if (Size(body[at..], out var lineLength) is not { } size)
            {
                if (at > 0)
                    return ChunkEnd.Cut;
                length = body.Length;
                return ChunkEnd.NotChunked;
            }

            at += lineLength;
            if (size == 0)
                return ChunkEnd.Whole;
            var there = (int)Math.Min(size, body.Length - at);
            body.Slice(at, there).CopyTo(body[length..]);
            length += there;
            at += there;
            if (there < size)
                return ChunkEnd.Cut;
            at += body[at..].StartsWith("\r\n"u8) ? 2 : body[at..].StartsWith("\n"u8) ? 1 : 0;
        }
    }

    /// <summary>The size in hexadecimal digits at the beginning, with the line that it stands in; null when there is none.</summary>
    private static long? Size(ReadOnlySpan<byte> body, out int lineLength)
    {
        const int longestLine = 4_096;
        lineLength = body[..Math.Min(body.Length, longestLine)].IndexOf((byte)'\n') + 1;
        if (lineLength == 0)
            return null;
        var line = body[..lineLength].TrimEnd("\r\n \t"u8);
        var extension = line.IndexOf((byte)';');
        var digits = (extension < 0 ? line : line[..extension]).TrimEnd((byte)' ');
        return digits.Length is > 0 and <= 15
            && long.TryParse(Encoding.ASCII.GetString(digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
            ? size
            : null;
    }
}
