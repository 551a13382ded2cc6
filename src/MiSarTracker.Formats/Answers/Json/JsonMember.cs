using System.Text;
using System.Text.Json;
using MiSarTracker.Formats.Answers.Documents;
using MiSarTracker.Formats.Answers.Tables;

namespace MiSarTracker.Formats.Answers.Json;

/// <summary>
/// A JSON document, read as it streams: lists of objects are tables, what stands outside lists is a table of one row. A
/// document of less than 64 KiB that breaks off is handed on as text too. Lines of JSON, one object each, are the rows of one table.
/// </summary>
internal static class JsonMember
{
    public static void Read(MemberStream content, AnswerMember member, AnswerReading reading)
    {
        var head = content.Peek();
        var encoding = TextEncoding.Detect(head) ?? Encoding.UTF8;
        var text = TextEncoding.Decode(head, encoding);
        var isWhole = head.Length < MemberStream.HeadLength;
        var areLines = AreLines(text, member.Name);
        using Stream bytes = encoding is UTF8Encoding
            ? new UnmarkedStream(content)
            : new UnmarkedStream(Encoding.CreateTranscodingStream(content, encoding, new UTF8Encoding(false), leaveOpen: true));
        using var tokens = new ShortTokens(bytes, reading.Limits.MaxFieldBytes);
        var lines = areLines ? new LineWindow(tokens) : null;
        using var feed = new JsonFeed(lines ?? (Stream)tokens, Options(reading.Limits));
        var document = new JsonTables(feed, member, reading);
        if (lines is not null)
            document.ReadLines(lines);
        else if (!document.ReadDocument() && isWhole)
            reading.Sink.Text(member, text);

        if (tokens.Cut > 0)
            reading.Damage(member.Name, $"{tokens.Cut} of its values are longer than {reading.Limits.MaxFieldBytes} bytes; they were cut there");
    }

    private static JsonReaderOptions Options(Limits limits) => new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = Math.Max(2, limits.MaxDepth),
    };

    /// <summary>Whether every line is an object of its own: the first one ends where it begins, and the next one begins another.</summary>
    private static bool AreLines(string text, string name)
    {
        if (name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase))
            return true;

        var lines = text.Split('\n', 6).Select(line => line.Trim()).Where(line => line.Length > 0).Take(2).ToArray();
        return lines.Length == 2 && lines[0][0] == '{' && lines[0][^1] == '}' && lines[1][0] == '{';
    }
}
