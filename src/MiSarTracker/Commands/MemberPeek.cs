using System.Globalization;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using NodaTime;

namespace MiSarTracker.Commands;

/// <summary>Takes the beginning of one file of an answer.</summary>
/// <param name="name">The file's name as the list shows it.</param>
/// <param name="most">Rows of each table, and lines of text.</param>
internal sealed class MemberPeek(string name, int most) : IAnswerSink
{
    private readonly StringBuilder _text = new();
    private readonly List<Damage> _damages = [];
    private int _lines;

    public string Name => name;

    public bool IsFound { get; private set; }

    public string Format { get; private set; } = "";

    /// <summary>The first lines, with nothing in them that a terminal obeys; null when it has no text.</summary>
    public string? Text => _text.Length == 0 ? null : _text.ToString().TrimEnd('\n');

    public List<PeekedTable> Tables { get; } = [];

    public IReadOnlyList<Damage> Damages => _damages;

    public void Member(AnswerMember member)
    {
        IsFound |= member.Name == name;
        Format = member.Name == name ? member.Format : Format;
    }

    public void Created(AnswerMember member, Instant at, string how)
    {
        // A stamp is no content.
    }

    public ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine)
    {
        var table = new PeekedTable(header, member.Name == name ? most : 0);
        if (member.Name == name)
            Tables.Add(table);

        return table;
    }

    void IAnswerSink.Text(AnswerMember member, string text)
    {
        if (member.Name != name)
            return;

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (_lines++ == most)
                _text.Append("…\n");
            if (_lines > most)
                return;

            _text.Append(Visible(line.ToString())).Append('\n');
        }
    }

    public void Damaged(Damage damage)
    {
        if (damage.At.StartsWith(name, StringComparison.Ordinal))
            _damages.Add(damage);
    }

    /// <summary>Control characters and direction overrides spelt out: evidence must not move the cursor.</summary>
    public static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format && character != '\t')
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                visible.Append(character);
        }

        return visible.ToString();
    }
}

/// <summary>The beginning of a table.</summary>
internal sealed class PeekedTable(IReadOnlyList<string> header, int most) : ITableSink
{
    public IReadOnlyList<string> Header { get; } = header;

    public List<(long Line, string[] Fields)> First { get; } = [];

    /// <summary>All its rows.</summary>
    public long Count { get; private set; }

    public void Row(in TableRow row)
    {
        Count++;
        if (First.Count >= most)
            return;

        var fields = new string[row.Count];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = row.Text(i);

        First.Add((row.Line, fields));
    }

    public void Unreadable(long line, string reason) => Count++;
}
