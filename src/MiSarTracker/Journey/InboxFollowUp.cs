using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Storage;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Journey;

/// <summary>
/// What follows from a filed mail without anybody's word: a delivery report fixes the day of receipt where it was only presumed, a
/// reply proves that the letter was there, an answer's files become an exhibit. No clock moves by what a mail says.
/// </summary>
public sealed class InboxFollowUp(Workspace workspace, Templates templates, Settings settings)
{
    private readonly Replies _replies = new(workspace, templates, settings);

    /// <param name="remarks">What the person should know is added.</param>
    public async Task<InboxItem> AfterFilingAsync(InboxItem item, SortedMail sorted, Instant now, List<string> remarks, CancellationToken cancellationToken)
    {
        var trusted = sorted.Match.Hit is { Trust: MatchTrust.High };
        if (trusted && item.Letter is not null)
            await ReceiptAsync(item, sorted, now, cancellationToken).ConfigureAwait(false);
        if (item.Kind == MailKind.Bounce && item.Letter is not null)
            remarks.Add($"{item.Case} {item.Letter} came back ({item.Number}): it did not arrive. Check the address, and send it again with --to.");
        if (item.Kind.IsByMachine() || sorted.Match.Hit is { Trust: MatchTrust.Low } || InboxDetails.Parse(item.Details).Warnings.Count > 0 || !sorted.Mail.Attachments.Any(InboxReading.IsData))
            return item;
        return await new InboxExhibit(workspace, templates, settings).AddAsync(item, [], now, remarks, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReceiptAsync(InboxItem item, SortedMail sorted, Instant now, CancellationToken cancellationToken)
    {
        var reference = item.Case!.Value;
        var letter = workspace.Cases.Get(reference).Letters.FirstOrDefault(one => one.Number == item.Letter);
        if (letter is null || letter.Kind != LetterKinds.Access)
            return;
        // Who reports on a letter has got it: the outcome that the broken line left open is known now.
        if (letter.State == SendState.Unknown)
        {
            _ = await workspace.Apply(reference, new RecordSendOutcome(letter.Number, SendState.Accepted, $"known by {item.Mail}"), now, cancellationToken).ConfigureAwait(false);
            _ = await new AfterSending(workspace, templates, settings).RecordAsync(reference, letter.Number, now, cancellationToken).ConfigureAwait(false);
        }

        var controller = workspace.Cases.Get(reference).Controller(letter.Controller);
        if (controller.Clock is not null && controller.ReceiptBasis != AfterSending.Presumed)
            return;
        var day = DayOf(item, letter, now);
        var said = LocalDatePattern.Iso.Format(day);
        var action = sorted.Mail.Facts.Report?.Action;
        if (action == DeliveryAction.Delivered)
            await _replies.ReceivedAsync(reference, controller.Id, day, $"delivery report of {said} ({item.Mail})", now, cancellationToken).ConfigureAwait(false);
        else if (action == DeliveryAction.Displayed || (action is null && !item.Kind.IsByMachine()))
        {
            // It was there on that day at the latest; the day of acceptance stays the day that is presumed.
            var how = action is null ? $"its reply of {said} ({item.Mail})" : $"its receiver's notice of {said} ({item.Mail})";
            var basis = controller.Clock is null ? $"at the latest, by {how}" : $"presumed: the day on which the mail server accepted the letter; that it arrived is shown by {how}";
            await _replies.ReceivedAsync(reference, controller.Id, controller.Clock?.Received ?? day, basis, now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The day on the person's calendar: by the mail's own Date where that is possible, else by the mailbox's word, else today.</summary>
    private LocalDate DayOf(InboxItem item, Letter letter, Instant now)
    {
        var earliest = letter.QueuedAt - Duration.FromHours(1);
        var moment = new[] { item.SentAt, item.ArrivedAt }.OfType<Instant>().Where(one => one >= earliest && one <= now + Duration.FromHours(1)).Append(now).First();
        return Instant.Min(moment, now).InZone(settings.Person.Zone).Date;
    }
}
