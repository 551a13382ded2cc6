using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>One day of one device while it is decoded; used again for the next one.</summary>
internal sealed class MinuteArrays
{
    public short[] Steps { get; } = new short[MinuteDay.MinutesPerDay];

    public short[] Kind { get; } = new short[MinuteDay.MinutesPerDay];

    public short[] Intensity { get; } = new short[MinuteDay.MinutesPerDay];

    /// <summary>Heart rates of records that carry one.</summary>
    public short[] HeartRate { get; } = new short[MinuteDay.MinutesPerDay];

    /// <summary>Minutes that a record stands for, whatever it says.</summary>
    public int Covered { get; private set; }

    /// <summary>Minutes marked as not yet synced.</summary>
    public int Unsynced { get; private set; }

    public bool HasHeartRate { get; private set; }

    /// <summary>True for records of eight bytes, whose kinds have further meanings.</summary>
    public bool IsWide { get; private set; }

    /// <summary>True when at least one minute says something.</summary>
    public bool SaysSomething => Covered > Unsynced;

    public void Clear()
    {
        Array.Fill(Steps, MinuteDay.None);
        Array.Fill(Kind, MinuteDay.None);
        Array.Fill(Intensity, MinuteDay.None);
        Array.Fill(HeartRate, MinuteDay.None);
        (Covered, Unsynced, HasHeartRate, IsWide) = (0, 0, false, false);
    }

    /// <summary>
    /// Reads records of 3, 4 or 8 bytes: kind, intensity, steps, then (4 and 8) the heart rate. <c>7E 00 00</c> is a
    /// minute that is not synced yet, <c>FF FF FF</c> an invalid sample; both leave the minute empty.
    /// </summary>
    /// <param name="start">The minute of the first record.</param>
    /// <returns>Records that lie beyond the day and were left out.</returns>
    public int Read(ReadOnlySpan<byte> records, int size, int start)
    {
        HasHeartRate |= size >= 4;
        IsWide |= size == 8;
        var count = records.Length / size;
        var inDay = Math.Clamp(MinuteDay.MinutesPerDay - start, 0, count);
        for (var i = 0; i < inDay; i++)
        {
            var record = records.Slice(i * size, size);
            Set(start + i, record[0], record[1], record[2]);
            if (size >= 4 && record[3] is >= 1 and <= 253)
            {
                HeartRate[start + i] = record[3];
            }
        }

        Covered += inDay;
        return count - inDay;
    }

    /// <summary>The steps of a stretch of minutes; minutes that say nothing count none.</summary>
    public long StepsBetween(int first, int last)
    {
        long sum = 0;
        for (var minute = Math.Max(0, first); minute <= Math.Min(last, MinuteDay.MinutesPerDay - 1); minute++)
        {
            sum += Math.Max(Steps[minute], (short)0);
        }

        return sum;
    }

    private void Set(int minute, byte kind, byte intensity, byte steps)
    {
        if (kind == 0x7E && intensity == 0 && steps == 0)
        {
            Unsynced++;
            return;
        }

        if (kind == 0xFF && intensity == 0xFF && steps == 0xFF)
        {
            return;
        }

        Kind[minute] = kind;
        Intensity[minute] = intensity;
        if (steps > 0)
        {
            Steps[minute] = steps;
        }
    }
}
