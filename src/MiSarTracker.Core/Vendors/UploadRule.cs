using System.Collections.ObjectModel;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Vendors;

/// <summary>Recognises a kind of request and says what it carries.</summary>
public sealed record UploadRule : BodyRules
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required RequestMatch Match { get; init; }

    public RequestKind Kind { get; init; }

    /// <summary>One of <see cref="BodyCiphers"/>, or null: the fields are encrypted, and the capture may hold the key.</summary>
    public string? Cipher { get; init; }

    /// <summary>
    /// How the server's answer is read: what it says is what the vendor stores. It is kept apart from what was uploaded. Null when
    /// nothing is known of the answer.
    /// </summary>
    public AnswerRule? Answer { get; init; }

    /// <summary>True when places that the request names belong to a workout that the wearer recorded.</summary>
    public bool InWorkout { get; init; }

    public required string Because { get; init; }
}

/// <summary>How the answer to a request is read.</summary>
public sealed record AnswerRule : BodyRules
{
    public required string Because { get; init; }
}

/// <summary>How a body is read, whichever way it travelled.</summary>
public abstract record BodyRules
{
    /// <summary>One of <see cref="PayloadDecoders"/>, or null: the body is described by the rules below.</summary>
    public string? Decoder { get; init; }

    /// <summary>
    /// Further decoding, step by step, of what the Content-Type does not say. Before the first step <c>$</c> is the JSON body,
    /// or an object of the form's fields.
    /// </summary>
    public IReadOnlyList<DecodeStep> Body { get => field ?? []; init; }

    public IReadOnlyList<FactRule> Facts { get => field ?? []; init; }

    public IReadOnlyList<OccurrenceRule> Occurrences { get => field ?? []; init; }

    public IReadOnlyList<MinuteRule> Minutes { get => field ?? []; init; }

    public IReadOnlyList<TotalRule> Totals { get => field ?? []; init; }

    /// <summary>
    /// Takes every value of the body that no fact above takes as a fact of a category: for a body whose fields are not known one by one.
    /// </summary>
    public LeavesRule? Leaves { get; init; }
}

/// <summary>A condition on a body, an element or a parameter of the query.</summary>
public sealed record ValueCondition
{
    public required ValuePath At { get; init; }

    /// <summary>The values that fit, compared as written; without any, the value only has to be there.</summary>
    public IReadOnlyList<string> Equal { get => field ?? []; init; }
}

/// <summary>What a request is, seen from the person whose data it carries.</summary>
public enum RequestKind
{
    /// <summary>It carries data to the vendor.</summary>
    Upload,

    /// <summary>It reads data back: its answer shows what the vendor stores. Counted apart, never mixed with uploads.</summary>
    StoredCopy,

    /// <summary>It changes fields of something that was uploaded before.</summary>
    Amendment,

    /// <summary>It deletes something that was uploaded before.</summary>
    Deletion,

    /// <summary>It carries data that cannot be read: encrypted, or in an unknown form. Evidence that something was sent, not of what.</summary>
    Opaque,

    /// <summary>It carries nothing about the person but what every request carries.</summary>
    Other,
}

/// <summary>All conditions that are given must hold.</summary>
public sealed record RequestMatch
{
    /// <summary>Tested against the lower-case host; without it any of the vendor's hosts.</summary>
    public Pattern? Host { get; init; }

    /// <summary>Tested against the path without the query.</summary>
    public required Pattern Path { get; init; }

    /// <summary>Upper case; empty = any.</summary>
    public IReadOnlyList<string> Methods { get => field ?? []; init; }

    /// <summary>A form field or query parameter that must be there.</summary>
    public string? HasField { get; init; }

    /// <summary>A request header that must be there.</summary>
    public string? Header { get; init; }

    /// <summary>The header's value; without it any.</summary>
    public Pattern? HeaderValue { get; init; }
}

/// <summary>Decodes one value in place.</summary>
public sealed record DecodeStep
{
    public required ValuePath At { get; init; }

    public required Decoding As { get; init; }
}

/// <summary>What a value's text is.</summary>
public enum Decoding
{
    /// <summary>JSON in a string.</summary>
    Json,

    /// <summary>Base64 of UTF-8 text.</summary>
    Base64,

    /// <summary>Base64 of gzip-compressed UTF-8 text.</summary>
    Base64Gzip,

    /// <summary>Percent-encoded text.</summary>
    Url,

    /// <summary>Parts separated by a semicolon; becomes a list.</summary>
    Semicolons,

    /// <summary>Parts separated by a comma; becomes a list.</summary>
    Commas,
}

