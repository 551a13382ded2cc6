namespace MiSarTracker.Formats.Answers;

/// <summary>One file of an answer, by its path through archives and messages.</summary>
/// <param name="Name">
/// The path with forward slashes, as the answer names it: <c>HEARTRATE_AUTO/HEARTRATE_AUTO_1714557600000.csv</c>;
/// parts of nested containers are joined by <c>!</c>: <c>answer.zip!SPORT/SPORT_1.csv</c>. The answer itself is not
/// named in front of its own members. A second member of one name gets <c>#2</c> behind it; control characters are
/// spelt out as <c>\u0007</c>. Never used as a path on disk.
/// </param>
/// <param name="Format">
/// By content: <c>csv</c>, <c>text</c>, <c>html</c>, <c>json</c>, <c>eml</c>, <c>mbox</c>, <c>zip</c>, <c>gzip</c>, <c>tar</c>,
/// <c>pdf</c>, <c>xlsx</c>, <c>xls</c>, <c>ods</c>, <c>docx</c>, <c>empty</c>; <c>sheet</c>, <c>list</c> and <c>table</c> are parts of a workbook, a JSON
/// document and a page or Word document (<c>book.xlsx!Sheet1</c>, <c>data.json!activities</c>, <c>page.html!table 1</c>). Only named, and not read: <c>msg</c>,
/// <c>doc</c>, <c>odt</c>, <c>rtf</c>, <c>7z</c>, <c>rar</c>, <c>packed</c>, <c>binary</c>.
/// </param>
/// <param name="Size">
/// Bytes after decryption and inflation: as promised by the container when the member is announced, as really read in
/// <see cref="AnswerSummary.Members"/>.
/// </param>
public sealed record AnswerMember(string Name, string Format, long Size);
