using MiSarTracker.Commands;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Formats.Answers.Documents;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>Makes a filed mail a response exhibit: the raw mail, read as <c>response add</c> reads one.</summary>
public sealed class InboxExhibit(Workspace workspace, Templates templates, Settings settings)
{
    /// <param name="passwords">Tried on what is locked in it.</param>
    /// <param name="remarks">What could not be read, and what a mail of the case says about a password, is added.</param>
    /// <returns>The mail with its exhibit's number; unchanged when it cannot be read as an answer.</returns>
    public async Task<InboxItem> AddAsync(InboxItem item, IReadOnlyList<string> passwords, Instant now, List<string> remarks, CancellationToken cancellationToken)
    {
        var reference = item.Case!.Value;
        var @case = workspace.Cases.Get(reference);
        var known = AddExhibit.Find(@case, ExhibitKind.Response, item.Sha256);
        var kept = known is { HasPassword: true } ? ExhibitPasswords.Split(workspace.Secrets.Get(SecretStore.NameOf(reference, known.Number))) : [];
        using var documents = new DocumentProcess();
        using var file = workspace.Vault.OpenRead(item.Sha256);
        var name = $"{item.Mail}.eml";
        using var taken = new AnswerIntake(templates.Vendor(@case.Vendor), documents).Read(file, name, [.. passwords, .. kept], cancellationToken);
        if (taken.Summary is null)
        {
            remarks.Add($"{item.Number} cannot be read as an answer: {taken.Refused?.Reason}");
            return item;
        }

        if (taken.IsLocked)
            remarks.Add(Locked(item, taken, cancellationToken));
        var received = known?.Received ?? ReceivedOn(item, now);
        var register = taken.Mapper.Finish(item.Sha256, taken.Summary.Format, received, known?.AddedAt ?? now, null, null);
        List<string> opened = [.. kept.Union(taken.Summary.Opened)];
        var exhibit = await workspace.AddExhibit(
            reference,
            new AddExhibit
            {
                Kind = ExhibitKind.Response,
                FileName = name,
                Size = item.Size,
                Sha256 = item.Sha256,
                Format = taken.Summary.Format,
                Received = received,
                Controller = item.Controller,
                PasswordsBefore = known is { HasPassword: true } && kept.Count == 0 ? opened.Count : kept.Count,
                Summary = Screen.ToJson(json => AnswerJson.Write(json, name, item.Sha256, taken, (null, null), register.Archives)),
            },
            known is null || opened.Count > kept.Count ? ExhibitPasswords.Join(opened) : null,
            now,
            cancellationToken).ConfigureAwait(false);
        return item.Exhibit == exhibit.Number ? item : await workspace.Inbox.Change(item.Id, one => one with { Exhibit = exhibit.Number }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The passwords that the case's mails and the mail itself seem to name; a guess, never tried without the person's word.</summary>
    public IReadOnlyList<(string Mail, PasswordHint Hint)> Hints(CaseReference reference) =>
        [.. workspace.Cases.Get(reference).Mails.Where(mail => workspace.Vault.Contains(mail.Sha256))
            .SelectMany(mail => PasswordHint.In(mail.Number, Mail.Receiving.MailReader.Read(workspace.Vault.ReadChecked(mail.Sha256)).Facts.Text).Select(hint => (mail.Number, hint)))];

    /// <summary>The day of its arrival on the person's calendar.</summary>
    public LocalDate ReceivedOn(InboxItem item, Instant now) =>
        Instant.Min(item.ArrivedAt ?? item.SentAt ?? now, now).InZone(settings.Person.Zone).Date;

    private string Locked(InboxItem item, TakenAnswer taken, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var what = taken.Summary!.Locked.Count > 0 ? taken.Summary.Locked[0].ToString() : "a file in it";
        return Hints(item.Case!.Value) is [var first, ..]
            ? $"{item.Number}: {what} is locked. {first.Mail} line {first.Hint.Line} seems to name its password: misar inbox confirm {item.Number} --passwords-from-mails tries it."
            : $"{item.Number}: {what} is locked. Give its password: misar inbox confirm {item.Number} --password-file FILE";
    }
}
