using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// The different values of columns that no rule reads: kept as text, so that an identifier which stands in one of them counts as disclosed.
/// Identifiers repeat from row to row, so a column of them stays small.
/// </summary>
internal sealed class SearchableValues(string member, Action<Damage> damaged)
{
    /// <summary>Shorter values identify nothing, and stand in any text by chance.</summary>
    private const int Shortest = 4;

    private const int LongestOnStack = 256;
    private const int MostPerColumn = 50_000;
    private const int MostCharacters = 4 << 20;

    private readonly EncodedValues _encoded = new(member);
    private readonly Dictionary<string, HashSet<string>> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cut = new(StringComparer.Ordinal);
    private long _characters;

    /// <summary>Values that are encoded, of these columns and of others that are shown to it.</summary>
    public EncodedValues Encoded => _encoded;

    /// <summary>Keeps a value in UTF-8. One that is already there costs no memory.</summary>
    public void Add(string column, ReadOnlySpan<byte> value)
    {
        if (value.Length < Shortest)
        {
            return;
        }

        if (value.Length > LongestOnStack)
        {
            Add(column, Encoding.UTF8.GetString(value));
            return;
        }

        _encoded.Look(column, value, 0);

        Span<char> text = stackalloc char[LongestOnStack];
        text = text[..Encoding.UTF8.GetChars(value, text)];
        if (!Column(column).GetAlternateLookup<ReadOnlySpan<char>>().Contains(text))
        {
            Add(column, text.ToString());
        }
    }

    public void Add(string column, string value)
    {
        if (value.Length > LongestOnStack)
        {
            _encoded.Look(column, Encoding.UTF8.GetBytes(value), 0);
        }

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
    public void Finish(string exhibit, IReadOnlyList<EncodedRule> encoded, DisclosedBuilder into)
    {
        _encoded.Finish(exhibit, encoded, into);
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
