using System.Globalization;
using System.Text;
using System.Text.Json;
using MiSarTracker.Formats.Answers.Tables;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>A document that is read in a process of its own: its pages become one text, its sheets members with a table each.</summary>
internal sealed class DocumentMember(AnswerReading reading, AnswerMember member)
{
    private readonly StringBuilder _text = new();
    private readonly List<int> _scanned = [];
    private readonly HashSet<string> _sheets = new(StringComparer.Ordinal);
    private LooseTable? _table;
    private bool _isTooLong;

    /// <param name="documents">Where it is read; null when nothing can read it here: then it is a member without content.</param>
    /// <param name="content">The document's bytes; read to their end.</param>
    /// <param name="kind"><c>pdf</c>, <c>xls</c>, <c>xlsx</c>, <c>ods</c> or <c>docx</c>.</param>
    public void Read(IDocumentProcess? documents, MemberStream content, string kind)
    {
        if (documents is null)
            return;

        var bytes = content.Gather(Math.Min(DocumentWorker.LongestDocument, reading.Limits.MaxNestedBytes));
        if (bytes is null)
        {
            reading.Damage(member.Name, $"the document has more than {Math.Min(DocumentWorker.LongestDocument, reading.Limits.MaxNestedBytes)} bytes; it is kept, and was not read");
            return;
        }

        if (content.Fault is not null)
            return; // Said by whoever opened it; half a document is none.

        var end = documents.Read(kind, bytes.ToArray(), reading.Passwords, Take, reading.Cancellation);
        _table?.End();
        if (_text.Length > 0)
            reading.Sink.Text(member, _text.ToString());
        if (_scanned.Count > 0)
            reading.Damage(member.Name, Scanned());
        if (_isTooLong)
            reading.Damage(member.Name, $"its text is longer than {reading.Limits.MaxTextBytes} bytes; the pages behind that were not read");
        if (end is not null)
            reading.Damage(member.Name, end + "; it is kept, and what was read of it before was handed on");
    }

    private string Scanned() =>
        $"{(_scanned.Count == 1 ? "page" : "pages")} {Ranges(_scanned)} {(_scanned.Count == 1 ? "is a picture" : "are pictures")} without text (scanned): needs OCR. "
        + "Run a program such as ocrmypdf over it and add the result, or record what it says by hand";

    private void Take(ReadOnlyMemory<byte> line)
    {
        using var parsed = JsonDocument.Parse(line);
        var said = parsed.RootElement;
        if (said.TryGetProperty("row", out var row))
            _table?.Row(row.GetInt64(), [.. said.GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!)]);
        else if (said.TryGetProperty("page", out _))
            Page(said.GetProperty("text").GetString()!);
        else if (said.TryGetProperty("scanned", out var page))
            _scanned.Add(page.GetInt32());
        else if (said.TryGetProperty("sheet", out var sheet))
            Sheet(sheet.GetString()!);
        else if (said.TryGetProperty("fault", out var fault))
            reading.Damage(said.TryGetProperty("at", out var at) ? $"{member.Name} {at.GetString()}" : member.Name, fault.GetString()!);
        else if (said.TryGetProperty("opened", out var opened))
            reading.Opened(reading.Passwords[opened.GetInt32()]);
        else if (said.TryGetProperty("locked", out var locked))
            reading.Lock(member.Name, locked.GetString()!);
    }

    private void Page(string text)
    {
        reading.GaveAnything = true;
        if (_isTooLong || (_isTooLong = _text.Length + text.Length > reading.Limits.MaxTextBytes / 2))
            return;

        _text.Append(_text.Length > 0 ? "\n\n" : "").Append(text);
    }

    private void Sheet(string name)
    {
        _table?.End();
        var unique = ZipNames.Printable(name);
        for (var copy = 2; !_sheets.Add(unique); copy++)
            unique = $"{ZipNames.Printable(name)}#{copy}";

        var sheet = new AnswerMember($"{member.Name}!{unique}", member.Format == "docx" ? "table" : "sheet", 0);
        reading.GaveAnything = true;
        reading.Announce(sheet);
        _table = new LooseTable(reading, sheet);
    }

    /// <summary>1, 2, 3, 7 as "1-3, 7".</summary>
    private static string Ranges(List<int> pages)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pages.Count; i++)
        {
            var last = i;
            while (last + 1 < pages.Count && pages[last + 1] == pages[last] + 1)
                last++;

            text.Append(text.Length > 0 ? ", " : "").Append(CultureInfo.InvariantCulture, $"{pages[i]}");
            if (last > i)
                text.Append(CultureInfo.InvariantCulture, $"-{pages[last]}");

            i = last;
        }

        return text.ToString();
    }
}
