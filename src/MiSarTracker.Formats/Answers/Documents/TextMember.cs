namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>Text files, pages and JSON: handed on as one text, a page without its markup.</summary>
internal static class TextMember
{
    public static void Read(MemberStream content, AnswerMember member, AnswerReading reading)
    {
        var encoding = TextEncoding.Detect(content.Peek()) ?? TextEncoding.Western;
        var memory = content.Gather(reading.Limits.MaxBodyBytes);
        if (memory is null)
        {
            reading.Damage(member.Name, $"the text has more than {reading.Limits.MaxBodyBytes} bytes; it is kept, and was not read");
            return;
        }

        var bytes = memory.ToArray();
        if (Equals(encoding, System.Text.Encoding.UTF8) && !System.Text.Unicode.Utf8.IsValid(bytes))
            encoding = TextEncoding.OfLegacyBytes(bytes);

        var text = TextEncoding.Decode(bytes, encoding);
        reading.Sink.Text(member, member.Format == "html" ? HtmlText.Of(text) : text);
    }
}
