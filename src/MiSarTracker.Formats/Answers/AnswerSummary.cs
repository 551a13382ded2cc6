namespace MiSarTracker.Formats.Answers;

/// <summary>What an answer turned out to be.</summary>
/// <param name="Format">The answer's own format, by content; the same words as <see cref="AnswerMember.Format"/>, and <c>mbox</c>.</param>
/// <param name="Members">Its members in the order in which they were read, their sizes as really read.</param>
public sealed record AnswerSummary(string Format, IReadOnlyList<AnswerMember> Members)
{
    /// <summary>
    /// Archives inside the answer that none of the passwords opened (each was reported as damage too). An answer that
    /// is nothing but such an archive is refused with an <see cref="ImportException"/> instead.
    /// </summary>
    public IReadOnlyList<string> Locked { get; init; } = [];
}
