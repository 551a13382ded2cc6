using MiSarTracker.Core.Cases;

namespace MiSarTracker.Core.Inbox;

/// <summary>By what a mail was found to belong to a case, the surest first.</summary>
public enum MatchBy
{
    /// <summary>A delivery report gives our ENVID back.</summary>
    EnvelopeId,

    /// <summary>It answers one of our mails: In-Reply-To or References name its Message-ID.</summary>
    Thread,

    /// <summary>A report returns the headers of one of our mails.</summary>
    ReturnedHeaders,

    Subject,

    Body,

    /// <summary>It comes from an address that a letter went to.</summary>
    SenderAddress,

    /// <summary>It comes from a domain of the controller.</summary>
    SenderDomain,

    /// <summary>The person said so.</summary>
    Person,
}

public enum MatchTrust
{
    /// <summary>Only who sends such mails can know it: anybody may write a sender into a mail.</summary>
    Low,

    /// <summary>It names the case by its reference, which can be guessed.</summary>
    Fair,

    /// <summary>It names the Message-ID of one of our letters, a keyed hash that only its receivers know.</summary>
    High,
}

/// <summary>One way in which a mail names a case.</summary>
/// <param name="Because">What it was, in a sentence.</param>
public sealed record MatchHit(CaseReference Case, MatchBy By, MatchTrust Trust, string? Controller, string? Letter, string Because);

/// <summary>To which case a mail belongs.</summary>
/// <param name="Hit">The case, when it is beyond doubt.</param>
/// <param name="Candidates">The cases that it may belong to, when it is not; the person decides.</param>
/// <param name="Why">What is unsure about it; null when nothing is.</param>
public sealed record MailMatch(MatchHit? Hit, IReadOnlyList<MatchHit> Candidates, string? Why)
{
    public static MailMatch Nothing { get; } = new(null, [], null);

    /// <summary>Whether it concerns us at all: what does not is neither kept nor logged.</summary>
    public bool Concerns => Hit is not null || Candidates.Count > 0;
}
