namespace MiSarTracker.Formats;

/// <summary>
/// How much a reader may take before it reports damage and goes on without the part. All sizes in bytes.
/// The defaults serve a person's own captures and exports; hostile input meets them early.
/// </summary>
public sealed record Limits
{
    public static Limits Default { get; } = new();

    /// <summary>A body larger than this (after content decoding) is kept as "too large", its exchange is kept.</summary>
    public long MaxBodyBytes { get; init; } = 64L << 20;

    /// <summary>One flow of a dump, or one entry of a HAR, larger than this is damage.</summary>
    public long MaxExchangeBytes { get; init; } = 512L << 20;

    /// <summary>Nesting of structures (JSON, tnetstring, archives' depth is <see cref="MaxArchiveDepth"/>).</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Entries of one archive.</summary>
    public int MaxArchiveEntries { get; init; } = 20_000;

    /// <summary>Bytes that all entries of one archive may inflate to.</summary>
    public long MaxArchiveBytes { get; init; } = 16L << 30;

    /// <summary>Inflated bytes per packed byte of one entry, checked once an entry exceeds 1 MiB.</summary>
    public int MaxRatio { get; init; } = 1_000;

    /// <summary>Archives within archives, messages within messages.</summary>
    public int MaxArchiveDepth { get; init; } = 5;

    /// <summary>An archive or mail inside another one that must be unpacked into memory to be read.</summary>
    public long MaxNestedBytes { get; init; } = 64L << 20;

    /// <summary>An AES entry of fewer packed bytes is authenticated before a byte of it is handed out; a larger one while it is read.</summary>
    public long AuthenticateFirstBytes { get; init; } = 64L << 20;

    /// <summary>A text, page or JSON document that is handed on as one string.</summary>
    public int MaxTextBytes { get; init; } = 32 << 20;

    /// <summary>A table's field; a longer one is reported and its row is unreadable.</summary>
    public int MaxFieldBytes { get; init; } = 4 << 20;

    /// <summary>A table's columns.</summary>
    public int MaxColumns { get; init; } = 4_096;

    /// <summary>Damages reported one by one; further ones are only counted.</summary>
    public int MaxReportedDamages { get; init; } = 200;
}
