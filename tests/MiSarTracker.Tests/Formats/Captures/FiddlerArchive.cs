using System.IO.Compression;
using System.Text;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>Writes archives as Fiddler does.</summary>
internal sealed class FiddlerArchive
{
    private readonly List<(string Name, byte[] Content)> _entries = [("[Content_Types].xml", "<Types/>"u8.ToArray()), ("_index.htm", "<html/>"u8.ToArray())];

    public IReadOnlyList<(string Name, byte[] Content)> Entries => _entries;

    public static string Metadata(string bits = "59", string begin = "2024-03-31T20:10:08.1985333+00:00", string flags = "") => $"""
        <?xml version="1.0" encoding="utf-8"?><Session SID="2" BitFlags="{bits}"><SessionTimers ClientConnected="2024-03-31T20:10:07+00:00" ClientBeginRequest="{begin}" GotRequestHeaders="0001-01-01T00:00:00" ClientDoneResponse="2024-03-31T20:10:09.5+00:00" /><PipeInfo /><SessionFlags><SessionFlag N="x-hostip" V="203.0.113.9" />{flags}</SessionFlags></Session>
        """;

    public FiddlerArchive Add(int number, string client, string server = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"code\":1}", string? metadata = null) =>
        Add(number, Encoding.Latin1.GetBytes(client), Encoding.Latin1.GetBytes(server), metadata ?? Metadata());

    public FiddlerArchive Add(int number, byte[] client, byte[] server, string metadata)
    {
        With($"raw/{number:D2}_c.txt", client);
        With($"raw/{number:D2}_s.txt", server);
        return With($"raw/{number:D2}_m.xml", Encoding.UTF8.GetBytes(metadata));
    }

    public FiddlerArchive With(string name, byte[] content)
    {
        _entries.Add((name, content));
        return this;
    }

    public byte[] Bytes()
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in _entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }
}
