using NodaTime;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>One day of a made-up wearer: what the band would have recorded, on the wearer's local clock.</summary>
public sealed class SyntheticDay(LocalDate date, Offset offset)
{
    public LocalDate Date { get; } = date;

    public Offset Offset { get; } = offset;

    public byte[] Kind { get; } = new byte[1440];

    public byte[] Intensity { get; } = new byte[1440];

    public byte[] Steps { get; } = new byte[1440];

    /// <summary>1-253 bpm; 255 where nothing was measured.</summary>
    public byte[] Heart { get; } = new byte[1440];

    /// <summary>The night that ended on this day.</summary>
    public Instant SleepStart { get; set; }

    public Instant SleepEnd { get; set; }

    public int Deep { get; set; }

    public int Light { get; set; }

    public int Awake { get; set; }

    public int TotalSteps => Steps.Sum(steps => steps);

    public int Distance => TotalSteps * 72 / 100;

    public int Calories => TotalSteps / 28;
}
