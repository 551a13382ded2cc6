using System.Globalization;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Captures.Saz;

/// <summary>The entries of one session.</summary>
/// <param name="Client">What the client sent.</param>
/// <param name="Server">What the server sent; empty or missing when the session was aborted.</param>
/// <param name="Metadata">Fiddler's notes.</param>
/// <param name="HasWebSocket">There are messages of a WebSocket behind the upgrade, or of gRPC.</param>
internal sealed record SazSession(EntryPlace? Client, EntryPlace? Server, EntryPlace? Metadata, bool HasWebSocket)
{
    /// <summary>The session with one entry more; false when it has that one already.</summary>
    public bool TryWith(char part, EntryPlace place, out SazSession session)
    {
        session = part switch
        {
            'c' => this with { Client = Client ?? place },
            's' => this with { Server = Server ?? place },
            'm' => this with { Metadata = Metadata ?? place },
            _ => this with { HasWebSocket = true },
        };
        return part is not ('c' or 's' or 'm') || (part == 'c' ? session.Client : part == 's' ? session.Server : session.Metadata) == place;
    }
}

/// <summary>An entry's name taken apart: <c>raw/012_c.txt</c>.</summary>
/// <param name="Number">The session's number.</param>
/// <param name="Part"><c>c</c> client, <c>s</c> server, <c>m</c> metadata, <c>w</c> WebSocket, <c>g</c> gRPC.</param>
internal readonly record struct SazName(long Number, char Part)
{
    public static SazName? Parse(string name)
    {
        if (!name.StartsWith("raw/", StringComparison.OrdinalIgnoreCase))
            return null;
        var file = name.AsSpan(4);
        var underscore = file.IndexOf('_');
        if (underscore is <= 0 or > 15 || !long.TryParse(file[..underscore], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return file[(underscore + 1)..].ToString().ToLowerInvariant() switch
        {
            "c.txt" => new SazName(number, 'c'),
            "s.txt" => new SazName(number, 's'),
            "m.xml" => new SazName(number, 'm'),
            "w.txt" => new SazName(number, 'w'),
            var other => other.StartsWith('g') ? new SazName(number, 'g') : null,
        };
    }
}
