using System.Diagnostics;
using MiSarTracker.Formats.Answers;
using NodaTime;

namespace MiSarTracker.Formats.Captures.Saz;

/// <summary>Stands where an answer's records would go: of a capture's archive only bytes are asked for.</summary>
internal sealed class SazSink : IAnswerSink
{
    public void Member(AnswerMember member)
    {
    }

    public void Created(AnswerMember member, Instant at, string how)
    {
    }

    public ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine) =>
        throw new UnreachableException("A capture's archive holds no tables.");

    public void Text(AnswerMember member, string text)
    {
    }

    public void Damaged(Damage damage)
    {
    }
}
