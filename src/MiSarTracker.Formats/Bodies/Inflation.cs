using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace MiSarTracker.Formats.Bodies;

/// <summary>Undoes one layer of Content-Encoding into a buffer.</summary>
internal static class Inflation
{
    /// <summary>RFC 9659 allows 8 MiB for HTTP; a frame that wants much more only wants our memory.</summary>
    private const int ZstdWindowLog = 25;

    public static (DecodeOutcome Outcome, string? Reason) Undo(string encoding, ReadOnlyMemory<byte> input, OutputBuffer output)
    {
        switch (encoding)
        {
            case "gzip" or "x-gzip":
                return Drain(encoding, new GZipStream(AsStream(input), CompressionMode.Decompress), output);
            case "deflate":
                return Deflate(input, output);
            case "br":
                return Brotli(input.Span, output);
            case "zstd":
                var frames = new DecompressionStream(AsStream(input), bufferSize: 0, checkEndOfStream: true, leaveOpen: false);
                frames.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, ZstdWindowLog);
                return Drain(encoding, frames, output);
            default:
                return (DecodeOutcome.Unsupported, $"the Content-Encoding {Quoted(encoding)} is not known");
        }
    }

    /// <summary>
    /// True when the bytes begin with a header of zlib, by its method and its checksum. One that wants a preset dictionary
    /// is none here: HTTP has none, and .NET throws something else than for other damage.
    /// </summary>
    public static bool LooksLikeZLib(ReadOnlySpan<byte> head) =>
        head.Length >= 2 && (head[0] & 0x0F) == 8 && (head[1] & 0x20) == 0 && ((head[0] << 8) | head[1]) % 31 == 0;

    /// <summary>The standard says zlib, many clients send bare deflate; the header's checksum tells which to try first.</summary>
    private static (DecodeOutcome Outcome, string? Reason) Deflate(ReadOnlyMemory<byte> input, OutputBuffer output)
    {
        if (LooksLikeZLib(input.Span))
        {
            var wrapped = Drain("deflate", new ZLibStream(AsStream(input), CompressionMode.Decompress), output);
            if (wrapped.Outcome != DecodeOutcome.Damaged)
                return wrapped;
            output.Clear();
        }

        return Drain("deflate", new DeflateStream(AsStream(input), CompressionMode.Decompress), output);
    }

    private static (DecodeOutcome Outcome, string? Reason) Drain(string encoding, Stream stream, OutputBuffer output)
    {
        using (stream)
        {
            try
            {
                int got;
                while ((got = stream.Read(output.Room())) > 0)
                {
                    output.Advance(got);
                    if (output.IsOver)
                        return (DecodeOutcome.TooLarge, $"the content that {encoding} holds is larger than the limit");
                }

                // .NET's inflaters take an empty input for an empty content.
                return (DecodeOutcome.Decoded, null);
            }
            catch (Exception error) when (error is InvalidDataException or ZstdException or EndOfStreamException)
            {
                return (DecodeOutcome.Damaged, $"the bytes are no whole {encoding} data: {error.Message}");
            }
        }
    }

    private static (DecodeOutcome Outcome, string? Reason) Brotli(ReadOnlySpan<byte> input, OutputBuffer output)
    {
        using var decoder = default(BrotliDecoder);
        while (true)
        {
            var status = decoder.Decompress(input, output.Room(), out var consumed, out var written);
            input = input[consumed..];
            output.Advance(written);
            if (output.IsOver)
                return (DecodeOutcome.TooLarge, "the content that br holds is larger than the limit");
            switch (status)
            {
                case OperationStatus.Done:
                    return (DecodeOutcome.Decoded, null);
                case OperationStatus.DestinationTooSmall:
                    continue;
                default:
                    return (DecodeOutcome.Damaged, "the bytes are no whole br data");
            }
        }
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> input) =>
        MemoryMarshal.TryGetArray(input, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(input.ToArray(), writable: false);

    private static string Quoted(string encoding) => $"\"{(encoding.Length > 40 ? encoding[..40] + "…" : encoding)}\"";
}
