using System.Numerics;
using System.Runtime.CompilerServices;

namespace MiSarTracker.Core.Correlation;

/// <summary>How well two sequences of minutes agree.</summary>
internal static class Agreement
{
    /// <summary>Counts the minutes that both hold, and those of them that differ by no more than the tolerance.</summary>
    /// <param name="mine">Values; negative where there is none.</param>
    /// <param name="theirs">As many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (int Shared, int Matching) Count(ReadOnlySpan<short> mine, ReadOnlySpan<short> theirs, MinuteTolerance tolerance)
    {
        var most = new Vector<short>((short)Math.Min(tolerance.Whole, short.MaxValue));
        var (shared, matching) = (Vector<short>.Zero, Vector<short>.Zero);
        var at = 0;

        // A mask is -1 where it holds; a day's minutes are too few to overflow a lane.
        for (; tolerance.Hundredths == 0 && at + Vector<short>.Count <= mine.Length; at += Vector<short>.Count)
        {
            var (left, right) = (new Vector<short>(mine[at..]), new Vector<short>(theirs[at..]));
            var both = Vector.GreaterThanOrEqual(left, Vector<short>.Zero) & Vector.GreaterThanOrEqual(right, Vector<short>.Zero);
            shared -= both;
            matching -= both & Vector.LessThanOrEqual(Vector.Abs(left - right), most);
        }

        var (sharedCount, matchingCount) = (0, 0);
        for (var lane = 0; lane < Vector<short>.Count; lane++)
        {
            (sharedCount, matchingCount) = (sharedCount + shared[lane], matchingCount + matching[lane]);
        }

        for (; at < mine.Length; at++)
        {
            var isShared = mine[at] >= 0 && theirs[at] >= 0;
            sharedCount += isShared ? 1 : 0;
            matchingCount += isShared && tolerance.Allows(mine[at], theirs[at]) ? 1 : 0;
        }

        return (sharedCount, matchingCount);
    }
}
