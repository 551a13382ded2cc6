using MiSarTracker.Core.Deadlines;

namespace MiSarTracker.Core.Cases;

/// <summary>The data subject as at the opening of the case; later changes of the settings do not rewrite a case.</summary>
/// <param name="Country">ISO 3166 code of the place of residence, upper case.</param>
public sealed record Person(string Name, string Email, string Country);

/// <summary>Something by which the controller can find the person: kind and value, for example <c>user-id</c> and <c>3000000001</c>.</summary>
public sealed record Identifier(string Kind, string Value);

/// <summary>A controller chosen from the vendor's profile when the case was opened.</summary>
public sealed record ControllerChoice(string Id, string Name);

/// <summary>One controller of a case with its own clock and its own replies.</summary>
public sealed record CaseController
{
    /// <summary>The id in the vendor's profile.</summary>
    public required string Id { get; init; }

    /// <summary>The name in the profile when the case was opened.</summary>
    public required string Name { get; init; }

    public ControllerState State { get; init; }

    /// <summary>Null until the day of receipt is fixed.</summary>
    public Clock? Clock { get; init; }

    /// <summary>How the day of receipt is known, for example "the person's word"; null as long as <see cref="Clock"/> is.</summary>
    public string? ReceiptBasis { get; init; }

    /// <summary>What it wrote, oldest first as recorded.</summary>
    public ValueList<Reply> Replies { get; init; }

    /// <summary>How to reach one that the profile does not know; null for one of the profile.</summary>
    public Contact? Contact { get; init; }

    /// <summary>Which controller sent the person here; null when the person chose it.</summary>
    public Redirect? Redirect { get; init; }

    /// <summary>Its questions that may suspend the clock, oldest first as recorded.</summary>
    public ValueList<Pause> Pauses { get; init; }

    /// <summary>A question of its waits for the person's answer.</summary>
    public bool HasOpenPause => Pauses.Any(pause => pause.IsOpen);

    /// <summary>Something is still expected from it.</summary>
    public bool IsOpen => State is ControllerState.Sent or ControllerState.Waiting or ControllerState.Received or ControllerState.Extended
        or ControllerState.Paused or ControllerState.AnsweredInPart or ControllerState.Reminded;
}
