using MiSarTracker.Core.Deadlines;
using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>The person answered the controller's question, or objected to it: the pause ends.</summary>
/// <param name="On">The day on which the answer went out.</param>
/// <param name="Clock">The clock with the pause that ended; null when none runs.</param>
public sealed record AnswerQuestion(string Controller, LocalDate On, Clock? Clock) : IVerb<AnswerQuestion>
{
    public static Decision Decide(Case @case, AnswerQuestion command, Instant now)
    {
        Steps.RequireOpen(@case, "recording an answer to a question");
        var controller = @case.Controller(command.Controller);
        Days.RequireNotInFuture(command.On, "The day of your answer", now);
        if (!controller.HasOpenPause)
            throw Steps.Refuse(@case, $"{controller.Id} has no open question: neither an identity nor a clarification question waits for an answer.");
        if (controller.Pauses.First(p => p.IsOpen) is { } open && command.On < open.From)
            throw Steps.Refuse(@case, $"The question came on {Payload.Text(open.From)}; it cannot have been answered on {Payload.Text(command.On)}.");

        var after = controller with { Pauses = Ended(controller.Pauses, command.On), Clock = command.Clock ?? controller.Clock };
        if (after.State == ControllerState.Paused)
            after = after.Becomes(after.Clock is { Extended: true } ? ControllerState.Extended : ControllerState.Received);
        return Decision.Of(@case.With(after), "question-answered", $"You answered {controller.Name}'s question on {Payload.Text(command.On)}.", Payload.Of(
            ("controller", controller.Id),
            ("on", Payload.Text(command.On)),
            ("clock", command.Clock is { } clock ? Payload.Of(clock) : null)));
    }

    /// <summary>The pauses with the open ones ended on a day.</summary>
    public static ValueList<Pause> Ended(ValueList<Pause> pauses, LocalDate on) => pauses.Replace(p => p.IsOpen, p => p with { Until = on });
}
