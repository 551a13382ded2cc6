using System.Text;

namespace MiSarTracker.Formats.Captures;

/// <summary>
/// Gives the same string again for bytes that recur (hosts, methods, versions), so that a capture of a million
/// exchanges does not make a million copies of one host name. Bounded; a collision only costs a new string.
/// </summary>
internal sealed class TextCache
{
    private const int Slots = 512;
    private const int LongestKept = 128;

    private readonly string?[] _slots = new string?[Slots];

    public string Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        if (bytes.Length > LongestKept)
            return Wire.Text(bytes);
        ref var slot = ref _slots[Slot(bytes)];
        if (slot is not null && Ascii.Equals(bytes, slot))
            return slot;
        return slot = Wire.Text(bytes);
    }

    private static int Slot(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var value in bytes)
            hash = (hash ^ value) * 16777619u;
        return (int)((hash ^ (hash >> 15)) % Slots);
    }
}
