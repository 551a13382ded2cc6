using System.Runtime.CompilerServices;

namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>Where the parts of one flow are that evidence needs; everything else is stepped over.</summary>
internal struct FlowParts
{
    public Tnetstring Version;
    public Tnetstring Type;
    public Tnetstring Request;
    public Tnetstring Response;
    public Tnetstring Error;
    public Tnetstring WebSocket;
    public Tnetstring ClientConnection;
    public Tnetstring ServerConnection;
    public Tnetstring CreatedAt;
    public Tnetstring Replayed;
    public Tnetstring Backup;
    public Tnetstring Modified;
    public Tnetstring Intercepted;

    /// <summary>No version has more than 20; the bound keeps hostile files from being walked again and again.</summary>
    private const int MostKeys = 256;

    /// <summary>Walks a flow's payload; false when it is not a sequence of whole key-value pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> flow, out FlowParts parts)
    {
        parts = default;
        var at = 0;
        for (var keys = 0; at < flow.Length; keys++)
        {
            if (keys == MostKeys)
                return false;
            if (!Tnetstring.TryRead(flow, at, out var key) || !key.IsString || !Tnetstring.TryRead(flow, key.End, out var value))
                return false;
            parts.Put(key.In(flow), value);
            at = value.End;
        }

        return true;
    }

    private void Put(ReadOnlySpan<byte> key, Tnetstring value)
    {
        switch (key.Length)
        {
            case 4 when key.SequenceEqual("type"u8):
                Type = value;
                break;
            case 5 when key.SequenceEqual("error"u8):
                Error = value;
                break;
            case 6 when key.SequenceEqual("backup"u8):
                Backup = value;
                break;
            case 7 when key.SequenceEqual("version"u8):
                Version = value;
                break;
            case 7 when key.SequenceEqual("request"u8):
                Request = value;
                break;
            case 8 when key.SequenceEqual("response"u8):
                Response = value;
                break;
            case 8 when key.SequenceEqual("modified"u8):
                Modified = value;
                break;
            case 9 when key.SequenceEqual("websocket"u8):
                WebSocket = value;
                break;
            case 9 when key.SequenceEqual("is_replay"u8):
                Replayed = value;
                break;
            case 11 when key.SequenceEqual("client_conn"u8):
                ClientConnection = value;
                break;
            case 11 when key.SequenceEqual("server_conn"u8):
                ServerConnection = value;
                break;
            case 11 when key.SequenceEqual("intercepted"u8):
                Intercepted = value;
                break;
            case 17 when key.SequenceEqual("timestamp_created"u8):
                CreatedAt = value;
                break;
            default:
                break;
        }
    }
}
