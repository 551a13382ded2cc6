using System.Globalization;
using System.Text;
using MiSarTracker.Pdf.Fonts;

namespace MiSarTracker.Pdf.Writing;

/// <summary>A growing run of bytes in PDF syntax. Every string from outside goes through <see cref="Text"/> or <see cref="Ascii"/>.</summary>
/// <param name="room">Bytes for which there is room before it has to grow.</param>
internal sealed class ByteWriter(int room = 256)
{
    // PDF/A allows strings of 32,767 bytes.
    private const int LongestText = 16_000;

    private byte[] _bytes = new byte[room];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Begins anew in the same memory: only when nobody holds what was written.</summary>
    public ByteWriter Restart()
    {
        Length = 0;
        return this;
    }

    /// <summary>PDF syntax of our own; characters below U+0080 only.</summary>
    public ByteWriter Raw(string syntax)
    {
        var bytes = Room(syntax.Length);
        for (int i = 0; i < syntax.Length; i++)
            bytes[i] = (byte)syntax[i];
        Length += syntax.Length;
        return this;
    }

    public ByteWriter Raw(ReadOnlySpan<byte> syntax)
    {
        syntax.CopyTo(Room(syntax.Length));
        Length += syntax.Length;
        return this;
    }

    public ByteWriter Number(int value)
    {
        value.TryFormat(Room(11), out int count, provider: CultureInfo.InvariantCulture);
        Length += count;
        return this;
    }

    /// <summary>At most two decimals: 1/7200 inch.</summary>
    public ByteWriter Number(double value) => Number(value, 2);

    /// <summary>Rounded to the given number of decimals (at most 4), without trailing zeros.</summary>
    public ByteWriter Number(double value, int decimals)
    {
        int scale = 1;
        for (int i = 0; i < decimals; i++)
            scale *= 10;
        long scaled = (long)Math.Round(value * scale, MidpointRounding.AwayFromZero);
        if (scaled < 0)
            Raw("-"u8);
        scaled = Math.Abs(scaled);
        Number((int)(scaled / scale));
        int rest = (int)(scaled % scale);
        if (rest == 0)
            return this;
        Raw("."u8);
        for (scale /= 10; rest > 0; scale /= 10)
        {
            Raw([(byte)('0' + rest / scale)]);
            rest %= scale;
        }
        return this;
    }

    /// <summary>Several numbers, each followed by a space.</summary>
    public ByteWriter Numbers(params ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            Number(value).Raw(" "u8);
        return this;
    }

    /// <summary>"12 0 R".</summary>
    public ByteWriter Reference(int id) => Number(id).Raw(" 0 R"u8);

    public ByteWriter Hex16(int value)
    {
        var digits = Room(4);
        for (int i = 0; i < 4; i++)
            digits[i] = "0123456789ABCDEF"u8[value >> (12 - 4 * i) & 15];
        Length += 4;
        return this;
    }

    /// <summary>A text string in UTF-16, written in hexadecimal: nothing in it can end the string. Hidden characters become visible.</summary>
    public ByteWriter Text(string text)
    {
        string plain = SafeText.Plain(text);
        return RawText(plain.Length <= LongestText ? plain : plain[..(LongestText - 1)] + "…");
    }

    /// <summary>The same, with the characters as they are (only for what stands for drawn glyphs).</summary>
    public ByteWriter RawText(string text)
    {
        Raw("<FEFF"u8);
        foreach (char unit in text)
            Hex16(unit);
        return Raw(">"u8);
    }

    /// <summary>A byte string of printable ASCII in parentheses; anything else in it is a fault of the caller.</summary>
    public ByteWriter Ascii(string text)
    {
        Raw("("u8);
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
                throw new ArgumentException("Only printable ASCII can stand here.", nameof(text));
            if (c is '(' or ')' or '\\')
                Raw("\\"u8);
            Raw([(byte)c]);
        }
        return Raw(")"u8);
    }

    /// <summary>A name with its slash; bytes outside letters, digits and a few signs are escaped.</summary>
    public ByteWriter Name(string name)
    {
        Raw("/"u8);
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'+' or (byte)'_')
                Raw([b]);
            else
                Raw("#"u8).Raw(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return this;
    }

    /// <summary>"D:20261122100000Z", in UTC.</summary>
    public ByteWriter Date(DateTimeOffset moment) =>
        Ascii(moment.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture));

    private Span<byte> Room(int count)
    {
        if (Length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        return _bytes.AsSpan(Length, count);
    }
}
