using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>The numbers stand in the database; hence they are fixed.</summary>
public enum ReminderState
{
    Pending = 0,
    Fired = 1,
    Cancelled = 2,
}

/// <summary>A notice to the person that is due at a moment.</summary>
public sealed record Reminder
{
    /// <summary><c>N-001</c>, counted per case.</summary>
    public required string Number { get; init; }

    /// <summary>What it says, for example <c>thirty-days</c>, <c>due-soon</c>, <c>overdue</c>.</summary>
    public required string Kind { get; init; }

    public required string Controller { get; init; }

    public required Instant Due { get; init; }

    public ReminderState State { get; init; }

    public Instant? FiredAt { get; init; }

    /// <summary>The mail that carried it, if one was queued.</summary>
    public OutgoingMail? Mail { get; init; }

    /// <summary>What became of that mail; null without one.</summary>
    public SendState? MailState { get; init; }

    public string? ServerReply { get; init; }
}

/// <summary>A reminder as planned: what and when.</summary>
public sealed record PlannedReminder(string Kind, Instant Due);
