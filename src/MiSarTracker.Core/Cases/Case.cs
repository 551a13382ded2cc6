using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// One access request of one person to one vendor, with all that happened. A value: the verbs in this folder take a
/// case and give back the next one with the events that lead to it; nothing here touches a disk or a clock.
/// </summary>
public sealed record Case
{
    public required CaseReference Reference { get; init; }

    public required string Vendor { get; init; }

    public required Person Person { get; init; }

    /// <summary>ISO 639 code of the language of its letters.</summary>
    public required string Language { get; init; }

    public required Instant OpenedAt { get; init; }

    public Instant? ClosedAt { get; init; }

    public CaseOutcome? Outcome { get; init; }

    public Instant? ErasedAt { get; init; }

    public ValueList<Identifier> Identifiers { get; init; }

    public ValueList<CaseController> Controllers { get; init; }

    public ValueList<Letter> Letters { get; init; }

    public ValueList<IncomingMail> Mails { get; init; }

    public ValueList<Exhibit> Exhibits { get; init; }

    public ValueList<Reminder> Reminders { get; init; }

    public ValueList<ComparisonRun> Comparisons { get; init; }

    public ValueList<ReportRun> Reports { get; init; }

    /// <summary>How the person judged items of Article 15, in the order of judging.</summary>
    public ValueList<ItemGrade> Grades { get; init; }

    /// <summary>Complaints to authorities, oldest first.</summary>
    public ValueList<Complaint> Complaints { get; init; }

    /// <summary>Where the person would complain; null as long as none was chosen.</summary>
    public ChosenAuthority? Authority { get; init; }

    /// <summary>
    /// The stored state: closed or erased, else that of the contacted controller which is least far. A controller that
    /// says it is none counts only when no other is in play; one that was never contacted only when none was.
    /// </summary>
    public CaseState State
    {
        get
        {
            if (ErasedAt is not null)
                return CaseState.Erased;
            if (ClosedAt is not null)
                return CaseState.Closed;
            if (Complaints.Any(c => c.IsOpen))
                return CaseState.Complained;
            var contacted = Controllers.Where(c => c.State != ControllerState.Draft).ToList();
            if (contacted.Count == 0)
                return CaseState.Draft;
            var inPlay = contacted.Where(c => c.State != ControllerState.NotController).ToList();
            return inPlay.Count > 0 ? inPlay.Min(c => StateOf(c.State)) : NextAsked is not null ? CaseState.Draft : CaseState.Answered;
        }
    }

    /// <summary>The one that another controller named as responsible, and that was not asked yet; null when there is none.</summary>
    public CaseController? NextAsked => Controllers.FirstOrDefault(c => c is { State: ControllerState.Draft, Redirect: not null });

    /// <summary><see cref="State"/>, or <see cref="CaseState.Overdue"/> when a clock ran out before <paramref name="today"/> without an answer.</summary>
    public CaseState StateOn(LocalDate today) =>
        State is not (CaseState.Reminded or CaseState.Complained) && IsOverdue(today) ? CaseState.Overdue : State;

    /// <summary>The safe date of an open controller's clock is past. Nobody is accused before it.</summary>
    public bool IsOverdue(LocalDate today) => State is not (CaseState.Closed or CaseState.Erased)
        && Controllers.Any(c => c is { IsOpen: true, HasOpenPause: false, Clock: { } clock } && clock.Safe < today);

    /// <summary>The open controller whose clock ends first, if any clock runs; one whose question waits for the person has no such day.</summary>
    public CaseController? NextDue => State is CaseState.Closed or CaseState.Erased
        ? null
        : Controllers.Where(c => c is { IsOpen: true, HasOpenPause: false, Clock: not null }).MinBy(c => c.Clock!.Safe);

    /// <exception cref="Refusal">The case has no such controller; the remedy lists those that it has.</exception>
    public CaseController Controller(string id) => Controllers.FirstOrDefault(c => c.Id == id)
        ?? throw new Refusal($"{Reference} has no controller “{id}”.", "Its controllers: " + string.Join(", ", Controllers.Select(c => c.Id)) + ".");

    /// <exception cref="Refusal">The case has no such letter.</exception>
    public Letter Letter(string number) => Letters.FirstOrDefault(l => l.Number == number)
        ?? throw new Refusal($"{Reference} has no letter {number}.", $"misar case show {Reference} lists its letters.");

    /// <exception cref="Refusal">The case has no such exhibit.</exception>
    public Exhibit Exhibit(string number) => Exhibits.FirstOrDefault(e => e.Number == number)
        ?? throw new Refusal($"{Reference} has no exhibit {number}.", $"misar case show {Reference} lists its exhibits.");

    internal Case With(CaseController changed) => this with { Controllers = Controllers.Replace(c => c.Id == changed.Id, _ => changed) };

    internal Case With(Letter changed) => this with { Letters = Letters.Replace(l => l.Number == changed.Number, _ => changed) };

    internal Case With(Reminder changed) => this with { Reminders = Reminders.Replace(r => r.Number == changed.Number, _ => changed) };

    private static CaseState StateOf(ControllerState state) => state switch
    {
        ControllerState.Draft => CaseState.Draft,
        ControllerState.Sent => CaseState.Sent,
        ControllerState.Waiting => CaseState.Waiting,
        ControllerState.Received => CaseState.Received,
        ControllerState.Extended => CaseState.Extended,
        ControllerState.Paused => CaseState.Paused,
        ControllerState.AnsweredInPart => CaseState.AnsweredInPart,
        ControllerState.Reminded => CaseState.Reminded,
        _ => CaseState.Answered,
    };
}
