using NodaTime;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>One unknown table: its columns as far as their values show what they are.</summary>
/// <param name="Member">The member that holds it.</param>
public sealed record UnknownTable(string Member, IReadOnlyList<ColumnGuess> Columns)
{
    /// <summary>Rows that could be split into fields.</summary>
    public long Rows { get; internal set; }
}

/// <summary>Passes everything on, looks at the rows of those tables that nobody knows, and gathers hints of passwords in the texts.</summary>
/// <param name="inner">Takes everything.</param>
/// <param name="isUnknown">Whether nobody knows the table that was just handed to <paramref name="inner"/>.</param>
public sealed class TableOverview(IAnswerSink inner, Func<AnswerMember, IReadOnlyList<string>, bool> isUnknown) : IAnswerSink
{
    private const int MostTables = 200;
    private const int MostHints = 20;

    private readonly List<UnknownTable> _tables = [];
    private readonly List<Documents.PasswordHint> _hints = [];

    /// <summary>In the order of the file, the first two hundred.</summary>
    public IReadOnlyList<UnknownTable> Unknown => _tables;

    /// <summary>Words in its texts that may be passwords.</summary>
    public IReadOnlyList<Documents.PasswordHint> Hints => _hints;

    public void Begin(string fileName) => inner.Begin(fileName);

    public bool Json(AnswerMember member, Stream content) => inner.Json(member, content);

    public void Member(AnswerMember member) => inner.Member(member);

    public void Created(AnswerMember member, Instant at, string how) => inner.Created(member, at, how);

    public void Damaged(Damage damage) => inner.Damaged(damage);

    public void Text(AnswerMember member, string text)
    {
        if (_hints.Count < MostHints)
            _hints.AddRange(Documents.PasswordHint.In(member.Name, text).Take(MostHints - _hints.Count));

        inner.Text(member, text);
    }

    public ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine)
    {
        var rows = inner.Table(member, header, headerLine);
        if (_tables.Count >= MostTables || !isUnknown(member, header))
            return rows;

        var table = new UnknownTable(member.Name, [.. header.Select(name => new ColumnGuess(name))]);
        _tables.Add(table);
        return new Watched(rows, table);
    }

    private sealed class Watched(ITableSink inner, UnknownTable table) : ITableSink
    {
        public void Row(in TableRow row)
        {
            table.Rows++;
            for (var i = 0; i < table.Columns.Count; i++)
                table.Columns[i].Take(row[i]);

            inner.Row(row);
        }

        public void Unreadable(long line, string reason) => inner.Unreadable(line, reason);
    }
}
