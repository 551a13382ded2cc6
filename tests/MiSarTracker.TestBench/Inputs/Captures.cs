using MiSarTracker.Tests.Formats.Captures;

namespace MiSarTracker.TestBench.Inputs;

/// <summary>A capture that was made.</summary>
/// <param name="Exchanges">HTTP exchanges in it.</param>
/// <param name="Uploads">Of them, uploads of band data.</param>
public sealed record MadeCapture(string Path, long Bytes, long Exchanges, long Uploads);

/// <summary>Writes captures of any size, one flow after the other.</summary>
public static class Captures
{
    /// <summary>The newest version that Debian's mitmproxy reads.</summary>
    public static FlowDumpVersion DumpVersion { get; } = new("17");

    /// <summary>A flow dump in the form of mitmproxy 7 and 8.</summary>
    /// <param name="path">Written anew.</param>
    /// <param name="bytes">It ends with the first flow behind this size.</param>
    /// <param name="mix">Where the flows come from.</param>
    public static MadeCapture WriteDump(string path, long bytes, TrafficMix mix)
    {
        using var file = Create(path);
        var writer = new FlowDumpWriter(file, DumpVersion);
        return Fill(path, file, bytes, mix, writer.Write);
    }

    /// <summary>A HAR of the same flows, as mitmproxy's own add-on writes it.</summary>
    public static MadeCapture WriteHar(string path, long bytes, TrafficMix mix)
    {
        using var file = Create(path);
        using var writer = new HarWriter(file);
        var made = Fill(path, file, bytes, mix, writer.Write);
        writer.End();
        return made with { Bytes = file.Length };
    }

    private static FileStream Create(string path) => new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 20);

    private static MadeCapture Fill(string path, FileStream file, long bytes, TrafficMix mix, Action<RecordedFlow> write)
    {
        var (exchanges, before) = (0L, mix.Uploads);
        while (file.Position < bytes)
        {
            foreach (var flow in mix.Sync())
            {
                write(flow);
                exchanges++;
            }
        }

        return new MadeCapture(path, file.Position, exchanges, mix.Uploads - before);
    }
}
