using System.Collections.Concurrent;
using Hangfire;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Service;

/// <summary>
/// Brings the scheduler in line with the tables: all that is pending at the start, and every minute what other commands
/// planned or moved meanwhile, what failed, and letters whose acceptance was not yet followed by a clock.
/// </summary>
public sealed class SweepJob(ServiceParts parts, IReminderScheduler scheduler)
{
    /// <summary>A sweep looks this far ahead; what is due later is found by a later one.</summary>
    private static readonly Duration Horizon = Duration.FromHours(1);

    /// <summary>What is still pending this long after it was last scheduled for now has failed: its job is made anew.</summary>
    private static readonly Duration Patience = Duration.FromHours(2);

    private readonly Journey.ClockRecheck _recheck = new(parts.Workspace, parts.Templates, parts.Settings);
    private readonly Journey.Clocks _clocks = new(parts.Templates, parts.Settings);
    private readonly HashSet<CaseReference> _drafts = [];
    private LocalDate _rechecked;

    private readonly ConcurrentDictionary<long, (Instant Due, Instant At)> _scheduled = new();

    /// <summary>Schedules everything that is pending; overdue reminders at once.</summary>
    public Task ScheduleAll(CancellationToken cancellationToken) => Schedule(dueBy: null, cancellationToken);

    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Fail)]
    public async Task Run(CancellationToken cancellationToken)
    {
        await StartClocks(cancellationToken).ConfigureAwait(false);
        await Recheck(cancellationToken).ConfigureAwait(false);
        await AskAboutDrafts(cancellationToken).ConfigureAwait(false);
        await Schedule(parts.Clock.GetCurrentInstant() + Horizon, cancellationToken).ConfigureAwait(false);
    }

    private async Task Schedule(Instant? dueBy, CancellationToken cancellationToken)
    {
        if (!parts.Settings.Reminders.Enabled)
            return;
        var now = parts.Clock.GetCurrentInstant();
        foreach (var pending in await parts.Workspace.Reminders.Pending(dueBy: dueBy, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var due = pending.Reminder.Due;
            if (_scheduled.TryGetValue(pending.Id, out var last) && last.Due == due && Instant.Max(last.At, due) + Patience > now)
                continue;
            _scheduled[pending.Id] = (due, now);
            scheduler.Schedule(pending.Id, due);
        }
    }

    /// <summary>Once a day and at each start: a table that changed moves the clocks that run.</summary>
    private async Task Recheck(CancellationToken cancellationToken)
    {
        if (_rechecked == parts.Today)
            return;
        await _recheck.AllAsync(parts.Clock.GetCurrentInstant(), cancellationToken).ConfigureAwait(false);
        _rechecked = parts.Today;
    }

    /// <summary>A letter that still is a draft a week after its case was opened is asked about, once.</summary>
    private async Task AskAboutDrafts(CancellationToken cancellationToken)
    {
        var now = parts.Clock.GetCurrentInstant();
        foreach (var item in parts.Workspace.Cases.List(new CaseQuery { OpenOnly = true }).Where(item => item.State == CaseState.Draft && !_drafts.Contains(item.Reference)))
        {
            if (_clocks.DraftReminder(item.OpenedAt) is var wanted && wanted[0].Due > now)
                continue;
            _drafts.Add(item.Reference);
            var @case = parts.Workspace.Cases.Get(item.Reference);
            if (!@case.Reminders.Any(reminder => reminder.Kind == wanted[0].Kind) && !IsOnItsWay(@case))
                await parts.Workspace.Apply(item.Reference, new PlanReminders(@case.Controllers[0].Id, wanted), now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A request that waits in the outbox, or of which nobody knows whether it went out, is no draft.</summary>
    internal static bool IsOnItsWay(Case @case) => @case.Letters.Any(letter => letter is { Kind: LetterKinds.Access, State: not SendState.Refused });

    /// <summary>A case is only sent, not yet waiting, when the program stopped between a server's yes and the start of the clock.</summary>
    private async Task StartClocks(CancellationToken cancellationToken)
    {
        foreach (var item in parts.Workspace.Cases.List(new CaseQuery { OpenOnly = true }).Where(item => item.State == CaseState.Sent))
        {
            var @case = parts.Workspace.Cases.Get(item.Reference);
            foreach (var letter in @case.Letters.Where(l => l is { Kind: LetterKinds.Access, State: SendState.Accepted } && @case.Controller(l.Controller).Clock is null))
                await parts.Options.AfterAccepted(new AcceptedLetter(item.Reference, letter.Number), cancellationToken).ConfigureAwait(false);
        }
    }
}
