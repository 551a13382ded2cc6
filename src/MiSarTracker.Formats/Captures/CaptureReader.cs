using System.IO.Compression;
using System.Text;
using MiSarTracker.Formats.Captures.Har;
using MiSarTracker.Formats.Captures.Mitmproxy;

namespace MiSarTracker.Formats.Captures;

/// <summary>Opens capture files of every kind that can be read, by what is in them and never by their name.</summary>
public static class CaptureReader
{
    /// <summary>Compression within compression is followed this far.</summary>
    private const int MaxWrappings = 3;

    /// <summary>
    /// Finds out what the stream holds and readies it for reading. The stream is read forwards, once, from its current
    /// position, and stays the caller's to close.
    /// </summary>
    /// <exception cref="ImportException">The file is empty, or of a kind that cannot be read; the remedy says how to export one that can.</exception>
    public static ICaptureFile Open(Stream stream, Limits limits) => Open(new ByteWindow(stream) { LargeCapacity = LargeCapacity(limits) }, limits, MaxWrappings);

    private static ICaptureFile Open(ByteWindow window, Limits limits, int wrappings)
    {
        window.Ensure(CaptureSniffer.HeadLength);
        var kind = CaptureSniffer.Kind(window.Span, window.Ended && window.Length < CaptureSniffer.HeadLength);
        switch (kind)
        {
            case CaptureKind.FlowDump:
                return new FlowDump(window, limits);
            case CaptureKind.Har:
                return new HarFile(window, limits);
            case CaptureKind.GZip or CaptureKind.ZLib when wrappings > 0:
                return Inflate(window, kind, limits, wrappings - 1);
            case CaptureKind.Utf16:
                var wide = window.Span[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
                var transcoded = Encoding.CreateTranscodingStream(new WindowStream(window), wide, Encoding.UTF8, leaveOpen: true);
                return Open(new ByteWindow(transcoded) { LargeCapacity = LargeCapacity(limits) }, limits, 0);
            default:
                throw Unreadable.Because(kind);
        }
    }

    private static InflatedCapture Inflate(ByteWindow packed, CaptureKind kind, Limits limits, int wrappings)
    {
        Stream inflater = kind == CaptureKind.GZip
            ? new GZipStream(new WindowStream(packed), CompressionMode.Decompress, leaveOpen: true)
            : new ZLibStream(new WindowStream(packed), CompressionMode.Decompress, leaveOpen: true);
        var inflating = new InflatingStream(inflater, packed, limits);
        try
        {
            return new InflatedCapture(Open(new ByteWindow(inflating) { LargeCapacity = LargeCapacity(limits) }, limits, wrappings), inflating);
        }
        catch (ImportException error) when (inflating.Damage is { } damage)
        {
            inflating.Dispose();
            throw new ImportException("compressed capture", null, damage.At, damage.Reason, error.Remedy, error);
        }
    }

    /// <summary>One body at the limit, as base64, with what stands around it.</summary>
    private static int LargeCapacity(Limits limits) => (int)Math.Min((limits.MaxBodyBytes / 3 * 4) + (16L << 20), 1L << 30);
}
