namespace MiSarTracker.Service;

/// <summary>How a service runs.</summary>
public sealed record ServeOptions
{
    /// <summary>Where the pages are, <c>http://127.0.0.1:5080</c>; several with <c>;</c> between them. Port 0 takes a free one.</summary>
    public required string Urls { get; init; }

    /// <summary>Told once, when the pages answer: the address with the token that opens them. The only time that the token is shown.</summary>
    public Action<Uri> Announce { get; init; } = _ => { };

    /// <summary>
    /// Told of each letter that a mail server accepted, so that its clock starts; also of those that were accepted while
    /// nothing listened. Doing it twice must do no harm.
    /// </summary>
    public Func<AcceptedLetter, CancellationToken, Task> AfterAccepted { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Looks into the mailbox once; null when none is set, or looking is switched off.</summary>
    public Func<CancellationToken, Task<Journey.Polled>>? Poll { get; init; }

    /// <summary>Waits at most so long until the mail server tells of a new mail; null as <see cref="Poll"/> is.</summary>
    public Func<TimeSpan, CancellationToken, Task<bool>>? WaitForMail { get; init; }

    /// <summary>How often <see cref="Poll"/> is done, in minutes.</summary>
    public int PollMinutes { get; init; } = 10;
}

/// <param name="Letter"><c>L-001</c>.</param>
public sealed record AcceptedLetter(Core.Cases.CaseReference Case, string Letter);
