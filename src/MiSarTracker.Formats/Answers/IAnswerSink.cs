using NodaTime;

namespace MiSarTracker.Formats.Answers;

/// <summary>Takes what an answer reader finds, in the order of the file.</summary>
public interface IAnswerSink
{
    /// <summary>A member was opened. Called once per member, before its content.</summary>
    void Member(AnswerMember member);

    /// <summary>A stamp that says when the answer was made: from an archive's or member's name, or a mail's Date.</summary>
    void Created(AnswerMember member, Instant at, string how);

    /// <summary>A table's header. Returns who takes its rows.</summary>
    /// <param name="member">The member that holds it.</param>
    /// <param name="header">The columns' names as written, trimmed, without BOM.</param>
    /// <param name="headerLine">The line of the header, from 1.</param>
    ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine);

    /// <summary>Running text: a mail's body, a text file, a document's text.</summary>
    void Text(AnswerMember member, string text);

    /// <summary>A part that could not be read.</summary>
    void Damaged(Damage damage);
}

/// <summary>Takes a table's rows.</summary>
public interface ITableSink
{
    /// <summary>A row. The spans are valid only during the call.</summary>
    void Row(in TableRow row);

    /// <summary>A row that could not be split into fields; it is reported, never dropped in silence.</summary>
    void Unreadable(long line, string reason);
}
