using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>
/// One element of mitmproxy's typed netstrings, <c>&lt;length&gt;:&lt;payload&gt;&lt;tag&gt;</c> (formats.md §3.2), as a place in
/// a span. Values are read leniently: a number may be written as text, a name with either string tag.
/// </summary>
/// <param name="Tag">The type tag; 0 when there is no element.</param>
/// <param name="Start">Where the payload begins.</param>
/// <param name="Length">The payload's length.</param>
internal readonly record struct Tnetstring(byte Tag, int Start, int Length)
{
    public const byte Bytes = (byte)',';
    public const byte Text = (byte)';';
    public const byte Integer = (byte)'#';
    public const byte Float = (byte)'^';
    public const byte Bool = (byte)'!';
    public const byte Null = (byte)'~';
    public const byte List = (byte)']';
    public const byte Dict = (byte)'}';

    /// <summary>mitmproxy refuses longer length prefixes.</summary>
    public const int MaxDigits = 12;

    /// <summary>Where the next element begins.</summary>
    public int End => Start + Length + 1;

    public bool IsMissing => Tag is 0 or Null;

    public bool IsString => Tag is Bytes or Text;

    /// <summary>Reads the element at <paramref name="at"/>; false when there is no whole element with a known tag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> data, int at, out Tnetstring element)
    {
        long length = 0;
        var i = at;
        var stop = Math.Min(data.Length, at + MaxDigits + 1);
        while (i < stop && (uint)(data[i] - '0') <= 9)
        {
            length = (length * 10) + (data[i] - '0');
            i++;
        }

        element = default;
        if (i == at || i >= stop || data[i] != ':' || length >= data.Length - i - 1)
            return false;
        var tag = data[i + 1 + (int)length];
        element = new Tnetstring(tag, i + 1, (int)length);
        return tag is Bytes or Text or Integer or Float or Bool or Null or List or Dict;
    }

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> data) => data.Slice(Start, Length);

    /// <summary>The number in it, whether written as integer, float or text; null when there is none.</summary>
    public double? NumberIn(ReadOnlySpan<byte> data)
    {
        if (Tag is not (Integer or Float or Bytes or Text))
            return null;
        return Utf8Parser.TryParse(In(data), out double number, out var used) && used == Length && double.IsFinite(number) ? number : null;
    }

    public int? IntegerIn(ReadOnlySpan<byte> data) =>
        NumberIn(data) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>True for <c>true</c>, a number other than 0, a non-empty text or structure: what Python takes for true.</summary>
    public bool IsTruthyIn(ReadOnlySpan<byte> data) => Tag switch
    {
        Bool => In(data).SequenceEqual("true"u8),
        Integer or Float => NumberIn(data) is not (null or 0),
        Bytes or Text or List or Dict => Length > 0,
        _ => false,
    };

    /// <summary>The text in a string element; bytes that are no UTF-8 are read as Latin-1. Null for other elements.</summary>
    public string? TextIn(ReadOnlySpan<byte> data) => IsString ? Wire.Text(In(data)) : null;
}
