using System.Text;

namespace MiSarTracker.Formats.Bodies;

/// <summary>The parts of a <c>multipart/form-data</c> content.</summary>
/// <param name="Parts">The whole parts, in their order, as slices of the content.</param>
/// <param name="Problem">Why there may be more that could not be read; null when the content was read to its end.</param>
public sealed record MultipartBody(IReadOnlyList<MultipartPart> Parts, string? Problem)
{
    private const int MostParts = 10_000;
    private const int LongestBoundary = 200;

    /// <summary>
    /// Splits the content at the boundary that the Content-Type names (quoted or not); when it names none, at the line
    /// that the content begins with. Line ends may be CRLF or, after a tool that rewrote them, LF.
    /// </summary>
    public static MultipartBody Read(ReadOnlyMemory<byte> content, string? contentType)
    {
        var boundary = HeaderParameters.Find(contentType ?? "", "boundary") ?? FirstLine(content.Span);
        if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
            return new MultipartBody([], "there is no boundary that the parts could be told apart by");
        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        var parts = new List<MultipartPart>();
        var at = Delimiter(content.Span, delimiter, 0);
        if (at < 0)
            return new MultipartBody([], "the boundary that the Content-Type names does not occur");
        while (true)
        {
            var begin = at + delimiter.Length;
            if (content.Span[begin..].StartsWith("--"u8))
                return new MultipartBody(parts, null);
            begin = AfterLine(content.Span, begin);
            var end = Delimiter(content.Span, delimiter, begin);
            if (end < 0)
                return new MultipartBody(parts, "the last part is cut off");
            if (parts.Count == MostParts)
                return new MultipartBody(parts, $"there are more than {MostParts} parts");
            parts.Add(MultipartPart.From(content[begin..BeforeLineEnd(content.Span, begin, end)]));
            at = end;
        }
    }

    /// <summary>The first part of that name, or null.</summary>
    public MultipartPart? First(string name) => Parts.FirstOrDefault(part => part.Name == name);

    /// <summary>The next place where the delimiter stands at the beginning of a line, or -1.</summary>
    private static int Delimiter(ReadOnlySpan<byte> content, ReadOnlySpan<byte> delimiter, int from)
    {
        while (from <= content.Length)
        {
            var at = content[from..].IndexOf(delimiter);
            if (at < 0)
                return -1;
            at += from;
            var after = content[(at + delimiter.Length)..];
            var endsLine = after.IsEmpty || after[0] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t' || after.StartsWith("--"u8);
            if ((at == 0 || content[at - 1] == '\n') && endsLine)
                return at;
            from = at + 1;
        }

        return -1;
    }

    private static int AfterLine(ReadOnlySpan<byte> content, int from)
    {
        var end = content[from..].IndexOf((byte)'\n');
        return end < 0 ? content.Length : from + end + 1;
    }

    private static int BeforeLineEnd(ReadOnlySpan<byte> content, int begin, int end)
    {
        if (end > begin && content[end - 1] == '\n')
            end--;
        if (end > begin && content[end - 1] == '\r')
            end--;
        return end;
    }

    private static string? FirstLine(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("--"u8))
            return null;
        var line = content[2..];
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        return end is > 0 and <= LongestBoundary ? Encoding.Latin1.GetString(line[..end]).TrimEnd() : null;
    }
}
