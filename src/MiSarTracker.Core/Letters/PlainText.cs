namespace MiSarTracker.Core.Letters;

/// <summary>How wide the plain text of a letter is set.</summary>
public static class PlainText
{
    /// <summary>Characters per line; RFC 5322 recommends 78, and quoting adds two per round.</summary>
    public const int Width = 72;
}
