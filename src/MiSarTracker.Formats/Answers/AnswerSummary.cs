namespace MiSarTracker.Formats.Answers;

/// <summary>What an answer turned out to be.</summary>
/// <param name="Format">The answer's own format, by content; the same words as <see cref="AnswerMember.Format"/>, and <c>mbox</c>.</param>
/// <param name="Members">Its members in the order in which they were read, their sizes as really read.</param>
public sealed record AnswerSummary(string Format, IReadOnlyList<AnswerMember> Members)
{
    /// <summary>
    /// Archives and documents inside the answer that none of the passwords opened (each was reported as damage too). An
    /// answer that is nothing but such an archive is refused with an <see cref="ImportException"/> instead.
    /// </summary>
    public IReadOnlyList<string> Locked { get; init; } = [];

    /// <summary>Every stamp that was found, with its source, in the order of the file.</summary>
    public IReadOnlyList<AnswerStamp> Stamps { get; init; } = [];

    /// <summary>Those of the given passwords that opened something, in the order in which they were given. Secrets: never to be shown.</summary>
    public IReadOnlyList<string> Opened { get; init; } = [];
}
