using NodaTime;

namespace MiSarTracker.Formats.Captures;

/// <summary>
/// One request and its response as a capture recorded them. Readers lend it: bodies are slices of a buffer that is
/// used again, valid only until the reader moves on. Copy what must live longer.
/// </summary>
public sealed class HttpExchange
{
    private readonly Body _responseBody;

    /// <summary>The exchange's number in its capture, from 1, in the file's order; the same on every read.</summary>
    public required long Number { get; init; }

    /// <summary>When the request began, or null when the capture does not say.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>True when the capture gives the time without a zone, and UTC was assumed.</summary>
    public bool StartedAtLacksOffset { get; init; }

    /// <summary>Upper case, as sent.</summary>
    public required string Method { get; init; }

    /// <summary><c>https</c> or <c>http</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The host that the app asked for, lower case, without port; see formats.md §3.3 for the order of sources.</summary>
    public required string Host { get; init; }

    public int Port { get; init; }

    /// <summary>Path and query as sent, beginning with <c>/</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The path without the query.</summary>
    public string Path => Target.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? Target[..at] : Target;

    /// <summary>The query without the question mark; empty when there is none.</summary>
    public string Query => Target.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? Target[(at + 1)..] : "";

    public string HttpVersion { get; init; } = "";

    public required IReadOnlyList<HttpHeader> RequestHeaders { get; init; }

    public Body RequestBody { get; init; } = Body.None;

    /// <summary>Null when there was no response.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<HttpHeader> ResponseHeaders { get; init; } = [];

    public Body ResponseBody
    {
        get => LateResponseBody?.Body ?? _responseBody;
        init => _responseBody = value;
    }

    /// <summary>The response's body when it is only made on demand.</summary>
    internal LateBody? LateResponseBody { get; init; }

    /// <summary>Why the exchange failed, or null: a failed request is still evidence of an attempt.</summary>
    public string? Error { get; init; }

    /// <summary>True when the analyst edited or replayed it: evidence of lower quality.</summary>
    public bool Altered { get; init; }

    /// <summary>The first value of the request header, or null; names without regard to case.</summary>
    public string? RequestHeader(string name) => Find(RequestHeaders, name);

    /// <summary>The first value of the response header, or null; names without regard to case.</summary>
    public string? ResponseHeader(string name) => Find(ResponseHeaders, name);

    /// <summary>Takes back what was lent: what nobody looked at cannot be looked at any more.</summary>
    internal void TakeBack()
    {
        (RequestHeaders as ILent)?.Close();
        (ResponseHeaders as ILent)?.Close();
        LateResponseBody?.Close();
    }

    private static string? Find(IReadOnlyList<HttpHeader> headers, string name)
    {
        foreach (var header in headers)
        {
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}

/// <summary>A header as sent; duplicates and order are kept.</summary>
public readonly record struct HttpHeader(string Name, string Value);

/// <summary>What is known of a message's body.</summary>
public enum BodyState
{
    /// <summary>The message had no body.</summary>
    None,

    /// <summary>The bytes are there.</summary>
    Present,

    /// <summary>There was one, but the capturing tool did not keep it.</summary>
    NotCaptured,

    /// <summary>Larger than <see cref="Limits.MaxBodyBytes"/>.</summary>
    TooLarge,
}

/// <summary>
/// A body. <see cref="Bytes"/> are as captured: still content-encoded when <see cref="IsDecoded"/> is false
/// (flow dumps, SAZ), already decoded when it is true (HAR).
/// </summary>
/// <param name="State">Whether the bytes are there.</param>
/// <param name="Bytes">The bytes; empty unless <see cref="BodyState.Present"/>.</param>
/// <param name="WireLength">The length on the wire when known, else the length of what was captured, else 0.</param>
/// <param name="IsDecoded">True when the capturing tool undid the Content-Encoding.</param>
public readonly record struct Body(BodyState State, ReadOnlyMemory<byte> Bytes, long WireLength, bool IsDecoded)
{
    public static Body None => default;
}
