namespace MiSarTracker.Formats.Answers;

/// <summary>One file of an answer, by its path through archives and messages.</summary>
/// <param name="Name">
/// The path with forward slashes, as the answer names it: <c>HEARTRATE_AUTO/HEARTRATE_AUTO_1714557600000.csv</c>;
/// parts of nested containers are joined by <c>!</c>: <c>answer.zip!SPORT/SPORT_1.csv</c>. Never used as a path on disk.
/// </param>
/// <param name="Format">By content: <c>csv</c>, <c>text</c>, <c>html</c>, <c>eml</c>, <c>zip</c>, <c>json</c>, <c>pdf</c>, <c>xlsx</c>, <c>binary</c>, <c>empty</c>.</param>
/// <param name="Size">Bytes after decryption and inflation.</param>
public sealed record AnswerMember(string Name, string Format, long Size);
