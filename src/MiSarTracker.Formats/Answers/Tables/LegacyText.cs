using System.Globalization;
using System.Text;
using System.Text.Unicode;
using MiSarTracker.Formats.Answers.Documents;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>Rows that are not UTF-8: rewritten as what they seem to be, and counted so that the guess is told.</summary>
internal sealed class LegacyText
{
    private long _rows;
    private string _name = "";

    public long FirstLine { get; private set; }

    /// <summary>What was guessed, or null when nothing had to be.</summary>
    public string? Report => _rows == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"not UTF-8 from here on: {_rows} {(_rows == 1 ? "row was" : "rows were")} read as {_name}, which is a guess");

    /// <summary>The row's fields as UTF-8, in bytes of their own.</summary>
    public (byte[] Bytes, (int Start, int Length)[] Fields) Row(RowReader reader)
    {
        var (start, end) = reader.Extent;
        var encoding = Guess(reader.Bytes[start..end], reader.Line);
        var bytes = new List<byte>();
        var fields = new (int, int)[reader.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var (from, length) = reader.Fields[i];
            var field = Encoding.UTF8.GetBytes(encoding.GetString(reader.Bytes.Slice(from, length)));
            fields[i] = (bytes.Count, field.Length);
            bytes.AddRange(field);
        }

        return ([.. bytes], fields);
    }

    /// <summary>A field as text, whatever it is encoded in.</summary>
    public string Text(ReadOnlySpan<byte> field, long line) =>
        (Utf8.IsValid(field) ? Encoding.UTF8 : Guess(field, line)).GetString(field);

    private Encoding Guess(ReadOnlySpan<byte> bytes, long line)
    {
        var encoding = TextEncoding.OfLegacyBytes(bytes);
        FirstLine = _rows++ == 0 ? line : FirstLine;
        _name = _rows == 1 || _name == encoding.WebName ? encoding.WebName : "gb18030 or windows-1252";
        return encoding;
    }
}
