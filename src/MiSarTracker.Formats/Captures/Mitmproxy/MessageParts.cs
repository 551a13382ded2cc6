using System.Runtime.CompilerServices;

namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>Where the parts of a request or a response are, under the names of every version since 0.11.</summary>
internal struct MessageParts
{
    public Tnetstring Method;
    public Tnetstring Scheme;
    public Tnetstring Host;
    public Tnetstring Port;
    public Tnetstring Path;
    public Tnetstring Authority;
    public Tnetstring HttpVersion;
    public Tnetstring Headers;
    public Tnetstring Content;
    public Tnetstring StartedAt;
    public Tnetstring EndedAt;
    public Tnetstring Status;
    public Tnetstring Replayed;

    /// <summary>Walks a message's payload; false when it is not a sequence of whole key-value pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageParts parts)
    {
        parts = default;
        var at = 0;
        while (at < message.Length)
        {
            if (!Tnetstring.TryRead(message, at, out var key) || !key.IsString || !Tnetstring.TryRead(message, key.End, out var value))
                return false;
            parts.Put(key.In(message), value);
            at = value.End;
        }

        return true;
    }

    private void Put(ReadOnlySpan<byte> key, Tnetstring value)
    {
        switch (key.Length)
        {
            case 4:
                PutShort(key, value);
                break;
            case 6 when key.SequenceEqual("method"u8):
                Method = value;
                break;
            case 6 when key.SequenceEqual("scheme"u8):
                Scheme = value;
                break;
            case 7 when key.SequenceEqual("headers"u8):
                Headers = value;
                break;
            case 7 when key.SequenceEqual("content"u8):
                Content = value;
                break;
            case 9 when key.SequenceEqual("authority"u8):
                Authority = value;
                break;
            case 9 when key.SequenceEqual("is_replay"u8):
                Replayed = value;
                break;
            case 11 when key.SequenceEqual("status_code"u8):
                Status = value;
                break;
            case 11 when key.SequenceEqual("httpversion"u8):
            case 12 when key.SequenceEqual("http_version"u8):
                HttpVersion = value;
                break;
            case 13 when key.SequenceEqual("timestamp_end"u8):
                EndedAt = value;
                break;
            case 15 when key.SequenceEqual("timestamp_start"u8):
                StartedAt = value;
                break;
            default:
                break;
        }
    }

    private void PutShort(ReadOnlySpan<byte> key, Tnetstring value)
    {
        if (key.SequenceEqual("host"u8))
            Host = value;
        else if (key.SequenceEqual("port"u8))
            Port = value;
        else if (key.SequenceEqual("path"u8))
            Path = value;
        else if (key.SequenceEqual("body"u8))
            Content = value;
        else if (key.SequenceEqual("code"u8))
            Status = value;
    }
}
