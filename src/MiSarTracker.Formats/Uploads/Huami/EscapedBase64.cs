using System.Buffers;
using System.Text.Json;
using MiSarTracker.Formats.Bodies;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>Decodes base64 in a JSON text without making a string of it.</summary>
internal static class EscapedBase64
{
    /// <summary>The bytes, or an empty span and false when the value is no text or no base64.</summary>
    /// <param name="room">A buffer that is grown and used again.</param>
    public static bool TryDecode(JsonElement value, ref byte[] room, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var escaped = value.Escaped();
        if (room.Length < Base64Tolerant.MaxLength(escaped.Length))
        {
            room = new byte[Base64Tolerant.MaxLength(escaped.Length)];
        }

        // "\/" is what Android writes for a slash; the decoder overlooks the backslash. Any other escape is undone first.
        if (escaped.IndexOf("\\u"u8) < 0 && escaped.IndexOf("\\n"u8) < 0 && escaped.IndexOf("\\r"u8) < 0 && escaped.IndexOf("\\t"u8) < 0)
        {
            return Decode(escaped, room, out bytes);
        }

        var plain = ArrayPool<byte>.Shared.Rent(escaped.Length);
        try
        {
            var text = System.Text.Encoding.UTF8.GetBytes(value.GetString()!, plain);
            return Decode(plain.AsSpan(0, text), room, out bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    private static bool Decode(ReadOnlySpan<byte> text, byte[] room, out ReadOnlySpan<byte> bytes)
    {
        var isBase64 = Base64Tolerant.TryDecode(text, room, out var written);
        bytes = isBase64 ? room.AsSpan(0, written) : default;
        return isBase64;
    }
}
