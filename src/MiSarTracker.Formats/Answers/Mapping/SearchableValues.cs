using System.Text;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// The different values of columns that no rule reads: kept as text, so that an identifier which stands in one of them counts as disclosed.
/// Identifiers repeat from row to row, so a column of them stays small.
/// </summary>
internal sealed class SearchableValues(string member, Action<Damage> damaged)
{
    /// <summary>Shorter values identify nothing, and stand in any text by chance.</summary>
    private const int Shortest = 4;

    private const int MostPerColumn = 50_000;
    private const int MostCharacters = 4 << 20;

    private readonly Dictionary<string, HashSet<string>> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private long _characters;

    /// <summary>Keeps a value in UTF-8. One that is already there costs no memory.</summary>
    public void Add(string column, ReadOnlySpan<byte> value)
    {
        if (value.Length < Shortest)
        {
            return;
        }

        if (value.Length > 256)
        {
            Add(column, Encoding.UTF8.GetString(value));
            return;
        }

        Span<char> text = stackalloc char[256];
        text = text[..Encoding.UTF8.GetChars(value, text)];
        if (!Column(column).GetAlternateLookup<ReadOnlySpan<char>>().Contains(text))
        {
            Add(column, text.ToString());
        }
    }

    public void Add(string column, string value)
    {
        var values = Column(column);
        if (value.Length < Shortest || values.Contains(value))
        {
            return;
        }

        if (values.Count >= MostPerColumn || _characters + value.Length > MostCharacters)
        {
            if (_cut.Add(column))
            {
                damaged(new Damage(member, $"only the first {values.Count} different values of {column}, which no rule reads, are kept for searching"));
            }

            return;
        }

        values.Add(value);
        _characters += value.Length;
    }

    /// <summary>Hands the values on; call once, at the end.</summary>
    public void Finish(string exhibit, DisclosedBuilder into)
    {
        var text = new StringBuilder();
        foreach (var (column, values) in _columns.Where(column => column.Value.Count > 0))
        {
            text.Append(column).Append('\n').AppendJoin('\n', values).Append('\n');
        }

        if (text.Length > 0)
        {
            into.Text(new AnswerText(Origin.InAnswer(exhibit, member, 0), text.ToString()));
        }
    }

    private HashSet<string> Column(string column)
    {
        if (!_columns.TryGetValue(column, out var values))
        {
            _columns[column] = values = new HashSet<string>(StringComparer.Ordinal);
        }

        return values;
    }
}
