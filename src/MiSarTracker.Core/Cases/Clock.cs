using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// A controller's deadline as it was computed when the receipt (or the extension) was recorded. Plain values: the
/// computation stands elsewhere, the case keeps what was told to the person then, with its derivation.
/// All dates are local dates at the controller's place, the last day included.
/// </summary>
public sealed record Clock
{
    /// <summary>The day on which the request reached the controller; itself not counted.</summary>
    public required LocalDate Received { get; init; }

    /// <summary>ISO 3166 code of the country whose holidays were used.</summary>
    public required string Country { get; init; }

    /// <summary>The counting rule, for example <c>month:1</c> or <c>days:30</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The last day before weekends and holidays are considered.</summary>
    public required LocalDate Nominal { get; init; }

    /// <summary>The last day by law.</summary>
    public required LocalDate Due { get; init; }

    /// <summary>The thirtieth day: the rule of thumb, shown beside the law's date.</summary>
    public required LocalDate ThirtyDays { get; init; }

    /// <summary>The day after which nobody can say that it was too early: the latest reading of the law.</summary>
    public required LocalDate Safe { get; init; }

    /// <summary>The two further months of Art. 12(3) are in it.</summary>
    public bool Extended { get; init; }

    /// <summary>The last day as if the controller had asked nothing; null when it asked nothing that may suspend the clock.</summary>
    public LocalDate? WithoutPause { get; init; }

    /// <summary>The last day if its questions suspended the clock; null without a question, or while one waits for an answer.</summary>
    public LocalDate? WithPause { get; init; }

    /// <summary>Whether the two tell the same days, whatever their words.</summary>
    public bool HasDatesOf(Clock other) => (Received, Country, Rule, Nominal, Due, ThirtyDays, Safe, Extended, WithoutPause, WithPause)
        == (other.Received, other.Country, other.Rule, other.Nominal, other.Due, other.ThirtyDays, other.Safe, other.Extended, other.WithoutPause, other.WithPause);

    /// <summary>How the dates came about, in plain sentences.</summary>
    public required ValueList<string> Derivation { get; init; }
}
