namespace MiSarTracker.Formats.Captures;

/// <summary>A capture's bytes with the passwords that may open them. A stream alone is a source without passwords.</summary>
/// <param name="Stream">Read from its current position; stays the caller's to close.</param>
/// <param name="Passwords">Tried in turn on a protected archive.</param>
public readonly record struct CaptureSource(Stream Stream, IReadOnlyList<string> Passwords)
{
    public static implicit operator CaptureSource(Stream stream) => FromStream(stream);

    public static CaptureSource FromStream(Stream stream) => new(stream, []);
}
