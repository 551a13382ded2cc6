using MiSarTracker.Formats.Answers.Containers;
using MiSarTracker.Formats.Answers.Documents;
using MiSarTracker.Formats.Answers.Json;
using MiSarTracker.Formats.Answers.Tables;
using MiSarTracker.Formats.Answers.Workbooks;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Answers;

/// <summary>Finds out what a member is and has it read; the answer itself is the first member.</summary>
internal sealed class MemberReader(AnswerReading reading)
{
    /// <summary>Reads the answer itself. Its parts carry no prefix.</summary>
    public string ReadAnswer(MemberStream content, long size) => Read(content, reading.FileName, size, 0);

    /// <param name="content">The member's bytes.</param>
    /// <param name="name">Its name through its containers.</param>
    /// <param name="size">Its size as promised; -1 when unknown.</param>
    /// <param name="depth">How many containers it lies in; 0 is the answer itself.</param>
    public string Read(MemberStream content, string name, long size, int depth)
    {
        var head = content.Peek();
        var member = new AnswerMember(name, ContentKind.Of(head, name, content.BrokeOff), size < 0 ? head.Length : size);
        var format = member.Format switch
        {
            "zip" => ReadZip(content, member, depth),
            "gzip" or "tar" => ReadContainer(content, member, size, depth),
            _ => ReadOther(content, member, depth),
        };
        if (content.Fault is not null)
            reading.Damage(name, content.Fault + (member.Format == "zip" ? "" : Consequence(content)));
        else
            reading.GaveAnything |= format is not ("zip" or "gzip" or "tar" or "eml" or "mbox" or "pdf" or "xlsx" or "xls" or "ods");

        return format;
    }

    private static string Consequence(MemberStream content) =>
        content.Count == 0 ? "" : "; what was read of it before was handed on and is not to be relied on";

    private string ReadOther(MemberStream content, AnswerMember member, int depth)
    {
        Announce(member);
        switch (member.Format)
        {
            case "csv":
                TableReader.Read(content, member, reading);
                break;
            case "text" or "html":
                TextMember.Read(content, member, reading);
                break;
            case "json" when TakesJson(content, member):
                break;
            case "json":
                JsonMember.Read(content, member, reading);
                break;
            case "pdf" or "xls" or "xlsx":
                new DocumentMember(reading, member).Read(reading.Documents, content, member.Format);
                break;
            case "eml" or "mbox":
                new MailMember(reading, this).Read(content, member, depth);
                break;
            case "binary" when content.Fault is null && ContentKind.IsNamedTable(member.Name):
                reading.Damage(member.Name, "the name says that it is a table, but its content is not text; it is kept, and was not read");
                break;
            case "binary" when depth == 0 && content.Fault is null:
                reading.Damage(member.Name, "it is of no kind that is read here; it is kept, and was not read. Open it in the program that it is for, and save it as CSV, PDF or text");
                break;
            default:
                if (OtherKinds.Remedy(member.Format) is { } remedy)
                    reading.Damage(member.Name, remedy);
                break;
        }

        content.Drain();
        reading.Measured(member, content.Count);
        return member.Format;
    }

    // The sink reads UTF-8 whatever the document is written in; what it does not take is still there to be read as tables.
    private bool TakesJson(MemberStream content, AnswerMember member)
    {
        var encoding = TextEncoding.Detect(content.Peek()) ?? TextEncoding.Western;
        if (encoding is System.Text.UTF8Encoding)
            return reading.Sink.Json(member, content);

        using var utf8 = System.Text.Encoding.CreateTranscodingStream(content, encoding, System.Text.Encoding.UTF8, leaveOpen: true);
        return reading.Sink.Json(member, utf8);
    }

    private string ReadZip(MemberStream content, AnswerMember member, int depth)
    {
        var archive = content.Seekable ?? Gather(content, member.Name);
        var directory = archive is null ? null : ZipDirectory.Read(archive, reading.Limits, reading.Cancellation);
        if (directory is not null && archive is not null && directory.DocumentKind(archive) is { } kind)
            return ReadPackage(content, archive, directory, member with { Format = kind });

        Enter(member, depth);

        if (archive is null)
            return member.Format;

        if (directory is null)
            NotAnArchive(member, depth);
        else if (depth >= reading.Limits.MaxArchiveDepth)
            reading.Damage(member.Name, $"archives are nested more than {reading.Limits.MaxArchiveDepth} deep; this one was not opened");
        else
            new ZipReader(reading, this).Read(archive, directory, member.Name, depth == 0 ? "" : member.Name + "!", depth + 1);

        if (depth > 0)
            content.Drain();

        return member.Format;
    }

    /// <summary>A document that is a ZIP inside: looked through by our own reader before any library sees it.</summary>
    private string ReadPackage(MemberStream content, Stream archive, ZipDirectory directory, AnswerMember document)
    {
        Announce(document);
        if (document.Format is "xlsx" or "ods" or "docx")
            ReadOffice(archive, directory, document);
        else if (OtherKinds.Remedy(document.Format) is { } remedy)
            reading.Damage(document.Name, remedy);

        content.Drain();
        return document.Format;
    }

    private void ReadOffice(Stream archive, ZipDirectory directory, AnswerMember workbook)
    {
        if (reading.Documents is null)
            return;

        if (WorkbookCheck.Objection(archive, directory, reading) is { } objection)
        {
            reading.Damage(workbook.Name, objection);
            return;
        }

        archive.Position = 0;
        using var bytes = new MemberStream(new WindowStream(archive, 0, archive.Length), reading, MemberPromise.None);
        new DocumentMember(reading, workbook).Read(reading.Documents, bytes, workbook.Format);
    }

    private string ReadContainer(MemberStream content, AnswerMember member, long size, int depth)
    {
        Enter(member, depth);
        if (member.Format == "gzip")
            GzipMember.Read(content, member.Name, size, depth, reading, this);
        else if (depth >= reading.Limits.MaxArchiveDepth)
            reading.Damage(member.Name, $"archives are nested more than {reading.Limits.MaxArchiveDepth} deep; this one was not opened");
        else
            new TarMember(content, reading, this).Read(member.Name, depth == 0 ? "" : member.Name + "!", depth + 1);

        content.Drain();
        return member.Format;
    }

    /// <summary>The answer's own archive is not a member of itself.</summary>
    private void Enter(AnswerMember container, int depth)
    {
        if (depth > 0)
            Announce(container);
        else
            Stamp(container);
    }

    private ChunkedMemory? Gather(MemberStream content, string name)
    {
        var memory = content.Gather(reading.Limits.MaxNestedBytes);
        if (memory is null)
        {
            reading.Damage(name, $"this archive inside the answer is larger than {reading.Limits.MaxNestedBytes} bytes and was not opened; "
                + "take it out and add it by itself");
        }

        return memory;
    }

    private void NotAnArchive(AnswerMember member, int depth)
    {
        const string why = "it should be a ZIP archive, and no entry could be found in it: the file is cut off or damaged";
        if (depth == 0)
            throw new ImportException("zip", member.Name, null, why, "Fetch it again.");

        reading.Damage(member.Name, why);
    }

    private void Announce(AnswerMember member)
    {
        reading.Announce(member);
        Stamp(member);
    }

    private void Stamp(AnswerMember member)
    {
        if (CreationStamp.In(member.Name) is var (at, how))
            reading.Created(member, at, member.Name == reading.FileName ? StampSource.AnswerName : StampSource.MemberName, how);
    }
}
