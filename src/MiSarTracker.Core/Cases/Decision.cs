using System.Text.Json.Nodes;
using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Something that happened to a case: an entry of the ledger. <paramref name="Kind"/> stands in the open chain and holds
/// nothing personal; the sentence and the data are the payload, which an erasure takes away.
/// </summary>
/// <param name="Kind">For example <c>letter-queued</c>.</param>
/// <param name="What">One plain sentence for the history.</param>
/// <param name="Data">Details: strings, whole numbers, booleans, lists and objects of them; never a secret.</param>
public sealed record CaseEvent(string Kind, string What, JsonObject Data);

/// <summary>A mail to be put into the outbox in the same transaction as the events.</summary>
/// <param name="Item">The letter or reminder that it carries: <c>L-001</c>, <c>N-001</c>.</param>
public sealed record Dispatch(string Item, OutgoingMail Mail);

/// <summary>What a verb decided: the case afterwards, what happened, and what is to be sent. No events: nothing changed.</summary>
public sealed record Decision(Case Case, IReadOnlyList<CaseEvent> Events, IReadOnlyList<Dispatch> Dispatches)
{
    public static Decision Nothing(Case @case) => new(@case, [], []);

    public static Decision Of(Case after, string kind, string what, JsonObject data) => new(after, [new CaseEvent(kind, what, data)], []);

    public Decision Sending(string item, OutgoingMail mail) => this with { Dispatches = [.. Dispatches, new Dispatch(item, mail)] };

    /// <summary>Goes on deciding from the case as it is now; the events add up.</summary>
    public Decision Then(Func<Case, Decision> next)
    {
        var further = next(Case);
        return new Decision(further.Case, [.. Events, .. further.Events], [.. Dispatches, .. further.Dispatches]);
    }
}

/// <summary>
/// A verb: a command record whose static <see cref="Decide"/> says what happens when it is applied to a case,
/// or throws <see cref="Refusal"/> with the reason and the steps that are possible instead.
/// </summary>
public interface IVerb<TSelf>
    where TSelf : IVerb<TSelf>
{
    static abstract Decision Decide(Case @case, TSelf command, Instant now);
}
