using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>What the person says about a mail.</summary>
/// <param name="Kind">Null for what the rules took it for.</param>
/// <param name="Received">Null for the day on which it arrived.</param>
public sealed record MailJudgement(MailKind? Kind, LocalDate? Received, LocalDate? Until, string? Reasons, string? Controller, IReadOnlyList<string> Passwords);

/// <summary>The person's part: what a mail is, and what the clock makes of it.</summary>
public sealed class InboxDesk(Workspace workspace, Templates templates, Settings settings)
{
    /// <summary>Confirms what a mail is. A reply becomes an exhibit and moves the clock as the law says; a machine's mail moves nothing.</summary>
    /// <returns>The mail, and the case as it stands then; null when no reply was recorded.</returns>
    /// <exception cref="Refusal">It waits for a case, was dismissed, was confirmed, or its kind is unclear and none was given.</exception>
    public async Task<(InboxItem Item, Recorded? Recorded)> ConfirmAsync(InboxItem item, MailJudgement judgement, Instant now, List<string> remarks, CancellationToken cancellationToken)
    {
        if (item.Case is not { } reference)
        {
            throw item.State == InboxState.Dismissed
                ? new Refusal($"{item.Number} was dismissed; nothing of it is kept.", "misar inbox add FILE takes it in again.")
                : new Refusal($"{item.Number} belongs to no case yet.", $"misar inbox assign {item.Number} REF");
        }

        var kind = judgement.Kind ?? item.Kind;
        if (kind == MailKind.Unclear)
            throw new Refusal($"What {item.Number} is, no rule could tell.", $"Say it: misar inbox confirm {item.Number} --kind extension (or answer, identity, …)");
        var exhibits = new InboxExhibit(workspace, templates, settings);
        if (kind.AsReply() is not { } reply)
        {
            return (await workspace.Inbox.Change(item.Id, one => one with { State = InboxState.Confirmed, Kind = kind }, cancellationToken).ConfigureAwait(false), null);
        }

        item = await exhibits.AddAsync(item, judgement.Passwords, now, remarks, cancellationToken).ConfigureAwait(false);
        if (item.State == InboxState.Confirmed && item.Kind == kind)
            return (item, null);
        if (item.State == InboxState.Confirmed && item.Kind.AsReply() is not null)
            throw new Refusal($"{item.Number} was recorded as {ContractName.Of(item.Kind)}.", $"Record what else it is with: misar response record {reference} --kind {ContractName.Of(reply)} --exhibit {item.Exhibit}");
        var received = judgement.Received ?? exhibits.ReceivedOn(item, now);
        var recorded = await new Replies(workspace, templates, settings).RecordAsync(
            reference, new ReplyOf(reply, received, judgement.Controller ?? item.Controller, judgement.Until, judgement.Reasons ?? ReasonsOf(item, kind), item.Exhibit), now, cancellationToken).ConfigureAwait(false);
        item = await workspace.Inbox.Change(item.Id, one => one with { State = InboxState.Confirmed, Kind = kind, Controller = recorded.Controller.Id }, cancellationToken).ConfigureAwait(false);
        return (item, recorded);
    }

    /// <summary>The sentence that gives them, when the person takes the mail for what the rules took it for.</summary>
    private static string? ReasonsOf(InboxItem item, MailKind kind) =>
        InboxDetails.Parse(item.Details) is { Reasons: { } reasons } details && details.Guess == ContractName.Of(kind) ? reasons : null;
}
