using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// A time as its source stated it: a local date and time, with the offset from UTC when the source gave one.
/// A bare local time (no offset) is not an instant; only the comparison may decide which clock it was read from.
/// </summary>
public readonly record struct Moment(LocalDateTime Local, Offset? Offset)
{
    /// <summary>The instant, or null for a bare local time.</summary>
    public Instant? Instant => Offset is { } offset ? Local.WithOffset(offset).ToInstant() : null;

    public static Moment At(Instant instant, Offset offset) => new(instant.WithOffset(offset).LocalDateTime, offset);

    public static Moment Bare(LocalDateTime local) => new(local, null);
}
