using System.Globalization;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>
/// Writes mitmproxy flow dumps in the shape of any version from 0.11 to 21, for tests that need captures of their own.
/// Up to 17 the result was read with mitmproxy 8.1.1's FlowReader.
/// </summary>
public sealed class FlowDumpWriter(Stream target, FlowDumpVersion version)
{
    private const string ClientId = "11111111-1111-4111-8111-111111111111";
    private const string ServerId = "22222222-2222-4222-8222-222222222222";

    private readonly double _rank = version.Rank;
    private long _flows;

    /// <summary>1.0 was the first release that only ran on Python 3.</summary>
    private bool TextKeys => _rank >= 1;

    /// <summary>A dump of these flows.</summary>
    public static byte[] Dump(FlowDumpVersion version, params IReadOnlyList<RecordedFlow> flows)
    {
        using var target = new MemoryStream();
        var writer = new FlowDumpWriter(target, version);
        foreach (var flow in flows)
            writer.Write(flow);
        return target.ToArray();
    }

    public void Write(RecordedFlow flow) => target.Write(Flow(flow, withBackup: flow.IsEdited));

    /// <summary>A flow of another protocol: <c>tcp</c>, <c>udp</c>, <c>dns</c>, up to version 11 also <c>websocket</c>.</summary>
    public void WriteOther(string type)
    {
        var message = Tnet.List(Tnet.Bool(true), Tnet.Bytes("hello"), Tnet.Number(1711800000.5));
        target.Write(Dict(
        [
            .. Common(type, new RecordedFlow()),
            ("messages", Tnet.List(message)),
        ]));
    }

    private static double Seconds(RecordedFlow flow) => flow.StartedAt.ToUnixTimeTicks() / 1e7;

    private byte[] Flow(RecordedFlow flow, bool withBackup) => Dict(
    [
        .. _rank >= 12 ? (ReadOnlySpan<(string, byte[]?)>)[("websocket", flow.IsWebSocket ? WebSocket() : Tnet.Null())] : [],
        ("response", flow.Status is null ? Tnet.Null() : Response(flow)),
        ("request", Request(flow)),
        .. Common("http", flow),
        ("backup", withBackup ? Flow(flow with { Target = "/as/sent" }, withBackup: false) : null),
    ]);

