using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Search;
using NodaTime;

namespace MiSarTracker.Core.Findings;

/// <summary>
/// The comparison of one case: everything that the JSON, the report and the letters say. The same inputs give the
/// same comparison, but for <see cref="ComparedAt"/>.
/// </summary>
public sealed record Comparison
{
    /// <summary>The version of the rules; a change of a rule that can change a figure changes it.</summary>
    public const string EngineVersion = "1.3";

    /// <summary><c>SAR-2026-0001</c>.</summary>
    public required string Case { get; init; }

    public required Instant ComparedAt { get; init; }

    public string Engine { get; init; } = EngineVersion;

    public required IReadOnlyList<UploadExhibit> Evidence { get; init; }

    public required IReadOnlyList<AnswerExhibit> Response { get; init; }

    public required ClockReading Clock { get; init; }

    public required IReadOnlyList<CategoryResult> Categories { get; init; }

    /// <summary>The same counts for what the vendor's servers gave back to the app and no capture shows uploaded; empty when they gave nothing back.</summary>
    public IReadOnlyList<CategoryResult> Stored { get; init; } = [];

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<Recipient> Recipients { get; init; }

    public required IReadOnlyList<Identifier> Identifiers { get; init; }

    public required IReadOnlyList<Article15Item> Article15 { get; init; }

    public required LocationCount Location { get; init; }

    /// <summary>Values that no rule knows, looked for in the whole answer.</summary>
    public FieldSearch Search { get; init; } = new();

    /// <summary>What newer captures upload that older ones did not; null when nobody asked.</summary>
    public Drift? Drift { get; init; }

    /// <summary>What each answer gave when there were several, in the order of their arrival; empty when there was one.</summary>
    public IReadOnlyList<Round> Rounds { get; init; } = [];

    /// <summary>One state per minute, for the heat maps. Not part of the JSON.</summary>
    public required IReadOnlyList<DayMap> Days { get; init; }

    /// <summary>The states of what was uploaded and is no minute. Not part of the JSON.</summary>
    public IReadOnlyList<ItemStates> Items { get; init; } = [];
}

/// <summary>The counts of one category; <c>Uploaded = Matched + Altered + Missing + NotComparable</c>.</summary>
/// <param name="Unit">What one sample is: <c>minute with steps</c>, <c>night</c>.</param>
/// <param name="DisclosedOnly">Disclosed samples without an uploaded one, on days that the captures cover.</param>
/// <param name="OutsideCapture">Disclosed samples on days that no capture covers.</param>
/// <param name="Reason">Why the verdict is not-comparable, or what the counts leave out; null when nothing needs saying.</param>
public sealed record CategoryResult(
    Category Category,
    string Unit,
    long Uploaded,
    long Disclosed,
    long Matched,
    long Missing,
    long Altered,
    long NotComparable,
    long DisclosedOnly,
    long OutsideCapture,
    Verdict Verdict,
    string? Reason);

/// <summary>A host that received requests.</summary>
/// <param name="Named">Whether the answer names the host or its owner; null when nothing in the answer could name it.</param>
public sealed record Recipient(
    string Host, long Requests, long Uploads, long Bytes, Instant? FirstSeen, Instant? LastSeen, string? Owner, string? Country, bool? Named);

/// <summary>A value that identifies the person, a device or an installation.</summary>
/// <param name="Kind">The fact's name: <c>device-id</c>.</param>
/// <param name="Sha256OfValue">Lower-case hex; of the value itself, so that its owner can check it.</param>
/// <param name="Display">Shortened so that the report can be shown to others: <c>D400…0001</c>.</param>
/// <param name="UploadedIn">In how many exchanges it was sent.</param>
public sealed record Identifier(string Kind, string Sha256OfValue, string Display, long UploadedIn, bool Disclosed)
{
    /// <summary>The form in which the answer holds it, when it is not the one that was sent; else null.</summary>
    public Notation? Notation { get; init; }
}

/// <param name="Item"><c>15(1)(a)</c>.</param>
/// <param name="Status"><c>answered</c>, <c>partly</c>, <c>missing</c> or <c>unclear</c>.</param>
/// <param name="Quote">The answer's words, or null.</param>
/// <param name="Where">Exhibit, member and line of the quote; without a quote, what was read.</param>
public sealed record Article15Item(string Item, string Status, string? Quote, string? Where)
{
    /// <summary>Who judged: <c>pattern</c> or <c>person</c>; null when nobody did.</summary>
    public string? By { get; init; }

    /// <summary>Why, a sentence or two; the person's own words when the person judged.</summary>
    public string? Because { get; init; }

    /// <summary>The rule behind the quote, or null.</summary>
    public string? Pattern { get; init; }

    /// <summary>What the patterns said before the person judged; else null.</summary>
    public string? PatternStatus { get; init; }
}

/// <summary>Uploaded coordinates, geohashes and place names.</summary>
public sealed record LocationCount(long InWorkouts, long OutsideWorkouts);

/// <summary>The state of each minute of one category on one local day of the phone.</summary>
public sealed record DayMap(Category Category, LocalDate Date, MinuteState[] Minutes);

/// <summary>What was found for something uploaded that is no minute: one state for a thing or a field, one for each value of a series.</summary>
/// <param name="Key">The same for the same uploads.</param>
public sealed record ItemStates(Category Category, string Key, IReadOnlyList<MinuteState> States);

/// <summary>What the comparison found for one minute.</summary>
public enum MinuteState : byte
{
    NoData,
    Matched,
    Missing,
    Altered,
    DisclosedOnly,
    NotComparable,
    OutsideCapture,
}
