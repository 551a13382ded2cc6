using System.Text;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>Text files and pages: handed on as one text, a page without its markup and its tables once more as tables.</summary>
internal static class TextMember
{
    public static void Read(MemberStream content, AnswerMember member, AnswerReading reading)
    {
        var encoding = TextEncoding.Detect(content.Peek()) ?? TextEncoding.Western;
        var bytes = content.Gather(reading.Limits.MaxTextBytes);
        if (bytes is null)
        {
            reading.Damage(member.Name, $"the text has more than {reading.Limits.MaxTextBytes} bytes; it is kept, and was not read");
            return;
        }

        if (encoding is UTF8Encoding && !IsUtf8(bytes))
            encoding = TextEncoding.OfLegacyBytes(bytes.ToArray());

        if (member.Format != "html")
        {
            reading.Sink.Text(member, Decode(bytes, encoding));
            return;
        }

        using var page = new StreamReader(bytes, encoding, leaveOpen: true);
        reading.Sink.Text(member, HtmlText.Of(page));
        bytes.Position = 0;
        using var again = new StreamReader(bytes, encoding);
        HtmlTables.Read(again, member, reading);
    }

    private static bool IsUtf8(ChunkedMemory bytes)
    {
        try
        {
            CountCharacters(bytes, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int CountCharacters(ChunkedMemory bytes, Encoding encoding)
    {
        var decoder = encoding.GetDecoder();
        var count = 0;
        var buffer = new char[1 << 17];
        foreach (var chunk in bytes.Chunks())
            count += decoder.GetChars(chunk.Span, buffer, flush: false);

        return count + decoder.GetChars([], buffer, flush: true);
    }

    /// <summary>Decodes into the one string: a large text is not in memory three times.</summary>
    private static string Decode(ChunkedMemory bytes, Encoding encoding)
    {
        var text = string.Create(CountCharacters(bytes, encoding), (bytes, encoding), static (target, from) =>
        {
            var decoder = from.encoding.GetDecoder();
            foreach (var chunk in from.bytes.Chunks())
                target = target[decoder.GetChars(chunk.Span, target, flush: false)..];

            decoder.GetChars([], target, flush: true);
        });
        return text.Length > 0 && text[0] == '\uFEFF' ? text[1..] : text;
    }
}