    private (string Key, byte[]? Value)[] Common(string type, RecordedFlow flow) =>
    [
        ("type", Name(type)),
        ("id", Name(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{++_flows:D12}"))),
        ("version", version.Value),
        ("error", flow.Error is null ? Tnet.Null() : Dict(("msg", Name(flow.Error)), ("timestamp", Tnet.Number(Seconds(flow) + 1)))),
        ("intercepted", Tnet.Bool(false)),
        ("marked", Since(0.18, _rank >= 13 ? Tnet.Text("") : Tnet.Bool(false))),
        ("metadata", Since(0.19, Dict())),
        ("mode", _rank is >= 0.19 and < 17 ? Name("regular") : null),
        ("is_replay", Since(9, flow.IsReplayed ? Tnet.Text("request") : Tnet.Null())),
        ("comment", Since(14, Tnet.Text(""))),
        ("timestamp_created", Since(16, Tnet.Number(Seconds(flow)))),
        ("client_conn", ClientConnection(flow)),
        ("server_conn", ServerConnection(flow)),
    ];

    private byte[] Request(RecordedFlow flow)
    {
        var authority = flow.IsHttp2 && flow.NamesHost ? flow.Host : "";
        return Dict(
        [
            ("method", Tnet.Bytes(flow.Method)),
            ("scheme", Tnet.Bytes(flow.Scheme)),
            ("host", _rank >= 5 ? Tnet.Text(flow.ServerAddress ?? flow.Host) : Tnet.Bytes(flow.ServerAddress ?? flow.Host)),
            ("port", Tnet.Number(flow.Port)),
            ("path", Tnet.Bytes(flow.Target)),
            ("authority", Since(9, Tnet.Bytes(authority))),
            (_rank < 0.14 ? "form_in" : "first_line_format", _rank < 9 ? Name("relative") : null),
            ("is_replay", _rank < 9 ? Tnet.Bool(flow.IsReplayed) : null),
            .. Message(flow, flow.Body, RequestHeaders(flow)),
        ]);
    }

    private byte[] Response(RecordedFlow flow) => Dict(
    [
        (_rank < 0.14 ? "code" : "status_code", Tnet.Number(flow.Status!.Value)),
        (_rank < 0.16 ? "msg" : "reason", Tnet.Bytes(flow.IsHttp2 ? "" : "OK")),
        .. Message(flow, flow.ResponseBody, flow.ResponseHeaders),
    ]);

    private (string Key, byte[]? Value)[] Message(RecordedFlow flow, byte[]? body, IReadOnlyList<(string Name, string Value)> headers) =>
    [
        (_rank < 0.14 ? "httpversion" : "http_version", HttpVersion(flow)),
        ("headers", Tnet.List([.. headers.Select(header => Tnet.List(Tnet.Bytes(header.Name), Tnet.Bytes(header.Value)))])),
        (_rank is 0.14 or 0.15 ? "body" : "content", body is not null ? Tnet.Bytes(body) : _rank < 0.16 ? Tnet.Number(0) : Tnet.Null()),
        ("timestamp_start", Tnet.Number(Seconds(flow))),
        ("timestamp_end", Tnet.Number(Seconds(flow) + 0.25)),
        ("trailers", Since(8, Tnet.Null())),
    ];

    private byte[] HttpVersion(RecordedFlow flow) => _rank < 0.14
        ? Tnet.List(Tnet.Number(flow.IsHttp2 ? 2 : 1), Tnet.Number(flow.IsHttp2 ? 0 : 1))
        : Tnet.Bytes(flow.IsHttp2 ? "HTTP/2.0" : "HTTP/1.1");

    private List<(string Name, string Value)> RequestHeaders(RecordedFlow flow)
    {
        var headers = new List<(string, string)>(flow.Headers);
        if (flow is { NamesHost: true, IsHttp2: false })
            headers.Insert(0, ("Host", flow.Host));
        else if (flow.NamesHost && _rank < 9)
            headers.Insert(0, (":authority", flow.Host));
        return headers;
    }

    private byte[] ClientConnection(RecordedFlow flow) => Dict(
    [
        (_rank < 19 ? "address" : "peername", Address("192.168.0.20", 41000)),
        ("clientcert", _rank < 10 ? Tnet.Null() : null),
        ("mitmcert", Since(3, Tnet.Null())),
        ("sni", flow.Sni is null ? Tnet.Null() : _rank < 11 ? Tnet.Bytes(flow.Sni) : Tnet.Text(flow.Sni)),
        ("tls_extensions", _rank is >= 7 and < 19 ? Tnet.List() : null),
        ("proxy_mode", Since(18, Tnet.Text("regular"))),
        .. Connection(flow, ClientId),
    ]);

    private byte[] ServerConnection(RecordedFlow flow) => Dict(
    [
        ("address", Address(flow.ServerAddress ?? flow.Host, flow.Port)),
        (_rank < 0.18 ? "peer_address" : _rank < 19 ? "ip_address" : "peername", _rank < 0.17 ? null : Address("203.0.113.9", flow.Port)),
        ("source_address", _rank < 19 ? Address("192.168.0.2", 52000) : null),
        ("state", _rank < 0.14 ? Tnet.List() : null),
        ("cert", _rank < 10 ? Tnet.Null() : null),
        ("sni", flow.Sni is null ? Tnet.Null() : _rank < 11 ? Tnet.Bytes(flow.Sni) : Tnet.Text(flow.Sni)),
        ("timestamp_tcp_setup", Tnet.Number(Seconds(flow) - 0.5)),
        ("via", _rank >= 0.14 ? Tnet.Null() : null),
        ("via2", _rank is >= 10 and < 19 ? Tnet.Null() : null),
        .. Connection(flow, ServerId),
    ]);

    private (string Key, byte[]? Value)[] Connection(RecordedFlow flow, string id) =>
    [
        ("id", Since(5, Tnet.Text(id))),
        ("timestamp_start", Tnet.Number(Seconds(flow) - 1)),
        ("timestamp_end", Tnet.Null()),
        (_rank < 6 ? "timestamp_ssl_setup" : "timestamp_tls_setup", Tnet.Number(Seconds(flow) - 0.4)),
        (_rank < 6 ? "ssl_established" : "tls_established", _rank < 19 ? Tnet.Bool(true) : null),
        ("tls_version", Since(0.19, Tnet.Text("TLSv1.3"))),
        (_rank < 19 ? "cipher_name" : "cipher", Since(0.19, Tnet.Text("TLS_AES_256_GCM_SHA384"))),
        (_rank < 11 ? "alpn_proto_negotiated" : "alpn", Since(0.19, Tnet.Bytes("http/1.1"))),
        ("tls", Since(10, Tnet.Bool(true))),
        ("state", _rank is >= 10 and < 20 ? Tnet.Number(3) : null),
        ("error", Since(10, Tnet.Null())),
        ("alpn_offers", Since(10, Tnet.List(Tnet.Bytes("http/1.1")))),
        ("cipher_list", Since(10, Tnet.List())),
        ("certificate_list", Since(10, Tnet.List())),
        ("sockname", Since(10, Tnet.List(Tnet.Text("192.168.0.2"), Tnet.Number(8080)))),
        ("transport_protocol", Since(19, Tnet.Text("tcp"))),
    ];

    private byte[] Address(string host, int port)
    {
        var pair = Tnet.List(_rank >= 5 ? Tnet.Text(host) : Tnet.Bytes(host), Tnet.Number(port));
        return _rank < 2 ? Dict(("address", pair), ("use_ipv6", Tnet.Bool(false))) : pair;
    }

    private byte[] WebSocket()
    {
        var message = Tnet.List([Tnet.Number(1), Tnet.Bool(true), Tnet.Bytes("hi"), Tnet.Number(1.5), Tnet.Bool(false), .. _rank >= 15 ? (ReadOnlySpan<byte[]>)[Tnet.Bool(false)] : []]);
        return Dict(
            ("messages", Tnet.List(message)), ("closed_by_client", Tnet.Bool(true)), ("close_code", Tnet.Number(1000)),
            ("close_reason", Tnet.Text("")), ("timestamp_end", Tnet.Null()));
    }

    private byte[]? Since(double rank, byte[] value) => _rank >= rank ? value : null;

    private byte[] Name(string text) => TextKeys ? Tnet.Text(text) : Tnet.Bytes(text);

    private byte[] Dict(params IReadOnlyList<(string Key, byte[]? Value)> fields) => Tnet.Dict(TextKeys, fields);
}
