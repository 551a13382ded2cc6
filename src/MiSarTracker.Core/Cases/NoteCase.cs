using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>Writes a sentence of the person into the case's history. Also possible when the case is closed.</summary>
public sealed record NoteCase(string Text) : IVerb<NoteCase>
{
    public static Decision Decide(Case @case, NoteCase command, Instant now)
    {
        if (@case.State == CaseState.Erased)
            throw Steps.Refuse(@case, $"{@case.Reference} is erased: a note is not possible.");
        if (string.IsNullOrWhiteSpace(command.Text))
            throw new Refusal("The note is empty.");
        return Decision.Of(@case, "note", command.Text.Trim(), Payload.Of(("text", command.Text.Trim())));
    }
}
