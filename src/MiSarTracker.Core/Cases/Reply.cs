using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>What a controller's message is (product contract: <c>misar response record --kind</c>).</summary>
public enum ReplyKind
{
    Extension,
    Identity,
    Clarification,
    Refusal,
    Fee,
    NotController,
    Acknowledgement,
    Answer,

    /// <summary>A part of what was asked for; the rest is still due.</summary>
    PartialAnswer,
}

/// <summary>A controller's message as the person recorded it.</summary>
public sealed record Reply
{
    public required ReplyKind Kind { get; init; }

    /// <summary>The day on which it reached the person.</summary>
    public required LocalDate Received { get; init; }

    /// <summary>The date that the controller itself named, if any; it never lengthens the clock beyond the law's date.</summary>
    public LocalDate? Until { get; init; }

    /// <summary>The reasons that it gave, in its words or the person's.</summary>
    public string? Reasons { get; init; }

    /// <summary>The exhibit that shows it, for example <c>R-001</c>.</summary>
    public string? Exhibit { get; init; }

    /// <summary>It came after the safe date of the clock that ran then.</summary>
    public bool Late { get; init; }

    /// <summary>What is wrong with it by the law, in plain sentences; empty when nothing is.</summary>
    public ValueList<string> Faults { get; init; }

    /// <summary>False for an extension that came too late or a second time: it moved no clock.</summary>
    public bool MovedClock { get; init; }
}
