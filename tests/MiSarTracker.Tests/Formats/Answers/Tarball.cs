using System.IO.Compression;
using System.Text;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>Writes tar archives by hand (POSIX ustar), and packs by gzip.</summary>
internal static class Tarball
{
    public static byte[] Of(params (string Name, string Content)[] files)
    {
        using var output = new MemoryStream();
        foreach (var (name, content) in files)
            Write(output, name, Encoding.UTF8.GetBytes(content), '0', null);

        output.Write(new byte[1_024]);
        return output.ToArray();
    }

    /// <param name="said">What the header says of the size; null for the truth.</param>
    public static void Write(Stream output, string name, byte[] content, char kind, long? said)
    {
        var header = new byte[512];
        Encoding.UTF8.GetBytes(name).CopyTo(header, 0);
        Put(header, 100, "0000644\0");
        Put(header, 108, "0000000\0");
        Put(header, 116, "0000000\0");
        Put(header, 124, Convert.ToString(said ?? content.Length, 8).PadLeft(11, '0') + "\0");
        Put(header, 136, "00000000000\0");
        Put(header, 148, "        ");
        header[156] = (byte)kind;
        Put(header, 257, "ustar\0" + "00");
        Put(header, 148, Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ");
        output.Write(header);
        output.Write(content);
        output.Write(new byte[(512 - (content.Length % 512)) % 512]);
    }

    public static byte[] Gzip(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
            gzip.Write(content);

        return output.ToArray();
    }

    private static void Put(byte[] header, int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, at);
}
