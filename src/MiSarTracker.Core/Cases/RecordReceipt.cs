using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Fixes (or corrects) the day on which the request reached the controller: its clock runs. Also for a request that
/// went out by other means than our mail, so a controller in draft may be received.
/// </summary>
/// <param name="Clock">Computed from that day; extended if and only if the controller's clock is.</param>
/// <param name="Basis">How the day is known, for example "delivery report of 2026-11-22" or "the person's word".</param>
public sealed record RecordReceipt(string Controller, Clock Clock, string Basis) : IVerb<RecordReceipt>
{
    public static Decision Decide(Case @case, RecordReceipt command, Instant now)
    {
        Steps.RequireOpen(@case, "recording a receipt");
        var controller = @case.Controller(command.Controller);
        Days.RequireNotInFuture(command.Clock.Received, "The day of receipt", now);
        if (command.Clock.Extended != (controller.Clock?.Extended ?? false))
            throw new ArgumentException("The clock must be extended if and only if the controller's is.", nameof(command));
        if (controller.Clock == command.Clock && controller.ReceiptBasis == command.Basis)
            return Decision.Nothing(@case);

        var earlier = controller.Clock?.Received;
        var after = controller with
        {
            Clock = command.Clock,
            ReceiptBasis = command.Basis,
        };
        if (after.State is ControllerState.Draft or ControllerState.Sent)
            after = after.Becomes(ControllerState.Waiting);
        var day = Payload.Text(command.Clock.Received);
        var what = earlier is { } before && before != command.Clock.Received
            ? $"{controller.Name} received the request on {day}, not on {Payload.Text(before)} ({command.Basis})."
            : $"{controller.Name} received the request on {day} ({command.Basis}).";
        return Decision.Of(@case.With(after), "receipt-recorded", what, Payload.Of(
            ("controller", controller.Id),
            ("basis", command.Basis),
            ("clock", Payload.Of(command.Clock)),
            ("earlier", Payload.Text(earlier))));
    }
}

/// <summary>Days against moments.</summary>
internal static class Days
{
    /// <summary>Refuses a day that has not begun anywhere on Earth (UTC+14 is the first zone).</summary>
    public static void RequireNotInFuture(LocalDate day, string name, Instant now)
    {
        if (day > now.WithOffset(Offset.FromHours(14)).Date)
            throw new Refusal($"{name}, {Payload.Text(day)}, lies in the future.");
    }
}
