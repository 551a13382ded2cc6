using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Makes a controller's pending reminders what they should be: new ones are added, moved ones move, those that are no
/// longer wanted are cancelled. Saying the same plan twice changes nothing. A reminder that was fired is not planned
/// again unless its moment lies later than the one that was fired for.
/// </summary>
/// <param name="Wanted">At most one of a kind.</param>
public sealed record PlanReminders(string Controller, ValueList<PlannedReminder> Wanted) : IVerb<PlanReminders>
{
    public static Decision Decide(Case @case, PlanReminders command, Instant now)
    {
        Steps.RequireOpen(@case, "planning reminders");
        _ = @case.Controller(command.Controller);
        if (command.Wanted.DistinctBy(w => w.Kind).Count() != command.Wanted.Count)
            throw new ArgumentException("A kind of reminder is planned at most once.", nameof(command));
        return Change(@case, command.Controller, command.Wanted);
    }

    /// <summary>Cancels what is pending for a controller.</summary>
    internal static Decision Cancel(Case @case, string controller, Instant now) => Change(@case, controller, []);

    private static Decision Change(Case @case, string controller, ValueList<PlannedReminder> wanted)
    {
        var after = @case.Reminders
            .Select(r => r.Controller != controller || r.State != ReminderState.Pending ? r
                : wanted.FirstOrDefault(w => w.Kind == r.Kind) is { } plan ? r with { Due = plan.Due }
                : r with { State = ReminderState.Cancelled })
            .ToValueList();
        foreach (var plan in wanted.Where(plan => !after.Any(r => r.Controller == controller && Covers(r, plan))))
        {
            after = after.With(new Reminder
            {
                Number = Steps.NextNumber('N', after.Select(r => r.Number)),
                Kind = plan.Kind,
                Controller = controller,
                Due = plan.Due,
            });
        }

        if (after == @case.Reminders)
            return Decision.Nothing(@case);
        var what = wanted.Count == 0
            ? $"Reminders for {controller} cancelled."
            : $"Reminders for {controller} planned: " + string.Join(", ", wanted.Select(w => $"{w.Kind} {w.Due.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC")) + ".";
        return Decision.Of(@case with { Reminders = after }, "reminders-planned", what, Payload.Of(
            ("controller", controller),
            ("wanted", new JsonArray([.. wanted.Select(w => Payload.Of(("kind", w.Kind), ("due", Payload.Text(w.Due))))]))));
    }

    private static bool Covers(Reminder reminder, PlannedReminder plan) => reminder.Kind == plan.Kind && reminder.State switch
    {
        ReminderState.Pending => true,
        ReminderState.Fired => reminder.Due >= plan.Due,
        _ => false,
    };
}
