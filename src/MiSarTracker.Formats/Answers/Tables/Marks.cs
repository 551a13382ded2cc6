using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>Finds delimiters, quotes and line ends in 64 bytes at once.</summary>
internal readonly struct Marks(byte delimiter)
{
    public const int Width = 64;

    private readonly byte _delimiter = delimiter;

    /// <summary>One bit for each of the 64 bytes from here; set where one of the four stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong In(ref byte at)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var all = Vector512.LoadUnsafe(ref at);
            return (Vector512.Equals(all, Vector512.Create(_delimiter)) | Vector512.Equals(all, Vector512.Create((byte)'"'))
                | Vector512.Equals(all, Vector512.Create((byte)'\n')) | Vector512.Equals(all, Vector512.Create((byte)'\r'))).ExtractMostSignificantBits();
        }

        return Half(ref at) | ((ulong)Half(ref Unsafe.Add(ref at, 32)) << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Half(ref byte at)
    {
        var half = Vector256.LoadUnsafe(ref at);
        return (Vector256.Equals(half, Vector256.Create(_delimiter)) | Vector256.Equals(half, Vector256.Create((byte)'"'))
            | Vector256.Equals(half, Vector256.Create((byte)'\n')) | Vector256.Equals(half, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
    }
}
