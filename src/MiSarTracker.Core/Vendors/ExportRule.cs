using System.Collections.ObjectModel;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Vendors;

/// <summary>Recognises a table of an answer and says what its rows are.</summary>
public sealed record ExportRule
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Tested against the member's path; several rules may take the same table. When no rule's expression fits a member,
    /// its header decides: see <see cref="Signature"/>.
    /// </summary>
    public required Pattern Member { get; init; }

    /// <summary>
    /// The columns by which the table is still recognised when its file was renamed: all of them must be there, and the rules of one
    /// signature must know every other column. Name so many that no other table has them all; empty when only the name will do.
    /// </summary>
    public IReadOnlyList<string> Signature { get => field ?? []; init; }

    /// <summary>
    /// For a JSON file: the values that are its rows, such as <c>$[*]</c> or <c>$.days[*].minutes[*]</c>; null for a table. Column
    /// names are then paths into such a value (<c>value.bpm</c>, <c>[0]</c>, <c>@</c> for the value itself), or paths from the
    /// document's root that share its beginning (<c>$.days[*].date</c>).
    /// </summary>
    public ValuePath? Each { get; init; }

    /// <summary>Takes only rows whose columns all have one of these values; several rules may then share a table.</summary>
    public IReadOnlyList<RowFilter> Rows { get => field ?? []; init; }

    public required ExportKind Kind { get; init; }

    public required Category Category { get; init; }

    /// <summary>A fixed subject, such as <c>manual</c>.</summary>
    public string Subject { get => field ?? ""; init; }

    /// <summary>
    /// Canonical name → the column's names, the first that the header has. <c>Column.property</c> is a property of the JSON
    /// that the column holds. For <see cref="ExportKind.Minute"/> the one entry is the value.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; }

    /// <summary>The canonical names without which the rule does not apply.</summary>
    public IReadOnlyList<string> Required { get => field ?? []; init; }

    /// <summary>Null only for <see cref="ExportKind.Fact"/>.</summary>
    public ExportTime? Time { get; init; }

    /// <summary>Raw text → canonical text, for values such as stages.</summary>
    public IReadOnlyDictionary<string, string> Values { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Columns that say nothing of the person, with the reason; not reported as unmapped.</summary>
    public IReadOnlyDictionary<string, string> Unused { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    public RowPlaceholders Placeholders { get => field ?? RowPlaceholders.None; init; }

    /// <summary>Columns with a JSON list whose objects are occurrences of their own: a night's stages, a day's naps.</summary>
    public IReadOnlyList<ItemsRule> Items { get => field ?? []; init; }

    /// <summary>Pairs of fields that sources swap: the smaller value goes to the first, the larger to the second.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Ordered { get => field ?? []; init; }

    /// <summary>Canonical field → factor that brings the column's unit to the field's: 0.001 for a pace in s/km.</summary>
    public IReadOnlyDictionary<string, decimal> Scale { get => field ?? ReadOnlyDictionary<string, decimal>.Empty; init; }

    /// <summary>A field that tells several persons apart.</summary>
    public string? PersonField { get; init; }

    /// <summary>For facts: the canonical names whose values identify a person or a device.</summary>
    public IReadOnlyList<string> Identifies { get => field ?? []; init; }

    public required string Because { get; init; }
}

/// <summary>What a row of a table is.</summary>
public enum ExportKind
{
    /// <summary>The value of one minute.</summary>
    Minute,

    /// <summary>The stage of one minute; equal neighbours become one stretch.</summary>
    StageMinute,

    /// <summary>Something at a time or over one.</summary>
    Occurrence,

    /// <summary>Totals of one day.</summary>
    Total,

    /// <summary>Facts about the person, one per column.</summary>
    Fact,
}

/// <summary>A JSON list in a column.</summary>
public sealed record ItemsRule
{
    /// <summary>The column's names, the first that the header has; <c>Column.property</c> as for a rule's columns.</summary>
    public required IReadOnlyList<string> Column { get; init; }

    public required Category Category { get; init; }

    public string Subject { get => field ?? ""; init; }

    /// <summary>The property with the start, the first that the object has.</summary>
    public required IReadOnlyList<string> Start { get; init; }

    public IReadOnlyList<string> End { get => field ?? []; init; }

    /// <summary>The property with the length in seconds, when there is no end.</summary>
    public IReadOnlyList<string> Duration { get => field ?? []; init; }

    /// <summary>Canonical name → the object's property.</summary>
    public IReadOnlyDictionary<string, string> Fields { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Raw text → canonical text.</summary>
    public IReadOnlyDictionary<string, string> Values { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    public required string Because { get; init; }
}

/// <summary>One condition on a row.</summary>
public sealed record RowFilter
{
    public required string Column { get; init; }

    public required IReadOnlyList<string> Equal { get; init; }
}

/// <summary>
/// Where a row's time stands. A value that is only a clock time (<c>07:13</c>) is joined with the date column; any
/// other one is read as what it is: <c>yyyy-MM-dd HH:mm:ss+0000</c>, ISO 8601, seconds or milliseconds since 1970. A time without offset stays bare.
/// </summary>
public sealed record ExportTime
{
    /// <summary>The column of the local date, the first that the header has.</summary>
    public IReadOnlyList<string> Date { get => field ?? []; init; }

    /// <summary>The column of the time, the first that the header has; empty when a date is all there is.</summary>
    public IReadOnlyList<string> Start { get => field ?? []; init; }

    public IReadOnlyList<string> End { get => field ?? []; init; }

    /// <summary>The last minute belongs to the stretch: its end is one minute later.</summary>
    public bool EndInclusive { get; init; }

    /// <summary>The length, when there is no end.</summary>
    public IReadOnlyList<string> Duration { get => field ?? []; init; }

    public DurationUnit DurationUnit { get; init; }

    /// <summary>How dates with a two-digit year, or with their year behind, are written.</summary>
    public DateOrder DateOrder { get; init; }

    /// <summary>Which clock a time without an offset was read from.</summary>
    public BareClock Bare { get; init; }

    /// <summary>The offset, when it has a column of its own.</summary>
    public IReadOnlyList<string> Zone { get => field ?? []; init; }

    // Set, not init: the generated reader gives an absent property of this kind its type's default, and this one's is another.
    public ZoneUnit ZoneUnit { get; set; } = ZoneUnit.QuarterHours;

    /// <summary>The date is the morning's: clock times from this hour on belong to the evening before.</summary>
    public int? EveningFrom { get; init; }

    /// <summary>The stamp is midnight UTC of the local day that it stands for: a label, not an instant.</summary>
    public bool IsDateLabel { get; init; }
}

/// <summary>Rows and values that stand for "nothing": skipped and counted, not errors.</summary>
public sealed record RowPlaceholders
{
    internal static readonly RowPlaceholders None = new();

    private static readonly string[] Usual = ["", "null"];

    /// <summary>Values that mean "none", compared as written.</summary>
    public IReadOnlyList<string> Values { get => field ?? Usual; init; }

    /// <summary>A row is empty when all of these canonical fields are zero or missing.</summary>
    public IReadOnlyList<string> AllZero { get => field ?? []; init; }

    /// <summary>Canonical fields where zero means "not measured".</summary>
    public IReadOnlyList<string> ZeroIsNone { get => field ?? []; init; }

    /// <summary>A row whose end is its start is empty.</summary>
    public bool EmptyInterval { get; init; }
}

/// <summary>How a length of time is written.</summary>
public enum DurationUnit
{
    Seconds,

    Minutes,

    Milliseconds,
}

/// <summary>How a date is written.</summary>
public enum DateOrder
{
    /// <summary>So that it can only mean one day: <c>2024-03-30</c>, <c>30.03.2024</c>.</summary>
    Stated,

    /// <summary><c>03/30/24</c> or <c>03/30/2024</c>.</summary>
    MonthDayYear,

    /// <summary><c>30/03/24</c> or <c>30/03/2024</c>.</summary>
    DayMonthYear,
}

/// <summary>What a time without an offset means.</summary>
public enum BareClock
{
    /// <summary>A local clock, which one is not said.</summary>
    Local,

    /// <summary>UTC, as the vendor's documentation says.</summary>
    Utc,
}