/// <summary>A value that becomes a fact.</summary>
public sealed record FactRule
{
    public required ValuePath At { get; init; }

    public required Category Category { get; init; }

    public required string Name { get; init; }

    public bool Identifies { get; init; }

    /// <summary>Only the value's hash is kept.</summary>
    public bool Secret { get; init; }

    /// <summary>A further fact that follows from the value; one of <see cref="Derivations"/>.</summary>
    public string? Derive { get; init; }

    public required string Because { get; init; }
}

/// <summary>Objects that each become an occurrence.</summary>
public sealed record OccurrenceRule
{
    /// <summary>The objects.</summary>
    public required ValuePath Each { get; init; }

    /// <summary>Takes only objects that fit all conditions.</summary>
    public IReadOnlyList<ValueCondition> Where { get => field ?? []; init; }

    public required Category Category { get; init; }

    public required TimeAt Start { get; init; }

    public TimeAt? End { get; init; }

    /// <summary>The length, when there is no end.</summary>
    public ValuePath? Duration { get; init; }

    public DurationUnit DurationUnit { get; init; }

    /// <summary>Canonical field → factor that brings the value's unit to the field's: 0.001 for milliseconds.</summary>
    public IReadOnlyDictionary<string, decimal> Scale { get => field ?? ReadOnlyDictionary<string, decimal>.Empty; init; }

    /// <summary>A fixed subject, such as <c>manual</c>.</summary>
    public string Subject { get => field ?? ""; init; }

    /// <summary>A value of the object that becomes the subject; a placeholder is none.</summary>
    public ValuePath? SubjectAt { get; init; }

    /// <summary>Stands before the value at <see cref="SubjectAt"/>, as in <c>member 77</c>.</summary>
    public string SubjectPrefix { get => field ?? ""; init; }

    /// <summary>Canonical fields where zero and less mean "not measured"; an object with none of its fields is no occurrence then.</summary>
    public IReadOnlyList<string> ZeroIsNone { get => field ?? []; init; }

    /// <summary>Texts that mean "none" in this rule's fields, beside the profile's placeholders.</summary>
    public IReadOnlyList<string> None { get => field ?? []; init; }

    /// <summary>Canonical field name → value of the object.</summary>
    public required IReadOnlyDictionary<string, ValuePath> Fields { get; init; }

    public required string Because { get; init; }
}

/// <summary>Objects that each state one minute.</summary>
public sealed record MinuteRule
{
    public required ValuePath Each { get; init; }

    /// <summary>Takes only objects that fit all conditions.</summary>
    public IReadOnlyList<ValueCondition> Where { get => field ?? []; init; }

    public required Category Category { get; init; }

    public required TimeAt Time { get; init; }

    public required ValuePath Value { get; init; }

    /// <summary>The device that the request names, or null.</summary>
    public ValuePath? Device { get; init; }

    /// <summary>How it combines with other uploads of the day; without it the profile's rule.</summary>
    public MinuteMerging? Merging { get; init; }

    public required string Because { get; init; }
}

/// <summary>Objects that each state totals of one day.</summary>
public sealed record TotalRule
{
    public required ValuePath Each { get; init; }

    public required Category Category { get; init; }

    /// <summary>The day, <c>yyyy-MM-dd</c>.</summary>
    public required ValuePath Date { get; init; }

    /// <summary>The total's name → value of the object.</summary>
    public required IReadOnlyDictionary<string, ValuePath> Values { get; init; }

    public required string Because { get; init; }
}

/// <summary>A time in a body: a stamp (ISO 8601, seconds or milliseconds since 1970 told apart by size) and where its offset stands.</summary>
public sealed record TimeAt
{
    public required ValuePath At { get; init; }

    /// <summary>The date, when <see cref="At"/> is only a clock time.</summary>
    public ValuePath? Date { get; init; }

    /// <summary>Which clock a time without an offset was read from; <see cref="BareClock.Local"/> is the request's.</summary>
    public BareClock Bare { get; init; }

    /// <summary>The offset or zone; without it the one in the stamp, then the request's time zone.</summary>
    public ValuePath? Zone { get; init; }

    public ZoneUnit ZoneUnit { get; init; }
}

/// <summary>How a zone is written.</summary>
public enum ZoneUnit
{
    /// <summary><c>Europe/Berlin</c>.</summary>
    Iana,

    QuarterHours,

    Minutes,

    Seconds,
}

/// <summary>Takes every leaf value as a fact named by its path.</summary>
public sealed record LeavesRule
{
    public required Category Category { get; init; }

    public required string Because { get; init; }
}
