using NodaTime;

namespace MiSarTracker.Formats.Answers;

/// <summary>Where a stamp stands. Names are written by whoever packed the answer, and can contradict what is in it.</summary>
public enum StampSource
{
    /// <summary>The name of the answer's own file; a person may have renamed it.</summary>
    AnswerName,

    /// <summary>The name of a member, or of a folder or archive around it.</summary>
    MemberName,

    /// <summary>A mail's Date header.</summary>
    MailDate,
}

/// <summary>A statement of when the answer, or a part of it, was made. Handed on as it stands: whether the rows agree is for others to see.</summary>
/// <param name="Member">Whose stamp it is, by name.</param>
/// <param name="At">The moment; a day alone is its first moment in UTC, and <paramref name="How"/> says so.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="How">The same in words for a report.</param>
public sealed record AnswerStamp(string Member, Instant At, StampSource Source, string How);
