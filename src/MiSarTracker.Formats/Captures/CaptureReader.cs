using System.IO.Compression;
using System.Text;
using MiSarTracker.Formats.Captures.Charles;
using MiSarTracker.Formats.Captures.Har;
using MiSarTracker.Formats.Captures.Mitmproxy;
using MiSarTracker.Formats.Captures.PcapDroid;
using MiSarTracker.Formats.Captures.Saz;

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
    public static ICaptureFile Open(Stream stream, Limits limits) => Open(stream, limits, []);

    /// <inheritdoc cref="Open(Stream, Limits, IReadOnlyList{string})"/>
    public static ICaptureFile Open(CaptureSource source, Limits limits) => Open(source.Stream, limits, source.Passwords);

    /// <summary>
    /// As above, with passwords that are tried in turn on a protected archive. An archive is read in leaps: from a stream
    /// that can seek, or, up to <see cref="Limits.MaxNestedBytes"/>, from memory; see <see cref="IsArchive"/>.
    /// </summary>
    /// <exception cref="ImportException">Likewise, and when no password opens the archive.</exception>
    public static ICaptureFile Open(Stream stream, Limits limits, IReadOnlyList<string> passwords)
    {
        var start = stream.CanSeek ? stream.Position : -1;
        return Open(new Source(stream, start, passwords, limits), Window(stream, limits), MaxWrappings);
    }

    /// <summary>True when the stream can seek, and begins as an archive does; it is left where it was.</summary>
    public static bool IsArchive(Stream seekable)
    {
        if (!seekable.CanSeek)
            return false;
        var start = seekable.Position;
        Span<byte> head = stackalloc byte[4];
        var length = seekable.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        seekable.Position = start;
        return CaptureSniffer.IsZip(head[..length]);
    }

    private static ByteWindow Window(Stream stream, Limits limits) => new(stream) { LargeCapacity = LargeCapacity(limits) };

    private static ICaptureFile Open(Source source, ByteWindow window, int wrappings)
    {
        var limits = source.Limits;
        window.Ensure(CaptureSniffer.HeadLength);
        var kind = CaptureSniffer.Kind(window.Span, window.Ended && window.Length < CaptureSniffer.HeadLength);
        switch (kind)
        {
            case CaptureKind.FlowDump:
                return new FlowDump(window, limits);
            case CaptureKind.Har:
                return new HarFile(window, limits);
            case CaptureKind.CharlesJson:
                return new CharlesFile(window, limits);
            case CaptureKind.PcapDroidTable:
                return new ConnectionTable(window, limits);
            case CaptureKind.Zip:
                return new SazFile(SazArchive.Open(Seekable(source, window, isWhole: wrappings == MaxWrappings), source.Passwords, limits), limits);
            case CaptureKind.GZip or CaptureKind.ZLib when wrappings > 0:
                return Inflate(source, window, kind, wrappings - 1);
            case CaptureKind.Utf16:
                var wide = window.Span[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
                var transcoded = Encoding.CreateTranscodingStream(new WindowStream(window), wide, Encoding.UTF8, leaveOpen: true);
                return Open(source, Window(transcoded, limits), 0);
            default:
                throw Unreadable.Because(kind);
        }
    }

    /// <summary>The archive as a stream that can seek: the file itself, or its bytes in memory.</summary>
    private static Stream Seekable(Source source, ByteWindow window, bool isWhole)
    {
        if (isWhole && source.Start >= 0)
        {
            // Its offsets count from its beginning.
            source.Stream.Position = source.Start;
            return source.Start == 0 ? source.Stream : new Answers.Zip.WindowStream(source.Stream, source.Start, source.Stream.Length - source.Start);
        }

        while (window.Length <= source.Limits.MaxNestedBytes && window.Fill())
        {
        }

        return window.Length <= source.Limits.MaxNestedBytes
            ? new MemoryStream(window.Span.ToArray(), writable: false)
            : throw new ImportException("ZIP archive", null, null, "the archive is packed once more and too large to be read so", "Unpack it once, and add the archive that comes out.");
    }

    private static InflatedCapture Inflate(Source source, ByteWindow packed, CaptureKind kind, int wrappings)
    {
        var limits = source.Limits;
        Stream inflater = kind == CaptureKind.GZip
            ? new GZipStream(new WindowStream(packed), CompressionMode.Decompress, leaveOpen: true)
            : new ZLibStream(new WindowStream(packed), CompressionMode.Decompress, leaveOpen: true);
        var inflating = new InflatingStream(inflater, packed, limits);
        try
        {
            return new InflatedCapture(Open(source, Window(inflating, limits), wrappings), inflating);
        }
        catch (ImportException error) when (inflating.Damage is { } damage)
        {
            inflating.Dispose();
            throw new ImportException("compressed capture", null, damage.At, damage.Reason, error.Remedy, error);
        }
    }

    /// <summary>One body at the limit, as base64, with what stands around it.</summary>
    private static int LargeCapacity(Limits limits) => (int)Math.Min((limits.MaxBodyBytes / 3 * 4) + (16L << 20), 1L << 30);

    /// <param name="Stream">The file.</param>
    /// <param name="Start">Where in it the capture begins; -1 when it cannot seek.</param>
    private sealed record Source(Stream Stream, long Start, IReadOnlyList<string> Passwords, Limits Limits);
}
