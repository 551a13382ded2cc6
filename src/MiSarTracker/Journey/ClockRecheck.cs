using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>A clock that comes out otherwise than it was told.</summary>
/// <param name="Before">As it was told.</param>
/// <param name="After">As it comes out now; stored, with the change in the history.</param>
public sealed record ChangedClock(CaseReference Case, string Controller, Clock Before, Clock After);

/// <summary>
/// Computes running clocks anew, because a holiday table, the person's own days or a profile changed since. A clock whose dates
/// come out the same keeps the words that were told then.
/// </summary>
public sealed class ClockRecheck(Workspace workspace, Templates templates, Settings settings)
{
    private const string Reason = "what the dates are computed from changed (a holiday table, your own days, or the vendor's profile)";

    private readonly Clocks _clocks = new(templates, settings);

    /// <summary>Every case with a running clock.</summary>
    public async Task<IReadOnlyList<ChangedClock>> AllAsync(Instant now, CancellationToken cancellationToken)
    {
        var changed = new List<ChangedClock>();
        foreach (var item in workspace.Cases.List(new CaseQuery { OpenOnly = true }).Where(item => item.Due is not null))
            changed.AddRange(await OneAsync(item.Reference, now, cancellationToken).ConfigureAwait(false));
        return changed;
    }

    /// <summary>One case.</summary>
    public async Task<IReadOnlyList<ChangedClock>> OneAsync(CaseReference reference, Instant now, CancellationToken cancellationToken)
    {
        var found = workspace.Cases.Get(reference);
        var changed = new List<ChangedClock>();
        if (found.State is CaseState.Closed or CaseState.Erased)
            return changed;
        foreach (var controller in found.Controllers.Where(c => c is { IsOpen: true, Clock: not null }))
        {
            var before = controller.Clock!;
            if (Anew(found, controller, before) is not { } after || before.HasDatesOf(after))
                continue;
            var decision = await workspace.Apply(reference, new RecomputeClock(controller.Id, after, Reason), now, cancellationToken).ConfigureAwait(false);
            if (decision.Events.Count == 0)
                continue;
            changed.Add(new ChangedClock(reference, controller.Id, before, after));
            if (!controller.HasOpenPause && !decision.Case.Complaints.Any(complaint => complaint.IsOpen))
                await workspace.Apply(reference, new PlanReminders(controller.Id, _clocks.Reminders(after)), now, cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    /// <returns>Null when it cannot be computed any more: what was told then stands.</returns>
    private Clock? Anew(Case found, CaseController controller, Clock before)
    {
        try
        {
            var facts = new ClockFacts(before.Received, before.Extended, before.Extended ? before.Due : null) { Pauses = controller.Pauses };
            var profile = templates.Vendor(found.Vendor);
            return _clocks.Of(CaseControllers.Of(found, profile, controller.Id), found.Person, found.Language, facts.By(profile));
        }
        catch (Refusal)
        {
            // The profile or the table is gone, or no longer covers the day.
            return null;
        }
    }
}
