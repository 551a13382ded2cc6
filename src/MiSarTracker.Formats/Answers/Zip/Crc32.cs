using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>
/// CRC-32 as ZIP uses it (polynomial 0xEDB88320, reflected). Folds 64 bytes at a time with carry-less multiplication
/// where the processor has it (Intel, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ", 2009),
/// else eight table look-ups for eight bytes.
/// </summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>The CRC of <paramref name="bytes"/> appended to what <paramref name="crc"/> already covers (0 to begin).</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var state = ~crc;
        if (Pclmulqdq.IsSupported && bytes.Length >= 64)
        {
            var whole = bytes.Length & ~15;
            state = Fold(state, bytes[..whole]);
            bytes = bytes[whole..];
        }

        return ~ByTable(state, bytes);
    }

    /// <summary>One step without the inversions at either end: what ZipCrypto's keys are stirred with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Step(uint state, byte value) => Table[(byte)(state ^ value)] ^ (state >> 8);

    /// <summary>The portable way; the fast one must agree with it.</summary>
    internal static uint ByTable(uint state, ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        while (bytes.Length >= 8)
        {
            var low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = table[0x700 + (byte)low] ^ table[0x600 + (byte)(low >> 8)]
                ^ table[0x500 + (byte)(low >> 16)] ^ table[0x400 + (low >> 24)]
                ^ table[0x300 + (byte)high] ^ table[0x200 + (byte)(high >> 8)]
                ^ table[0x100 + (byte)(high >> 16)] ^ table[high >> 24];
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
            state = Step(state, value);

        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Fold(uint state, ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var by4 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);
        var by1 = Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);
        var x0 = blocks[0] ^ Vector128.Create(state, 0, 0, 0).AsUInt64();
        var (x1, x2, x3) = (blocks[1], blocks[2], blocks[3]);
        blocks = blocks[4..];
        while (blocks.Length >= 4)
        {
            x0 = Multiply(x0, by4) ^ blocks[0];
            x1 = Multiply(x1, by4) ^ blocks[1];
            x2 = Multiply(x2, by4) ^ blocks[2];
            x3 = Multiply(x3, by4) ^ blocks[3];
            blocks = blocks[4..];
        }

        x0 = Multiply(x0, by1) ^ x1;
        x0 = Multiply(x0, by1) ^ x2;
        x0 = Multiply(x0, by1) ^ x3;
        foreach (var block in blocks)
            x0 = Multiply(x0, by1) ^ block;

        return Reduce(x0, by1);
    }

    /// <summary>128 bits to 32: two folds, then Barrett's reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Reduce(Vector128<ulong> x, Vector128<ulong> by1)
    {
        var lowHalves = Vector128.Create(uint.MaxValue, 0, uint.MaxValue, 0).AsUInt64();
        x = Sse2.ShiftRightLogical128BitLane(x, 8) ^ Pclmulqdq.CarrylessMultiply(x, by1, 0x10);
        x = Sse2.ShiftRightLogical128BitLane(x, 4)
            ^ Pclmulqdq.CarrylessMultiply(x & lowHalves, Vector128.Create(0x0163cd6124UL, 0UL), 0x00);
        var barrett = Vector128.Create(0x01db710641UL, 0x01f7011641UL);
        var quotient = Pclmulqdq.CarrylessMultiply(x & lowHalves, barrett, 0x10) & lowHalves;
        return (x ^ Pclmulqdq.CarrylessMultiply(quotient, barrett, 0x00)).AsUInt32()[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Multiply(Vector128<ulong> x, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(x, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(x, by, 0x11);

    private static uint[] MakeTable()
    {
        var table = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;

            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
            table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);

        return table;
    }
}
