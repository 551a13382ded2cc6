using System.Text.Json;
using MiSarTracker.Formats.Answers.Mapping.Json;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>A table that rules of the profile take.</summary>
internal sealed class MappedTable : ITableSink
{
    private readonly RuleRows[] _rules;
    private readonly TableContext _table;
    private readonly UnmappedTable _rest;
    private readonly Action<Damage> _damaged;
    private readonly ColumnRef _kind;
    private readonly (int Column, string Name)[] _unread;
    private readonly (int Column, JsonShape Shape)[] _partlyRead;
    private readonly JsonValueWalk _walk;
    private readonly MinuteRows? _plain;

    /// <param name="rest">Takes the rows that none of the rules takes.</param>
    public MappedTable(IReadOnlyList<RuleRows> rules, TableContext table, UnmappedTable rest, Action<Damage> damaged)
    {
        (_rules, _table, _rest, _damaged) = ([.. rules], table, rest, damaged);
        _kind = ColumnRef.Find(table.Header, [.. rules.SelectMany(rule => rule.Rule.Rows).Select(filter => filter.Column).Reverse()]);
        _walk = new JsonValueWalk(table.Search, null);
        (_unread, _partlyRead) = ReadColumns.Of([.. rules.Select(rule => rule.Rule)], table.Header);
        _plain = _rules is [MinuteRows { HasPlainRows: true } minutes] && _unread.Length + _partlyRead.Length == 0 ? minutes : null;
    }

    public int Plain(ReadOnlySpan<byte> text, byte delimiter, long line, out int rows)
    {
        rows = 0;
        if (_plain is null)
        {
            return 0;
        }

        var taken = _plain.TakePlain(text, delimiter, line, out rows);
        if (rows > 0)
        {
            _table.Report.Rows += rows;
            _table.Report.Mapped(_plain.Rule.Id);
        }

        return taken;
    }

    public void Row(in TableRow row)
    {
        _table.Report.Rows++;
        var isTaken = false;
        foreach (var rule in _rules)
        {
            if (rule.Takes(row))
            {
                Take(rule, row, isFirst: !isTaken);
                isTaken = true;
            }
        }

        if (isTaken)
        {
            Search(row);
            return;
        }

        _table.Report.UnmappedRow(_kind.Exists ? _kind.Text(row, _table.Json) : "");
        _rest.Keep(row);
    }

    public void Unreadable(long line, string reason)
    {
        _table.Report.Rows++;
        _table.Report.Unreadable++;
        Damaged(line, reason);
    }

    /// <param name="isFirst">A row counts once, whatever further rules find in it.</param>
    private void Take(RuleRows rule, in TableRow row, bool isFirst)
    {
        switch (rule.Row(row, out var problem))
        {
            case RowOutcome.Taken:
                _table.Report.Mapped(rule.Rule.Id);
                break;
            case RowOutcome.Placeholder:
                _table.Report.Mapped(rule.Rule.Id);
                _table.Report.Placeholders += isFirst ? 1 : 0;
                break;
            default:
                _table.Report.Unreadable += isFirst ? 1 : 0;
                Damaged(row.Line, problem ?? "it cannot be read");
                break;
        }
    }

    /// <summary>What no rule reads of a row is still searched for identifiers.</summary>
    private void Search(in TableRow row)
    {
        foreach (var (column, name) in _unread)
        {
            _table.Search.Add(name, row[column]);
        }

        foreach (var (column, shape) in _partlyRead)
        {
            var value = row[column].Trim((byte)' ');
            if (value.IsEmpty || !TryWalk(value, shape))
            {
                _table.Search.Add(shape.Path, value);
            }
        }
    }

    private bool TryWalk(ReadOnlySpan<byte> value, JsonShape shape)
    {
        if (value[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(value, new JsonReaderOptions { AllowTrailingCommas = true });
            if (reader.Read())
            {
                _walk.Take(ref reader, value, shape);
            }

            return true;
        }
        catch (JsonException)
        {
            // It is searched as the text that it is; the rules say what is wrong with it.
            return false;
        }
    }

    private void Damaged(long line, string reason) => _damaged(new Damage(_table.At(line), reason));
}
