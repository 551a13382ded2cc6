namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>
/// Which host the app asked for: <c>authority</c>, <c>:authority</c>, the Host header, the TLS server name, and last
/// <c>request.host</c>, which may be an address or where an add-on sent it (formats.md §3.3).
/// </summary>
internal static class FlowHost
{
    public static (string Host, int? Port) Of(
        ReadOnlySpan<byte> flow, in FlowParts parts, ReadOnlySpan<byte> request, in MessageParts asked, TextCache texts)
    {
        var named = asked.Authority.IsString ? asked.Authority.In(request) : [];
        var headers = asked.Headers.Tag == Tnetstring.List ? asked.Headers.In(request) : [];
        if (named.IsEmpty)
            named = FlowHeaders.First(headers, ":authority"u8);
        if (named.IsEmpty)
            named = FlowHeaders.First(headers, "host"u8);
        if (!named.IsEmpty && Plain(named, texts) is { Host.Length: > 0 } plain)
            return plain;
        if (Field(flow, parts.ClientConnection, "sni"u8) is { IsEmpty: false } sni)
            return (Wire.Authority(texts.Text(sni)).Host, null);
        if (asked.Host.IsString && asked.Host.Length > 0)
            return (Wire.Authority(texts.Text(asked.Host.In(request))).Host, null);
        return ServerAddress(flow, parts.ServerConnection, texts);
    }

    /// <summary>The usual case, a lower-case name without a port, needs no new string.</summary>
    private static (string Host, int? Port) Plain(ReadOnlySpan<byte> named, TextCache texts)
    {
        var text = texts.Text(named);
        return named.IndexOfAnyExcept(PlainHostBytes) < 0 && named[^1] != '.'
            ? (text, null)
            : Wire.Authority(text);
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> flow, Tnetstring connection, ReadOnlySpan<byte> name)
    {
        var value = Find(flow, connection, name);
        return value.IsString ? value.In(connection.In(flow)) : [];
    }

    private static Tnetstring Find(ReadOnlySpan<byte> data, Tnetstring dict, ReadOnlySpan<byte> name)
    {
        if (dict.Tag != Tnetstring.Dict)
            return default;
        var fields = dict.In(data);
        var at = 0;
        while (Tnetstring.TryRead(fields, at, out var key) && Tnetstring.TryRead(fields, key.End, out var value))
        {
            if (key.IsString && key.In(fields).SequenceEqual(name))
                return value;
            at = value.End;
        }

        return default;
    }

    /// <summary><c>[host, port]</c>, up to version 1 <c>{address: [host, port], use_ipv6}</c>.</summary>
    private static (string Host, int? Port) ServerAddress(ReadOnlySpan<byte> flow, Tnetstring connection, TextCache texts)
    {
        var address = Find(flow, connection, "address"u8);
        if (address.Tag == 0)
            return ("", null);
        var fields = connection.In(flow);
        var list = address.Tag == Tnetstring.Dict ? Find(fields, address, "address"u8) : address;
        var inside = address.Tag == Tnetstring.Dict ? address.In(fields) : fields;
        if (list.Tag != Tnetstring.List)
            return ("", null);
        var pair = list.In(inside);
        if (!Tnetstring.TryRead(pair, 0, out var host) || !host.IsString)
            return ("", null);
        var port = Tnetstring.TryRead(pair, host.End, out var number) ? number.IntegerIn(pair) : null;
        return (Wire.Authority(texts.Text(host.In(pair))).Host, port);
    }

    private static readonly System.Buffers.SearchValues<byte> PlainHostBytes =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-."u8);
}
