using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>What became of one file of an answer.</summary>
public sealed class MemberReport
{
    private readonly List<Tally> _tallies = [];
    private readonly SortedSet<string> _mappedTo = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _unmappedRows = new(StringComparer.Ordinal);
    private readonly List<string> _unmapped = [];
    private readonly List<IReadOnlyList<string>> _unmappedTables = [];

    internal MemberReport(AnswerMember member) => Member = member;

    public AnswerMember Member { get; }

    public string Name => Member.Name;

    /// <summary>Rows of its tables, headers not counted.</summary>
    public long Rows { get; internal set; }

    /// <summary>The profile's rules that took rows; empty when none did.</summary>
    public IReadOnlyCollection<string> MappedTo => _mappedTo;

    /// <summary>Samples by category, rows that repeat another one included.</summary>
    public IReadOnlyDictionary<Category, long> Observations
    {
        get
        {
            var counts = new SortedDictionary<Category, long>();
            foreach (var tally in _tallies.Where(tally => tally.Count > 0))
            {
                counts[tally.Category] = counts.GetValueOrDefault(tally.Category) + tally.Count;
            }

            return counts;
        }
    }

    /// <summary>Why the profile leaves the member unmapped on purpose; null when it says nothing of it.</summary>
    public string? NotMappedBecause { get; internal set; }

    /// <summary>Columns that no rule knows, of tables that a rule took.</summary>
    public IReadOnlyList<string> Unmapped => _unmapped;

    /// <summary>Headers of tables that no rule took; their text can still be searched.</summary>
    public IReadOnlyList<IReadOnlyList<string>> UnmappedTables => _unmappedTables;

    /// <summary>Rows of a mapped table that no rule took, by what they say they are.</summary>
    public IReadOnlyDictionary<string, long> UnmappedRows => _unmappedRows;

    /// <summary>Rows that stand for "nothing": empty days, nights without sleep, minutes without a value.</summary>
    public long Placeholders { get; internal set; }

    /// <summary>Rows that could not be read; each was reported as damage.</summary>
    public long Unreadable { get; internal set; }

    /// <summary>A counter of its own for whoever counts: rows come by the million.</summary>
    internal Tally Count(Category category)
    {
        var tally = new Tally(category);
        _tallies.Add(tally);
        return tally;
    }

    internal void Mapped(string rule) => _mappedTo.Add(rule);

    internal void UnmappedColumns(IEnumerable<string> columns) => _unmapped.AddRange(columns.Where(column => !_unmapped.Contains(column)));

    internal void UnmappedTable(IReadOnlyList<string> header) => _unmappedTables.Add(header);

    internal void UnmappedRow(string kind)
    {
        // Kinds are few; a column that is no kind at all must not fill the report.
        var key = _unmappedRows.Count < 200 || _unmappedRows.ContainsKey(kind) ? kind : "…";
        _unmappedRows[key] = _unmappedRows.GetValueOrDefault(key) + 1;
    }
}

/// <summary>How many samples of a category one rule found in one member.</summary>
internal sealed class Tally(Category category)
{
    public Category Category { get; } = category;

    public long Count { get; set; }
}
