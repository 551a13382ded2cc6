using MimeKit;
using MimeKit.IO;
using MiSarTracker.Formats.Answers.Zip;
using NodaTime;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>
/// Reads mails: the body as text, the Date header as a stamp, and every other part as a member of its own, through
/// the same door as an archive's entries.
/// </summary>
internal sealed class MailMember(AnswerReading reading, MemberReader members)
{
    private static readonly Instant Earliest = Instant.FromUtc(1990, 1, 1, 0, 0);

    public void Read(MemberStream content, AnswerMember member, int depth)
    {
        var bytes = content.Seekable ?? content.Gather(reading.Limits.MaxNestedBytes);
        if (bytes is null)
        {
            reading.Damage(member.Name, $"this mail inside the answer is larger than {reading.Limits.MaxNestedBytes} bytes; it is kept, and was not read");
            return;
        }

        bytes.Position = 0;
        if (member.Format == "mbox")
            ReadMbox(bytes, member, depth);
        else if (Parse(new MimeParser(Options(), bytes, MimeFormat.Entity, persistent: true), member.Name) is { } message)
            Read(message, member, Prefix(member, depth), depth);
    }

    private void ReadMbox(Stream bytes, AnswerMember mbox, int depth)
    {
        var parser = new MimeParser(Options(), bytes, MimeFormat.Mbox, persistent: true);
        for (var number = 1; !parser.IsEndOfStream; number++)
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            if (!Spend(mbox.Name))
                return;

            var name = $"{Prefix(mbox, depth)}message {number}";
            var start = parser.Position;
            if (Parse(parser, name) is not { } message)
                return;

            var member = new AnswerMember(name, "eml", parser.Position - start);
            reading.Announce(member);
            Read(message, member, name + "!", depth + 1);
        }
    }

    private MimeMessage? Parse(MimeParser parser, string name)
    {
        try
        {
            return parser.ParseMessage(reading.Cancellation);
        }
        catch (FormatException broken)
        {
            reading.Damage(name, $"the mail cannot be read: {broken.Message}");
            return null;
        }
    }

    private void Read(MimeMessage message, AnswerMember member, string prefix, int depth)
    {
        using (message)
        {
            if (message.Headers.Contains(HeaderId.Date) && Instant.FromDateTimeOffset(message.Date) is var sent && sent >= Earliest)
                reading.Created(member, sent, StampSource.MailDate, "the mail's Date header");

            var parts = MailParts.Of(message, reading.Limits.MaxDepth);
            if (parts.TooDeep)
                reading.Damage(member.Name, $"the mail's parts are nested more than {reading.Limits.MaxDepth} deep; the deeper ones were not read");

            if (Text(parts, member) is { Length: > 0 } text)
            {
                reading.GaveAnything = true;
                reading.Sink.Text(member, text);
            }

            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var part in parts.Others)
            {
                if (!Spend(member.Name))
                    return;

                ReadPart(part, Unique(prefix, part, names), depth + 1);
            }
        }
    }

    private string Text(MailParts parts, AnswerMember member)
    {
        var texts = new List<string>();
        foreach (var part in parts.Texts)
        {
            var size = Measure(part);
            if (size > reading.Limits.MaxTextBytes || !reading.Spend(size))
                reading.Damage(member.Name, $"a text of the mail has {size} bytes; it is kept, and was not read");
            else
                texts.Add((part.IsHtml ? HtmlText.Of(new StringReader(part.Text)) : part.Text).ReplaceLineEndings("\n").Trim());
        }

        return string.Join("\n\n", texts.Where(text => text.Length > 0));
    }

    private void ReadPart(MimeEntity part, string name, int depth)
    {
        reading.Cancellation.ThrowIfCancellationRequested();
        if (part is MessagePart { Message: { } message })
        {
            var member = new AnswerMember(name, "eml", 0);
            reading.Announce(member);
            if (depth >= reading.Limits.MaxArchiveDepth)
                reading.Damage(name, $"messages are nested more than {reading.Limits.MaxArchiveDepth} deep; this one was not opened");
            else
                Read(message, member, name + "!", depth);
        }
        else if (part is MimePart { Content: not null } leaf)
        {
            using var content = new MemberStream(leaf.Content.Open(), reading, MemberPromise.None);
            members.Read(content, name, Measure(leaf), depth);
        }
        else
        {
            reading.Damage(name, "this part of the mail has no content");
        }
    }

    private bool Spend(string where)
    {
        if (reading.SpendEntry())
            return true;

        reading.Damage(where, $"the answer has more than {reading.Limits.MaxArchiveEntries} members; the others were not read");
        return false;
    }

    private static string Unique(string prefix, MimeEntity part, HashSet<string> names)
    {
        var own = part.ContentDisposition?.FileName ?? part.ContentType.Name;
        if (string.IsNullOrWhiteSpace(own))
            own = part is MessagePart ? "message.eml" : $"part.{part.ContentType.MediaSubtype}";

        var name = ZipNames.Printable(own.Trim().Replace('\\', '/'));
        var unique = name;
        for (var copy = 2; !names.Add(unique); copy++)
            unique = $"{name}#{copy}";

        return prefix + unique;
    }

    private static string Prefix(AnswerMember member, int depth) => depth == 0 ? "" : member.Name + "!";

    private static long Measure(MimePart part)
    {
        using var measure = new MeasuringStream();
        part.Content?.DecodeTo(measure);
        return measure.Length;
    }

    private ParserOptions Options() => new() { MaxMimeDepth = Math.Max(2, reading.Limits.MaxDepth) };
}
