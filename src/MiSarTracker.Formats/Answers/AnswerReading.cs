using MiSarTracker.Formats.Answers.Documents;
using NodaTime;

namespace MiSarTracker.Formats.Answers;

/// <summary>What one call of the reader carries along: the sink, the limits and what is left of them.</summary>
internal sealed class AnswerReading(
    string fileName, IReadOnlyList<string> passwords, IAnswerSink sink, Limits limits, CancellationToken cancellation, IDocumentProcess? documents = null)
{
    private readonly List<AnswerStamp> _stamps = [];
    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);
    private readonly List<AnswerMember> _members = [];
    private readonly List<(string Name, string Why)> _locked = [];
    private long _bytesLeft = limits.MaxArchiveBytes;
    private int _entriesLeft = limits.MaxArchiveEntries;
    private long _damages;

    /// <summary>The answer's own name, without folders.</summary>
    public string FileName { get; } = fileName;

    public IReadOnlyList<string> Passwords { get; } = passwords;

    public IAnswerSink Sink { get; } = sink;

    public Limits Limits { get; } = limits;

    /// <summary>Reads PDFs and workbooks; null when they are only to be named.</summary>
    public IDocumentProcess? Documents { get; } = documents;

    public CancellationToken Cancellation { get; } = cancellation;

    public IReadOnlyList<AnswerMember> Members => _members;

    /// <summary>Archives inside the answer that none of the passwords opens.</summary>
    public IReadOnlyList<(string Name, string Why)> Locked => _locked;

    /// <summary>True once a member gave a table, a text, or was at least read to its end.</summary>
    public bool GaveAnything { get; set; }

    public void Announce(AnswerMember member)
    {
        _members.Add(member);
        Sink.Member(member);
    }

    /// <summary>Corrects the size of an announced member by the bytes that were really read.</summary>
    public void Measured(AnswerMember member, long size)
    {
        var at = _members.LastIndexOf(member);
        if (at >= 0)
            _members[at] = member with { Size = size };
    }

    public IReadOnlyList<AnswerStamp> Stamps => _stamps;

    /// <summary>Those of the passwords that opened something.</summary>
    public IReadOnlyList<string> PasswordsThatOpened => [.. Passwords.Where(_opened.Contains)];

    public void Created(AnswerMember member, Instant at, StampSource source, string how)
    {
        _stamps.Add(new AnswerStamp(member.Name, at, source, how));
        Sink.Created(member, at, how);
    }

    public void Opened(string password) => _opened.Add(password);

    public void Lock(string archive, string why)
    {
        _locked.Add((archive, why));
        Damage(archive, $"{why}; nothing in it was read. {AnswerReader.PasswordRemedy}");
    }

    public void Damage(string at, string reason)
    {
        if (++_damages <= Limits.MaxReportedDamages)
            Sink.Damaged(new Damage(at, reason));
    }

    /// <summary>Says how many damages were only counted.</summary>
    public void Finish()
    {
        var unsaid = _damages - Limits.MaxReportedDamages;
        if (unsaid > 0)
            Sink.Damaged(new Damage(FileName, $"{unsaid} further damages, which are not listed one by one"));
    }

    /// <summary>Takes this many inflated bytes from the budget of the whole answer; false when it is used up.</summary>
    public bool Spend(long bytes) => (_bytesLeft -= bytes) >= 0;

    public bool SpendEntry() => --_entriesLeft >= 0;
}
