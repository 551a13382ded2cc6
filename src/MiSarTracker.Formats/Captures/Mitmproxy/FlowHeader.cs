namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>The length prefix that a flow begins with.</summary>
/// <param name="Length">How many bytes the prefix has, colon included.</param>
/// <param name="Payload">How many bytes follow it before the tag.</param>
internal readonly record struct FlowHeader(int Length, long Payload)
{
    /// <summary>As many bytes as show whether a flow begins here: prefix, first key's prefix, first key and tag.</summary>
    public const int Sight = Tnetstring.MaxDigits + 1 + 3 + 18;

    /// <summary>The bytes of the whole flow, prefix and tag included.</summary>
    public long Whole => Length + Payload + 1;

    public static FlowHeader? Read(ReadOnlySpan<byte> data)
    {
        long payload = 0;
        var i = 0;
        while (i < data.Length && i <= Tnetstring.MaxDigits && (uint)(data[i] - '0') <= 9)
        {
            payload = (payload * 10) + (data[i] - '0');
            i++;
        }

        return i is > 0 and <= Tnetstring.MaxDigits && i < data.Length && data[i] == ':' ? new FlowHeader(i + 1, payload) : null;
    }

    /// <summary>True when a dictionary seems to begin here whose first key is one that flows have.</summary>
    public static bool IsPlausible(ReadOnlySpan<byte> data)
    {
        if (Read(data) is not { } header || header.Payload < 8)
            return false;
        var inside = data[header.Length..];
        if (Read(inside) is not { Length: <= 3, Payload: <= 17 } key || inside.Length < key.Whole)
            return false;
        var tag = inside[(int)key.Whole - 1];
        return tag is Tnetstring.Text or Tnetstring.Bytes && IsFlowKey(inside.Slice(key.Length, (int)key.Payload));
    }

    private static bool IsFlowKey(ReadOnlySpan<byte> key) => key.Length switch
    {
        2 => key.SequenceEqual("id"u8),
        4 => key.SequenceEqual("type"u8) || key.SequenceEqual("mode"u8),
        5 => key.SequenceEqual("error"u8),
        6 => key.SequenceEqual("marked"u8) || key.SequenceEqual("backup"u8),
        7 => key.SequenceEqual("version"u8) || key.SequenceEqual("request"u8) || key.SequenceEqual("comment"u8),
        8 => key.SequenceEqual("response"u8) || key.SequenceEqual("metadata"u8) || key.SequenceEqual("messages"u8) || key.SequenceEqual("modified"u8),
        9 => key.SequenceEqual("websocket"u8) || key.SequenceEqual("is_replay"u8),
        10 => key.SequenceEqual("close_code"u8),
        11 => key.SequenceEqual("server_conn"u8) || key.SequenceEqual("client_conn"u8) || key.SequenceEqual("intercepted"u8),
        12 => key.SequenceEqual("close_sender"u8) || key.SequenceEqual("close_reason"u8) || key.SequenceEqual("dns_messages"u8),
        17 => key.SequenceEqual("timestamp_created"u8),
        _ => false,
    };
}
