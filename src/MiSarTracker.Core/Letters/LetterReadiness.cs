using NodaTime;

namespace MiSarTracker.Core.Letters;

/// <summary>Whether the facts bear a letter of a kind: nobody is accused too early, and no letter speaks of nothing.</summary>
internal static class LetterReadiness
{
    private static readonly LocalDate DataActApplies = new(2025, 9, 12);

    /// <exception cref="Refusal">With the reason, and what would have to be there first.</exception>
    public static void Require(LetterFacts facts, LetterKind kind)
    {
        if (kind == LetterKind.DataAct)
            RequireDataAct(facts);
        if (kind == LetterKind.Access || kind == LetterKind.DataAct)
            return;
        if (facts.Prior is null)
            throw new Refusal($"A letter of the kind {kind} follows up a request, and none was sent in {facts.Reference}.", "Send the access request first; if it went out by other means, record the day of its receipt (misar case received).");
        if (kind == LetterKind.Reminder && facts.Prior.Answered is { } answered)
            throw new Refusal($"An answer is recorded of {Deadlines.IsoDate.Text(answered)}: a reminder would say that none came.", "What it lacks is told in a letter of the kind deficiency.");
        if (kind == LetterKind.Reminder && facts.Prior.Due >= facts.Date)
            throw new Refusal($"The controller has until {Deadlines.IsoDate.Text(facts.Prior.Due)} to answer; a reminder of {Deadlines.IsoDate.Text(facts.Date)} would be too early.");
        if (kind == LetterKind.Deficiency)
            RequireDeficiencies(facts, facts.Prior);
        if (kind == LetterKind.Objection)
            RequireObjections(facts);
        if (kind == LetterKind.Complaint)
            RequireFaults(facts);
    }

    private static void RequireDeficiencies(LetterFacts facts, PriorRequest prior)
    {
        if (prior.Answered is null)
            throw new Refusal($"No answer is recorded in {facts.Reference}, so nothing in it can be incomplete.", "Add the answer, or write a reminder.");
        if (facts.Deficiencies.Count == 0)
            throw new Refusal($"The comparison of {facts.Reference} found nothing to hold against the answer.");
        if (facts.Deficiencies.FirstOrDefault(deficiency => !Deficiency.Kinds.Contains(deficiency.Kind)) is { } other)
            throw new Refusal($"A finding of the kind \"{other.Kind}\" is no fault of an answer.", $"Possible kinds: {string.Join(", ", Deficiency.Kinds)}.");
    }

    private static void RequireObjections(LetterFacts facts)
    {
        if (facts.Objections.Count == 0)
        {
            throw new Refusal(
                $"There is nothing to object to in {facts.Reference}: no late or unreasoned extension, no demand for proof of identity and no fee is recorded.",
                "Record what came first: misar response record … --kind extension|identity|fee.");
        }

        if (facts.Objections.FirstOrDefault(objection => !Objection.Kinds.Contains(objection.Kind)) is { } other)
            throw new Refusal($"\"{other.Kind}\" is nothing that an objection is about.", $"Possible kinds: {string.Join(", ", Objection.Kinds)}.");
    }

    private static void RequireFaults(LetterFacts facts)
    {
        if (facts.Faults.Count == 0)
        {
            throw new Refusal(
                $"There is nothing to complain about in {facts.Reference} yet: the controller has time until {Deadlines.IsoDate.Text(facts.Prior!.Due)}, and no fault is recorded.",
                "After an answer compare it first: misar compare.");
        }

        if (facts.Faults.FirstOrDefault(fault => !Fault.Kinds.Contains(fault.Kind) || (fault.Data is null && Deficiency.Kinds.Contains(fault.Kind))) is { } other)
            throw new Refusal($"\"{other.Kind}\" is no fault that a complaint can name.", $"Possible kinds: {string.Join(", ", Fault.Kinds)}.");
        if (facts.Authority is null)
            throw new Refusal("No authority is known to which the complaint could go.", "Name it with --authority.");
    }

    private static void RequireDataAct(LetterFacts facts)
    {
        if (facts.Regime != LetterRegime.Eu)
            throw new Refusal("Regulation (EU) 2023/2854 (Data Act) gives rights to users in the Union; this case is not under its law.");
        if (facts.Date < DataActApplies)
            throw new Refusal($"The Data Act applies since {Deadlines.IsoDate.Text(DataActApplies)}; a letter of {Deadlines.IsoDate.Text(facts.Date)} cannot rest on it.");
    }
}
