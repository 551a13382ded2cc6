using static MiSarTracker.Core.Cases.ControllerState;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Which state of a controller may follow which: the machine that the picture in README.md shows. A verb moves a controller
/// through <see cref="Becomes"/> and by no other way.
/// </summary>
public static class ControllerMoves
{
    private static readonly ControllerState[] Replied = [AnsweredInPart, Answered, Refused, NotController];

    private static readonly Dictionary<ControllerState, ControllerState[]> Following = new()
    {
        [Draft] = [Sent, Waiting, Received, Paused, .. Replied],
        [Sent] = [Waiting, Received, Paused, .. Replied],
        [Waiting] = [Received, Extended, Paused, Reminded, .. Replied],
        [Received] = [Extended, Paused, Reminded, .. Replied],
        [Extended] = [Paused, Reminded, .. Replied],
        [Paused] = [Received, Extended, .. Replied],
        [AnsweredInPart] = [Extended, Paused, Reminded, Answered, Refused, NotController],
        [Reminded] = [.. Replied],

        // What the person judged once may be judged again.
        [Answered] = [AnsweredInPart, Refused, NotController],
        [Refused] = [AnsweredInPart, Answered, NotController],
        [NotController] = [AnsweredInPart, Answered, Refused],
    };

    /// <summary>The states that may follow, in the order of the machine.</summary>
    public static IReadOnlyList<ControllerState> From(ControllerState state) => Following[state];

    /// <summary>Whether <paramref name="to"/> may follow; a state may always stay.</summary>
    public static bool May(ControllerState from, ControllerState to) => from == to || Following[from].Contains(to);

    /// <summary>The controller in its next state.</summary>
    /// <exception cref="Refusal">The machine has no such step; the remedy names those that it has.</exception>
    internal static CaseController Becomes(this CaseController controller, ControllerState next) => May(controller.State, next)
        ? controller with { State = next }
        : throw new Refusal(
            $"{controller.Id} is {ContractName.Of(controller.State)}; it cannot become {ContractName.Of(next)}.",
            $"It may become {string.Join(", ", From(controller.State).Select(ContractName.Of))}.");
}
