using NodaTime;

namespace MiSarTracker.Formats.Answers;

/// <summary>
/// Takes what an answer reader finds, in the order of the file, on the caller's thread.
/// <para>
/// Rows and texts are handed out while a member is read, before its checksum can be known. When the check fails behind
/// them, <see cref="Damaged"/> is called with <see cref="Damage.At"/> equal to the member's name: what was handed out of
/// that member is then not to be relied on. Only AES entries below
/// <see cref="Limits.AuthenticateFirstBytes"/> are authenticated first: of one that fails nothing is handed out.
/// </para>
/// </summary>
public interface IAnswerSink
{
    /// <summary>The answer's own name, before anything of it is read: it may say when it was made.</summary>
    /// <param name="fileName">Without folders.</param>
    void Begin(string fileName)
    {
    }

    /// <summary>
    /// A member was opened. Called once per member, before its content. An archive that is the answer itself is not
    /// announced (its members are); one inside the answer is. An entry that was refused is only reported as damaged.
    /// A sheet of a workbook, a list inside a JSON document and a table on a page are members of their own, behind their document.
    /// </summary>
    void Member(AnswerMember member);

    /// <summary>A stamp that says when the answer was made: from an archive's or member's name, or a mail's Date.</summary>
    /// <param name="member">Whose stamp it is: a member, or the answer itself.</param>
    /// <param name="at">The moment; a day alone is its first moment in UTC, and <paramref name="how"/> says so.</param>
    /// <param name="how">Where it stands, in words for a report.</param>
    void Created(AnswerMember member, Instant at, string how);

    /// <summary>A table's header. Returns who takes its rows.</summary>
    /// <param name="member">The member that holds it.</param>
    /// <param name="header">The columns' names as written, trimmed, without BOM.</param>
    /// <param name="headerLine">The line of the header, from 1; of a sheet or a page its row.</param>
    /// <remarks>
    /// The objects of a JSON list are rows: a column is the path to a value (<c>value.bpm</c>), a list inside an object is JSON in its field, and
    /// the row's line is its number in the list, from 1. An object with a property that none before it had begins a further
    /// table of the same member, with a wider header.
    /// </remarks>
    ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine);

    /// <summary>
    /// A JSON document, offered before it is handed on as tables. Whoever takes it reads it from <paramref name="content"/> during the call,
    /// and need not read it to its end.
    /// </summary>
    /// <param name="member">The member that holds it.</param>
    /// <param name="content">The document in UTF-8, perhaps with BOM; bytes that are no UTF-8 may be among them.</param>
    /// <returns>False when nobody took it; then nothing was read, and its lists are handed on as tables.</returns>
    bool Json(AnswerMember member, Stream content) => false;

    /// <summary>Running text: a mail's body, a text file, a document's text.</summary>
    void Text(AnswerMember member, string text);

    /// <summary>
    /// A part that could not be read, or not be relied on. <see cref="Damage.At"/> is the member's name, or the name and
    /// a line (<c>a.csv line 7</c>). After <see cref="Limits.MaxReportedDamages"/> of them one more says how many there were.
    /// </summary>
    void Damaged(Damage damage);
}

/// <summary>Takes a table's rows.</summary>
public interface ITableSink
{
    /// <summary>
    /// A row: at most as many fields as the header has columns; a shorter row's missing fields read as empty. UTF-8.
    /// The spans are valid only during the call.
    /// </summary>
    void Row(in TableRow row);

    /// <summary>
    /// Offers rows before they are split. A sink that knows how nearly all rows of its table are written may take those at the beginning
    /// that are written exactly so, without quotes; from the first other one on rows come by <see cref="Row"/>.
    /// </summary>
    /// <param name="text">Begins with a row; its end may stand anywhere.</param>
    /// <param name="delimiter">What stands between two fields.</param>
    /// <param name="line">The line of the first row.</param>
    /// <param name="rows">How many rows were taken, each one line.</param>
    /// <returns>How many bytes were taken: whole rows with their line ends.</returns>
    int Plain(ReadOnlySpan<byte> text, byte delimiter, long line, out int rows)
    {
        rows = 0;
        return 0;
    }

    /// <summary>A row that could not be split into fields; it is reported, never dropped in silence.</summary>
    void Unreadable(long line, string reason);
}
