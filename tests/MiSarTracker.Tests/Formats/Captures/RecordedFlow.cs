using NodaTime;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>One HTTP exchange for <see cref="FlowDumpWriter"/> to write; what is not said is as usual.</summary>
public sealed record RecordedFlow
{
    public string Method { get; init; } = "POST";

    public string Scheme { get; init; } = "https";

    /// <summary>The name in the Host header, or in <c>:authority</c> for HTTP/2.</summary>
    public string Host { get; init; } = "api-mifit-de.huami.com";

    /// <summary>What mitmproxy keeps as <c>request.host</c>; the same as <see cref="Host"/> when null.</summary>
    public string? ServerAddress { get; init; }

    public string? Sni { get; init; }

    public int Port { get; init; } = 443;

    public string Target { get; init; } = "/v1/data/band_data.json?r=1";

    public bool IsHttp2 { get; init; }

    /// <summary>False leaves out both the Host header and the authority.</summary>
    public bool NamesHost { get; init; } = true;

    public Instant StartedAt { get; init; } = Instant.FromUtc(2024, 3, 30, 12, 0);

    /// <summary>Headers beside Host, in wire order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [("Content-Type", "application/x-www-form-urlencoded")];

    /// <summary>As on the wire; null when the capture did not keep it.</summary>
    public byte[]? Body { get; init; } = [];

    /// <summary>Null when there was no response.</summary>
    public int? Status { get; init; } = 200;

    public IReadOnlyList<(string Name, string Value)> ResponseHeaders { get; init; } = [("Content-Type", "application/json")];

    public byte[]? ResponseBody { get; init; } = "{\"code\":1,\"message\":\"success\"}"u8.ToArray();

    public string? Error { get; init; }

    public bool IsReplayed { get; init; }

    public bool IsEdited { get; init; }

    public bool IsWebSocket { get; init; }
}
