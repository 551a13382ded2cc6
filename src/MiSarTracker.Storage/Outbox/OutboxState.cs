namespace MiSarTracker.Storage;

/// <summary>Where a mail stands in the outbox. The numbers stand in the database.</summary>
public enum OutboxState
{
    Planned = 0,

    /// <summary>An instance took it for the time of a lease; nothing went out yet.</summary>
    Claimed = 1,

    /// <summary>Its bytes may be on the wire.</summary>
    Handed = 2,

    Accepted = 3,

    Refused = 4,

    Unknown = 5,
}
