using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// One category's values for the 1,440 minutes of one local day, from one source. Dense arrays, because ten years
/// of minutes are five million samples: never an object per sample.
/// </summary>
public sealed class MinuteDay
{
    public const int MinutesPerDay = 1440;

    /// <summary>The value of a minute that carries no sample.</summary>
    public const short None = -1;

    public MinuteDay(Category category, LocalDate date, Offset? offset, Origin origin, short[] values)
    {
        if (values.Length != MinutesPerDay)
        {
            throw new ArgumentException($"A day has {MinutesPerDay} minutes, not {values.Length}.", nameof(values));
        }

        (Category, Date, Offset, Origin, Values) = (category, date, offset, origin, values);
    }

    public Category Category { get; }

    /// <summary>The day on the source's own clock.</summary>
    public LocalDate Date { get; }

    /// <summary>The clock's offset from UTC when the source gave one; null for bare local times.</summary>
    public Offset? Offset { get; }

    /// <summary>The source; for an answer its number is 0 and <see cref="Lines"/> has the line of each minute.</summary>
    public Origin Origin { get; }

    /// <summary>1,440 values; <see cref="None"/> where there is no sample. Units: steps, bpm, raw kind, raw intensity.</summary>
    public short[] Values { get; }

    /// <summary>For an answer: the line of each minute's row (0 = none). Null for an upload.</summary>
    public MinuteLines? Lines { get; init; }

    /// <summary>The device that an upload names, or null.</summary>
    public string? Device { get; init; }

    /// <summary>
    /// Minutes of this day that the upload marked as not yet synced (7E / 254). While there are any, the day's
    /// totals are lower bounds.
    /// </summary>
    public int Unsynced { get; init; }

    /// <summary>When the upload was sent; null when the capture does not say.</summary>
    public Instant? SeenAt { get; init; }

    /// <summary>How many earlier uploads of the same day this one replaced.</summary>
    public int EarlierVersions { get; init; }
}
