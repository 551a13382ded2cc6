using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Takes everything personal out of a case. What remains: the reference, the vendor's id, when it was opened and erased,
/// and the ledger's chain, whose payloads the store deletes in the same transaction.
/// </summary>
public sealed record EraseCase : IVerb<EraseCase>
{
    /// <summary>The event's kind; the ledger's verifier accepts missing payloads of a case before it.</summary>
    public const string Kind = "case-erased";

    public static Decision Decide(Case @case, EraseCase command, Instant now)
    {
        if (@case.State == CaseState.Erased)
            throw Steps.Refuse(@case, $"{@case.Reference} is erased already.");
        if (@case.Letters.FirstOrDefault(l => l.State == SendState.Handed) is { } handed)
            throw Steps.Refuse(@case, $"{handed.Number} is being sent at this moment; erase the case when its outcome is known.");
        var erased = new Case
        {
            Reference = @case.Reference,
            Vendor = @case.Vendor,
            Person = new Person("", "", ""),
            Language = @case.Language,
            OpenedAt = @case.OpenedAt,
            ErasedAt = now,
        };
        return Decision.Of(erased, Kind, "All personal data of the case was erased.", []);
    }
}
