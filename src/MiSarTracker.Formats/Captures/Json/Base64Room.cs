using System.Buffers;
using System.Buffers.Text;
using MiSarTracker.Formats.Bodies;

namespace MiSarTracker.Formats.Captures.Json;

/// <summary>
/// Decodes bodies that a HAR holds as base64. Beside the text where there is room, because .NET decodes several times
/// faster so than in place; in place where the text is large, so that memory stays bounded.
/// </summary>
internal sealed class Base64Room
{
    private const int LargestBeside = 4 << 20;

    private byte[] _bytes = [];

    /// <summary>The bytes; what claims to be base64 and is not is given back as it is, for a person to look at.</summary>
    public Memory<byte> Decode(Memory<byte> text)
    {
        if (text.Length <= LargestBeside)
        {
            if (_bytes.Length < text.Length)
                _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(1 << 20, text.Length));
            // Spaces are skipped here; a lost plus sign cannot be, for no form was decoded on the way.
            if (Base64.DecodeFromUtf8(text.Span, _bytes, out _, out var length) == OperationStatus.Done)
                return _bytes.AsMemory(0, length);
        }

        return Base64Tolerant.TryDecodeInPlace(text.Span, out var written) ? text[..written] : text;
    }
}
