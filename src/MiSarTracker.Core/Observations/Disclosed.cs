using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>What the vendor's answer says that it holds: the other side of the comparison.</summary>
public sealed class Disclosed
{
    public IReadOnlyList<AnswerExhibit> Exhibits { get; init; } = [];

    public IReadOnlyList<MinuteDay> Minutes { get; init; } = [];

    public IReadOnlyList<Occurrence> Occurrences { get; init; } = [];

    public IReadOnlyList<Series> Series { get; init; } = [];

    public IReadOnlyList<Fact> Facts { get; init; } = [];

    public IReadOnlyList<DailyTotal> Totals { get; init; } = [];

    /// <summary>Rows that say again what an earlier row of the same answer said.</summary>
    public IReadOnlyList<RepeatedRow> Duplicates { get; init; } = [];

    /// <summary>Rows that contradict an earlier row of the same answer.</summary>
    public IReadOnlyList<ConflictingRow> Conflicts { get; init; } = [];

    /// <summary>What stands in the answer in a form that nobody can read.</summary>
    public IReadOnlyList<EncodedField> Encoded { get; init; } = [];

    /// <summary>The answer's running text (mail bodies, documents), for statements such as names of recipients.</summary>
    public IReadOnlyList<AnswerText> Texts { get; init; } = [];
}

/// <summary>An answer as the comparison's register shows it.</summary>
/// <param name="Exhibit"><c>R-001</c>.</param>
/// <param name="Sha256">Lower-case hex of the file.</param>
/// <param name="Format">For example <c>zip</c>, <c>eml</c>, <c>csv</c>.</param>
/// <param name="Received">The day on which the answer arrived, on the data subject's calendar.</param>
/// <param name="Members">How many files it holds.</param>
/// <param name="CutOff">
/// Until when the answer can speak: the creation stamp in the archive's or members' names, else the mail's date,
/// else the end of the day when it was added.
/// </param>
/// <param name="From">The first day that the answer claims, or that the person asked for; null when open.</param>
/// <param name="To">The last day that the person asked for; null when open.</param>
public sealed record AnswerExhibit(
    string Exhibit, string Sha256, string Format, LocalDate Received, int Members, Instant CutOff, LocalDate? From, LocalDate? To);

/// <param name="Category">Of the repeated sample.</param>
/// <param name="At">The time of the sample, or null when it has none.</param>
/// <param name="Value">What both rows say.</param>
/// <param name="First">The row that counts.</param>
/// <param name="Again">The row that repeats it.</param>
public sealed record RepeatedRow(Category Category, Moment? At, string Value, Origin First, Origin Again)
{
    /// <summary>
    /// How many rows in a row this stands for: where a stretch of one member repeats a stretch of another line by line, the first
    /// row of the stretch speaks for all.
    /// </summary>
    public int Count { get; init; } = 1;

    /// <summary>The time of the stretch's last sample; null when <see cref="Count"/> is 1.</summary>
    public Moment? Until { get; init; }
}

/// <param name="Category">Of the contradicted sample.</param>
/// <param name="At">The time of the sample, or null when it has none.</param>
public sealed record ConflictingRow(Category Category, Moment? At, string FirstValue, string OtherValue, Origin First, Origin Other)
{
    /// <summary>How many rows in a row contradict; the first pair of the stretch speaks for all.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The time of the stretch's last sample; null when <see cref="Count"/> is 1.</summary>
    public Moment? Until { get; init; }
}

/// <summary>A text of the answer.</summary>
/// <param name="Origin">The exhibit and member that it stands in.</param>
public sealed record AnswerText(Origin Origin, string Text);
