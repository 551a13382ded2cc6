using NodaTime;

namespace MiSarTracker.Core.Inbox;

/// <summary>
/// What of a mail tells to which case it belongs. Read from its headers alone at first (then the texts and the report are missing),
/// and from the whole mail later. All ids without angle brackets.
/// </summary>
public sealed record MailFacts
{
    /// <summary>The addresses of From and Sender, in small letters.</summary>
    public IReadOnlyList<string> Senders { get; init; } = [];

    /// <summary>The From line as a person reads it.</summary>
    public string From { get; init; } = "";

    public string Subject { get; init; } = "";

    public string? MessageId { get; init; }

    /// <summary>In-Reply-To and References.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>By the Date header: the sender's word.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>The texts of the body; empty when only the headers are known.</summary>
    public string Text { get; init; } = "";

    /// <summary>The server that holds the mailbox found our references' common beginning in its body.</summary>
    public bool NamedInBody { get; init; }

    /// <summary>What it reports about mails of ours; null when it is no report.</summary>
    public MailReport? Report { get; init; }

    public RobotMarks Robot { get; init; } = RobotMarks.None;
}

/// <summary>A delivery report (RFC 3464) or a disposition notice (RFC 8098), or a mailer's own words that a mail came back.</summary>
public sealed record MailReport
{
    public DeliveryAction? Action { get; init; }

    /// <summary>RFC 3461 ENVID, as the server gives it back.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>The Message-ID of the mail that it is about: from the returned headers, or Original-Message-ID of a notice.</summary>
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>The address that it is about.</summary>
    public string? Recipient { get; init; }

    /// <summary>Enhanced status code, "5.1.1".</summary>
    public string? Status { get; init; }

    /// <summary>What the other server said, one line.</summary>
    public string? Diagnostic { get; init; }
}

/// <summary>What our cases gave to the world by which a mail can name them.</summary>
/// <param name="IsRunning">An answer is still awaited: only then a sender alone is a hint.</param>
public sealed record CaseTraces(Cases.CaseReference Case, bool IsRunning, IReadOnlyList<LetterTrace> Letters, IReadOnlyList<ControllerTrace> Controllers);

/// <param name="Number"><c>L-001</c>, or <c>N-001</c> for a reminder to the person.</param>
/// <param name="MessageId">Without angle brackets.</param>
public sealed record LetterTrace(string Number, string? Controller, string MessageId, string EnvelopeId, string To);

/// <param name="Addresses">Those that letters went to and that the profile knows.</param>
public sealed record ControllerTrace(string Id, bool IsOpen, IReadOnlyList<string> Addresses)
{
    public IEnumerable<string> Domains => Addresses.Select(DomainOf).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an address stands below one of its domains: <c>dpo@eu.vendor.example</c> below <c>vendor.example</c>.</summary>
    public bool Owns(string address)
    {
        var domain = DomainOf(address);
        return Domains.Any(own => domain.Equals(own, StringComparison.OrdinalIgnoreCase) || domain.EndsWith("." + own, StringComparison.OrdinalIgnoreCase));
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].TrimEnd('.');
}
