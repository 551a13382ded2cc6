namespace MiSarTracker.Formats.Bodies;

/// <summary>How the decoding of a body's Content-Encoding ended.</summary>
public enum DecodeOutcome
{
    /// <summary>The bytes are the content as the app made it.</summary>
    Decoded,

    /// <summary>There are no bytes: the message had none, or the capture did not keep them.</summary>
    NoBytes,

    /// <summary>The decoded content is larger than <see cref="Limits.MaxBodyBytes"/>; the bytes are still encoded.</summary>
    TooLarge,

    /// <summary>An encoding that is not known; the bytes are still encoded.</summary>
    Unsupported,

    /// <summary>The bytes are not what their encoding says, or are cut; they are given as captured.</summary>
    Damaged,
}

/// <summary>A body after its Content-Encoding was undone, or as captured when that failed.</summary>
/// <param name="Outcome">Whether it was undone.</param>
/// <param name="Bytes">The content, lent by the decoder until its next call; as captured unless decoded.</param>
/// <param name="Reason">Why it was not undone; null when it was.</param>
public readonly record struct DecodedBody(DecodeOutcome Outcome, ReadOnlyMemory<byte> Bytes, string? Reason)
{
    public bool IsDecoded => Outcome == DecodeOutcome.Decoded;
}
