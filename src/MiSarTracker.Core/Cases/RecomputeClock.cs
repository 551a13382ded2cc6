using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// A holiday table changed since a clock was computed. If its dates come out otherwise now, the clock moves and the change
/// is told; if they do not, everything stays as it was told then.
/// </summary>
/// <param name="Clock">From the same day of receipt, as it comes out now.</param>
/// <param name="Reason">What changed, in a half-sentence.</param>
public sealed record RecomputeClock(string Controller, Clock Clock, string Reason) : IVerb<RecomputeClock>
{
    public static Decision Decide(Case @case, RecomputeClock command, Instant now)
    {
        Steps.RequireOpen(@case, "computing a clock anew");
        var controller = @case.Controller(command.Controller);
        if (controller.Clock is not { } before)
            throw Steps.Refuse(@case, $"The day on which {controller.Id} received the request is not recorded: no clock runs.");
        if (command.Clock.Received != before.Received || command.Clock.Extended != before.Extended)
            throw new ArgumentException("A clock is computed anew from the same day of receipt, and stays extended or not.", nameof(command));
        if (!controller.IsOpen || before.HasDatesOf(command.Clock))
            return Decision.Nothing(@case);

        var due = before.Due == command.Clock.Due
            ? $"The last day stays {Payload.Text(before.Due)}"
            : $"The last day is now {Payload.Text(command.Clock.Due)}, not {Payload.Text(before.Due)}";
        var safe = before.Safe == command.Clock.Safe ? "" : $"; late beyond doubt after {Payload.Text(command.Clock.Safe)}, not {Payload.Text(before.Safe)}";
        return Decision.Of(@case.With(controller with { Clock = command.Clock }), "clock-recomputed", $"{controller.Name}: {command.Reason}. {due}{safe}.", Payload.Of(
            ("controller", controller.Id),
            ("reason", command.Reason),
            ("before", Payload.Of(before)),
            ("clock", Payload.Of(command.Clock))));
    }
}
