namespace MiSarTracker.Core.Search;

/// <summary>In which form a value was looked for, or found. The contract's names are in <see cref="Cases.ContractName"/>.</summary>
public enum Notation
{
    /// <summary>The value itself; letters of either case.</summary>
    AsSent,

    /// <summary>The same number or moment written otherwise: <c>72.50</c> as <c>72,5</c>, <c>1714557600</c> as <c>2024-05-01T10:00:00Z</c>.</summary>
    OtherNotation,
    UrlEncoded,
    Base64,
    Hexadecimal,
    Md5,
    Sha1,
    Sha256,
}

/// <summary>One text to look for.</summary>
/// <param name="Text">As it would stand in the answer.</param>
public readonly record struct Written(Notation Notation, string Text);
