namespace MiSarTracker.Formats.Answers;

/// <summary>One file of an answer, by its path through archives and messages.</summary>
/// <param name="Name">
/// The path with forward slashes, as the answer names it: <c>HEARTRATE_AUTO/HEARTRATE_AUTO_1714557600000.csv</c>;
/// parts of nested containers are joined by <c>!</c>: <c>answer.zip!SPORT/SPORT_1.csv</c>. The answer itself is not
/// named in front of its own members. A second member of one name gets <c>#2</c> behind it; control characters are
/// spelt out as <c>\u0007</c>. Never used as a path on disk.
/// </param>
/// <param name="Format">By content: <c>csv</c>, <c>text</c>, <c>html</c>, <c>eml</c>, <c>zip</c>, <c>json</c>, <c>pdf</c>, <c>xlsx</c>, <c>binary</c>, <c>empty</c>, <c>mbox</c>.
/// Nothing is read of <c>pdf</c>, <c>xlsx</c> and <c>binary</c> here: they are members without rows or text.
/// </param>
/// <param name="Size">
/// Bytes after decryption and inflation: as promised by the container when the member is announced, as really read in
/// <see cref="AnswerSummary.Members"/>.
/// </param>
public sealed record AnswerMember(string Name, string Format, long Size);
