namespace MiSarTracker.Formats.Captures;

/// <summary>What a capture reader yields, in the file's order.</summary>
public abstract record CaptureItem
{
    private CaptureItem()
    {
    }

    public sealed record Exchange(HttpExchange Http) : CaptureItem;

    /// <summary>A part that could not be read; reading goes on after it where the format allows.</summary>
    public sealed record Damaged(Damage Damage) : CaptureItem;

    /// <summary>Traffic that is not HTTP; counted by kind: <c>tcp</c>, <c>udp</c>, <c>dns</c>, <c>websocket</c>.</summary>
    public sealed record Counted(string Kind) : CaptureItem;

    /// <summary>The app refused interception for this host (a TLS failure that the tool recorded).</summary>
    public sealed record InterceptionRefused(string Host, string Cause, NodaTime.Instant? At) : CaptureItem;

    /// <summary>A connection of which only the outside is known.</summary>
    public sealed record Connection(HostConnection Seen) : CaptureItem;
}
