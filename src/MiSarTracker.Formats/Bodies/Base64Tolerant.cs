using System.Buffers;
using System.Buffers.Text;

namespace MiSarTracker.Formats.Bodies;

/// <summary>
/// Base64 as it arrives after careless tools: a raw <c>+</c> that form decoding turned into a space, line breaks,
/// missing padding, the URL-safe alphabet (formats.md §1.5).
/// </summary>
public static class Base64Tolerant
{
    private static readonly SearchValues<byte> Strange = SearchValues.Create(" -_\r\n\t\\"u8);

    /// <summary>The most bytes that so many characters can hold.</summary>
    public static int MaxLength(int characters) => (int)(((long)characters + 3) / 4 * 3);

    /// <summary>Decodes; null when the text is no base64 even so.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[MaxLength(text.Length)];
        if (!TryDecode(text, bytes, out var written))
            return null;
        return written == bytes.Length ? bytes : bytes[..written];
    }

    /// <summary>Decodes text; null when it is no base64 even so.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var status = System.Text.Ascii.FromUtf16(text, bytes, out var count);
            return status == OperationStatus.Done ? Decode(bytes.AsSpan(0, count)) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Decodes into <paramref name="target"/>, which <see cref="MaxLength"/> bytes always fit; false when the text is no base64.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> target, out int written)
    {
        if (text.Length % 4 == 0 && text.IndexOfAny(Strange) < 0)
            return Base64.DecodeFromUtf8(text, target, out _, out written) == OperationStatus.Done;
        var room = ArrayPool<byte>.Shared.Rent(text.Length + 3);
        try
        {
            var clean = room.AsSpan(0, Clean(text, room));
            return Base64.DecodeFromUtf8(clean, target, out _, out written) == OperationStatus.Done;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>Decodes over the text itself, which is longer than what it holds; false, and the text unchanged, when it is no base64.</summary>
    public static bool TryDecodeInPlace(Span<byte> text, out int written)
    {
        if (text.Length % 4 != 0 || text.IndexOfAny(Strange) >= 0)
        {
            var bytes = Decode(text);
            bytes?.CopyTo(text);
            written = bytes?.Length ?? 0;
            return bytes is not null;
        }

        written = 0;
        return Base64.IsValid(text) && Base64.DecodeFromUtf8InPlace(text, out written) == OperationStatus.Done;
    }

    /// <summary>The same text in the standard alphabet with its padding; returns its length.</summary>
    private static int Clean(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var length = Map(text, target);
        if (length % 4 == 1)
        {
            // A lost "+" at the end is possible, but not when it leaves a remainder that no encoder writes.
            length = Map(text.Trim((byte)' '), target);
        }

        while (length % 4 != 0 && length % 4 != 1)
            target[length++] = (byte)'=';
        return length;
    }

    private static int Map(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var length = 0;
        foreach (var character in text)
        {
            switch (character)
            {
                case (byte)'\r' or (byte)'\n' or (byte)'\t' or (byte)'\\':
                    break;
                case (byte)' ' or (byte)'-':
                    target[length++] = (byte)'+';
                    break;
                case (byte)'_':
                    target[length++] = (byte)'/';
                    break;
                default:
                    target[length++] = character;
                    break;
            }
        }

        return length;
    }
}
