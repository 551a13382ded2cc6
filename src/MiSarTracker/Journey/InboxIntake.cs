using System.Security.Cryptography;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Core.Ports;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>What became of the mails of one reading.</summary>
public sealed record TakenMails
{
    /// <summary>Mails that were read whole.</summary>
    public int Read { get; set; }

    /// <summary>Those that were new and concern a case.</summary>
    public List<InboxItem> New { get; } = [];

    /// <summary>Those that had been taken in before, as these bytes or another delivery.</summary>
    public int Known { get; set; }

    /// <summary>Those that concern no case: nothing of them is kept.</summary>
    public int Others { get; set; }

    public List<string> Remarks { get; } = [];
}

/// <summary>
/// Takes mails in. What concerns no case is forgotten at once: neither kept nor logged. What does is in the vault and on the record
/// before the mailbox's progress moves on, so that a crash anywhere costs a second look and no mail.
/// </summary>
/// <param name="account">The mailbox, for the progress; empty for files.</param>
public sealed class InboxIntake(Workspace workspace, Templates templates, Settings settings, string account, IClock clock) : IMailTaker
{
    /// <summary>A storm of bounces and automatic replies ends here: more than so many for one case and day stay in the mailbox.</summary>
    public const int MostMachineMailsADay = 50;

    private readonly InboxReading _reading = new(workspace, templates, settings);
    private readonly InboxFollowUp _following = new(workspace, templates, settings);

    public TakenMails Taken { get; } = new();

    public LocalDate? Since => _reading.Since;

    public IReadOnlyList<string> BodyWords => _reading.BodyWords;

    public (long UidValidity, long LastUid)? Progress(string folder) => workspace.Inbox.Progress(account, folder);

    public bool Wants(MailHead head) => _reading.Matcher.MayConcern(head.Facts, head.IsReport);

    public async Task TakeAsync(MailHead head, Stream raw, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        raw.Position = 0;
        await raw.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        await TakeAsync(bytes.ToArray(), head.Folder, head.ArrivedAt, null, cancellationToken).ConfigureAwait(false);
    }

    public Task AdvanceAsync(string folder, long uidValidity, long lastUid, CancellationToken cancellationToken) =>
        workspace.Inbox.SaveProgress(account, folder, uidValidity, lastUid, clock.GetCurrentInstant(), cancellationToken);

    /// <param name="assigned">The case that the person named; null to find it.</param>
    /// <returns>The mail in the inbox; null when it concerns no case.</returns>
    public async Task<InboxItem?> TakeAsync(byte[] raw, string source, Instant? arrivedAt, CaseReference? assigned, CancellationToken cancellationToken)
    {
        Taken.Read++;
        var now = clock.GetCurrentInstant();
        var sorted = _reading.Sort(raw, Convert.ToHexStringLower(SHA256.HashData(raw)), source, arrivedAt, now, assigned);
        if (!sorted.Match.Concerns)
        {
            Taken.Others++;
            return null;
        }

        if (workspace.Inbox.Find(sorted.Item.Sha256, sorted.Item.Content) is { } known)
        {
            Taken.Known++;
            return known;
        }

        if (IsStorm(sorted.Item, now))
        {
            Taken.Remarks.Add($"{sorted.Item.Case} got more than {MostMachineMailsADay} automatic mails within a day; the others stay in the mailbox.");
            return null;
        }

        _ = workspace.Vault.Store(raw);
        var item = sorted.Item.Case is null
            ? await workspace.Inbox.Hold(sorted.Item, cancellationToken).ConfigureAwait(false)
            : await FileAsync(sorted, now, cancellationToken).ConfigureAwait(false);
        Taken.New.Add(item);
        return item;
    }

    /// <summary>Files a mail that waited with the case that the person chose.</summary>
    public async Task<InboxItem> AssignAsync(InboxItem waiting, CaseReference reference, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var raw = workspace.Vault.ReadChecked(waiting.Sha256);
        var sorted = _reading.Sort(raw, waiting.Sha256, waiting.Source, waiting.ArrivedAt, now, reference);
        return await FileAsync(sorted with { Item = sorted.Item with { Id = waiting.Id, TakenAt = waiting.TakenAt } }, now, cancellationToken).ConfigureAwait(false);
    }

    private async Task<InboxItem> FileAsync(SortedMail sorted, Instant now, CancellationToken cancellationToken)
    {
        var (item, facts) = (sorted.Item, sorted.Mail.Facts);
        var @case = workspace.Cases.Get(item.Case!.Value);
        var letter = item.Letter is { } number && @case.Letters.Any(one => one.Number == number) ? number : null;
        var filing = new RecordMail
        {
            Sha256 = item.Sha256,
            Size = item.Size,
            MessageId = item.MessageId,
            From = item.From,
            Subject = item.Subject,
            SentAt = item.SentAt,
            Automatic = item.Kind.IsByMachine(),
            Answers = letter,
        };
        var isOpen = @case.State is not (CaseState.Closed or CaseState.Erased);
        var report = isOpen && letter is not null && facts.Report is { Action: { } action } said
            ? new ReportDelivery(letter, action, string.Join(' ', new[] { said.Status, said.Diagnostic }.OfType<string>()), "")
            : null;
        var filed = await workspace.Inbox.File(item, filing, report, now, cancellationToken).ConfigureAwait(false);
        return isOpen ? await _following.AfterFilingAsync(filed, sorted, now, Taken.Remarks, cancellationToken).ConfigureAwait(false) : filed;
    }

    private bool IsStorm(InboxItem item, Instant now) => item.Case is { } reference && item.Kind.IsByMachine()
        && workspace.Inbox.OfCase(reference).Count(one => one.Kind.IsByMachine() && one.TakenAt > now - Duration.FromDays(1)) >= MostMachineMailsADay;
}
