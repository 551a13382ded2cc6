using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiSarTracker.Core.Findings;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// A day's minutes many at a time. Translated for the processor at hand at once: code that knows no processor is not translated ahead of
/// time, and would run unoptimised until the run is over.
/// </summary>
internal static class Minutes
{
    /// <summary>Notes that minutes were looked at.</summary>
    /// <param name="values">Negative where there is none.</param>
    /// <param name="used">True where a value was looked at; changed.</param>
    /// <param name="fresh">Gets true where a value was looked at for the first time.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Use(ReadOnlySpan<short> values, Span<bool> used, Span<bool> fresh)
    {
        var usedBytes = MemoryMarshal.AsBytes(used);
        var freshBytes = MemoryMarshal.AsBytes(fresh);
        var at = 0;
        for (; at + Vector<byte>.Count <= values.Length; at += Vector<byte>.Count)
        {
            var holds = Holding(values[at..]) & Vector<byte>.One;
            var before = new Vector<byte>(usedBytes[at..]);
            Vector.AndNot(holds, before).CopyTo(freshBytes[at..]);
            (holds | before).CopyTo(usedBytes[at..]);
        }

        for (; at < values.Length; at++)
        {
            fresh[at] = values[at] >= 0 && !used[at];
            used[at] |= values[at] >= 0;
        }
    }

    /// <summary>Whether there is a value that was not looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AnyUnused(ReadOnlySpan<short> values, ReadOnlySpan<bool> used)
    {
        var usedBytes = MemoryMarshal.AsBytes(used);
        var at = 0;
        for (; at + Vector<byte>.Count <= values.Length; at += Vector<byte>.Count)
        {
            if (Vector.GreaterThanAny(Vector.AndNot(Holding(values[at..]) & Vector<byte>.One, new Vector<byte>(usedBytes[at..])), Vector<byte>.Zero))
            {
                return true;
            }
        }

        for (; at < values.Length; at++)
        {
            if (values[at] >= 0 && !used[at])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Marks as matched what agrees, as far as nothing else happens: up to the first block with a minute that does not agree, or that only
    /// the answer has.
    /// </summary>
    /// <param name="mine">Uploaded values; negative where there is none.</param>
    /// <param name="theirs">As many disclosed ones.</param>
    /// <param name="fresh">Where the answer has a value that nobody looked at before.</param>
    /// <param name="most">How far values may differ and still agree.</param>
    /// <param name="states">Changed where both agree.</param>
    /// <returns>How many minutes were dealt with.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Match(ReadOnlySpan<short> mine, ReadOnlySpan<short> theirs, ReadOnlySpan<bool> fresh, short most, Span<MinuteState> states)
    {
        var freshBytes = MemoryMarshal.AsBytes(fresh);
        var stateBytes = MemoryMarshal.AsBytes(states);
        var (within, matched) = (new Vector<short>(most), new Vector<byte>((byte)MinuteState.Matched));
        var at = 0;
        for (; at + Vector<byte>.Count <= mine.Length; at += Vector<byte>.Count)
        {
            var behind = at + Vector<short>.Count;
            var agree = Narrow(Agreeing(mine[at..], theirs[at..], within), Agreeing(mine[behind..], theirs[behind..], within));
            var holds = Holding(mine[at..]);
            var other = Vector.AndNot(holds, agree) | Vector.AndNot(Vector.GreaterThan(new Vector<byte>(freshBytes[at..]), Vector<byte>.Zero), holds);
            if (other != Vector<byte>.Zero)
            {
                break;
            }

            Vector.ConditionalSelect(agree, matched, new Vector<byte>(stateBytes[at..])).CopyTo(stateBytes[at..]);
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<short> Agreeing(ReadOnlySpan<short> mine, ReadOnlySpan<short> theirs, Vector<short> within)
    {
        var (left, right) = (new Vector<short>(mine), new Vector<short>(theirs));
        return Vector.GreaterThanOrEqual(left, Vector<short>.Zero) & Vector.GreaterThanOrEqual(right, Vector<short>.Zero)
            & Vector.LessThanOrEqual(Vector.Abs(left - right), within);
    }

    /// <summary>All bits set where there is a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<byte> Holding(ReadOnlySpan<short> values) => Narrow(
        Vector.GreaterThanOrEqual(new Vector<short>(values), Vector<short>.Zero),
        Vector.GreaterThanOrEqual(new Vector<short>(values[Vector<short>.Count..]), Vector<short>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<byte> Narrow(Vector<short> low, Vector<short> high) => Vector.Narrow(low, high).As<sbyte, byte>();
}
