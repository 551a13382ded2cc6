using System.Text;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// A table that no rule takes. Its rows are kept as text, so that it can still be searched for names, hosts and
/// identifiers; the first megabyte of it, for such tables are small or of no use.
/// </summary>
internal sealed class UnmappedTable(TableContext table, Action<Damage> damaged) : ITableSink
{
    private const int MostCharacters = 1 << 20;

    private readonly StringBuilder _text = new();
    private bool _isCut;

    public void Row(in TableRow row)
    {
        table.Report.Rows++;
        Keep(row);
    }

    public void Unreadable(long line, string reason)
    {
        table.Report.Rows++;
        table.Report.Unreadable++;
        damaged(new Damage(table.At(line), reason));
    }

    public void Keep(in TableRow row)
    {
        for (var i = 0; i < row.Count && i < table.Header.Count; i++)
        {
            table.Search.Encoded.Look(table.Header[i], row[i], row.Line);
        }

        if (_isCut)
        {
            return;
        }

        if (_text.Length == 0)
        {
            _text.AppendJoin('\t', table.Header).Append('\n');
        }

        for (var i = 0; i < row.Count; i++)
        {
            _text.Append(i == 0 ? "" : "\t").Append(row.Text(i));
        }

        _text.Append('\n');
        if (_text.Length > MostCharacters)
        {
            _isCut = true;
            damaged(new Damage(table.Report.Name, "only the first megabyte of its rows that no rule knows is kept for searching"));
        }
    }

    /// <summary>Hands the kept text on; call once, at the end.</summary>
    public void Finish()
    {
        if (_text.Length > 0)
        {
            table.Into.Text(new AnswerText(Origin.InAnswer(table.Exhibit, table.Report.Name, 0), _text.ToString()));
        }
    }
}
