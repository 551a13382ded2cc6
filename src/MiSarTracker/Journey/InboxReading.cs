using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>A mail with what it was found to be: not yet stored.</summary>
/// <param name="Item">As it would stand in the inbox.</param>
public sealed record SortedMail(InboxItem Item, ReadMail Mail, MailMatch Match, ReplyGuess Guess);

/// <summary>Reads a mail's bytes, finds its case and tells what it is. Stores nothing.</summary>
public sealed class InboxReading
{
    private static readonly string[] DownloadWords =
        ["download", "export", "/dl/", "dsar", "takeout", "file", ".zip", ".csv", ".json", "transfer", "share", "s3.", "oss-", "obs."];

    private readonly Workspace _workspace;
    private readonly Settings _settings;
    private readonly IReadOnlyList<LanguagePatterns> _languages;
    private readonly ReplyClassifier _classifier;
    private readonly IReadOnlyDictionary<CaseReference, CaseTraces> _traces;

    public InboxReading(Workspace workspace, Templates templates, Settings settings)
    {
        (_workspace, _settings, _languages) = (workspace, settings, templates.Article15());
        _classifier = new ReplyClassifier(templates.Replies());
        var stored = workspace.Inbox.Traces();
        _traces = stored.Select(one => WithProfile(one, Emails(templates, one.Vendor))).ToDictionary(one => one.Case);
        Matcher = new MailMatcher([.. _traces.Values], stored.Select(one => one.PersonEmail).Append(settings.Person.Email).Where(address => address.Length > 0));
        Since = stored.Count == 0 ? null : stored.Min(one => one.Since);
    }

    public MailMatcher Matcher { get; }

    /// <summary>The earliest day on which an answer to any case can have come; null without cases.</summary>
    public LocalDate? Since { get; }

    /// <summary>What a server is asked for in the texts of mails: the references while they are few, else how all begin.</summary>
    public IReadOnlyList<string> BodyWords => _traces.Count <= 20 ? [.. _traces.Keys.Select(reference => reference.ToString())] : ["SAR-"];

    /// <param name="assigned">The case that the person chose; null to find it.</param>
    public SortedMail Sort(byte[] raw, string sha256, string source, Instant? arrivedAt, Instant now, CaseReference? assigned = null)
    {
        var mail = MailReader.Read(raw, _settings.Mail.AuthenticationServer is { Length: > 0 } server ? server : null);
        var match = assigned is { } reference ? new MailMatch(Matcher.Assigned(mail.Facts, reference), [], null) : Matcher.Match(mail.Facts);
        var hit = match.Hit;
        var own = mail.Facts with { Text = OwnWords.Of(mail.Facts.Text, _languages) };
        var hasFiles = mail.Attachments.Any(IsData) || mail.Links.Any(IsDownload);
        var guess = match.Concerns ? _classifier.Classify(own, LetterText(hit), hasFiles) : new ReplyGuess(MailKind.Unclear, null, [], null);
        var asked = hit is not null && _traces.TryGetValue(hit.Case, out var traces) ? traces.Controllers : [];
        var item = new InboxItem
        {
            Sha256 = sha256,
            Content = mail.Content,
            Size = raw.Length,
            TakenAt = now,
            ArrivedAt = arrivedAt,
            Source = source,
            MessageId = mail.Facts.MessageId,
            From = mail.Facts.From.Length > 0 ? mail.Facts.From : "(no sender)",
            Subject = mail.Facts.Subject,
            SentAt = mail.Facts.SentAt,
            State = hit is null ? InboxState.Waiting : InboxState.Filed,
            Case = hit?.Case,
            Controller = hit?.Controller,
            Letter = hit?.Letter,
            Candidates = match.Candidates.Select(one => one.Case).ToValueList(),
            Kind = guess.Kind,
            Details = Details(mail, match, guess, asked, own.Text).ToJson(),
        };
        return new SortedMail(item, mail, match, guess);
    }

    /// <summary>Whether a file may hold data: not a signature, a picture of a logo, a calendar entry.</summary>
    public static bool IsData(MailAttachment file) =>
        !(file.MediaType is "application/pgp-signature" or "application/pkcs7-signature" or "application/x-pkcs7-signature" or "text/calendar" or "text/vcard" or "text/x-vcard"
            || file.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase));

    /// <summary>An address behind which something can be fetched, by its words; a home page or an unsubscribing is none.</summary>
    internal static bool IsDownload(string link) =>
        DownloadWords.Any(word => link.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !link.Contains("unsubscribe", StringComparison.OrdinalIgnoreCase);

    private InboxDetails Details(ReadMail mail, MailMatch match, ReplyGuess guess, IReadOnlyList<ControllerTrace> asked, string ownText)
    {
        var sign = match.Hit ?? (match.Candidates.Count > 0 ? match.Candidates[0] : null);
        return new InboxDetails
        {
            MatchedBy = sign is null ? null : ContractName.Of(sign.By),
            Trust = sign is null ? null : ContractName.Of(sign.Trust),
            Because = sign?.Because,
            Unsure = match.Why,
            Guess = ContractName.Of(guess.Kind),
            Sentence = Short(guess.Sign?.Sentence),
            Rule = guess.Sign?.Rule,
            RuleBecause = guess.Sign?.Because ?? guess.Why,
            Also = [.. guess.Also.Select(one => $"{ContractName.Of(one.Kind)}: {Short(one.Sentence)}")],
            Until = _classifier.UntilIn(guess),
            Reasons = Short(_classifier.ReasonsIn(guess, mail.Facts.Text)),
            Robot = mail.Facts.Robot.Reasons,
            Doubts = mail.Doubts,
            Authentication = [.. (mail.Authentication?.Results ?? []).Select(one => one.ToString())],
            Warnings = SenderWarnings.Of(mail.Facts, asked, mail.Authentication),
            Attachments = mail.Attachments,
            Links = [.. mail.Links.Where(link => ownText.Contains(link, StringComparison.Ordinal) && IsDownload(link))],
            Report = mail.Facts.Report is { Action: { } action } report ? string.Join(' ', new[] { ContractName.Of(action), report.Recipient, report.Status, report.Diagnostic }.OfType<string>()) : null,
        };
    }

    /// <summary>The letter that a mail answers, as it stands in the vault; empty when it is not known.</summary>
    private string LetterText(MatchHit? hit)
    {
        if (hit is null)
            return "";
        var letters = _workspace.Cases.Get(hit.Case).Letters;
        return string.Join("\n\n", letters.Where(letter => _workspace.Vault.Contains(letter.Mail.Sha256)).Select(letter => MailReader.Read(_workspace.Vault.ReadChecked(letter.Mail.Sha256)).Facts.Text));
    }

    private static CaseTraces WithProfile(StoredTraces stored, Dictionary<string, string> emails) => stored.Traces with
    {
        Controllers = [.. stored.Traces.Controllers.Select(one => emails.TryGetValue(one.Id, out var email) ? one with { Addresses = [.. one.Addresses.Append(email).Distinct()] } : one)],
    };

    private static Dictionary<string, string> Emails(Templates templates, string vendor)
    {
        try
        {
            return templates.Vendor(vendor).Controllers.Where(one => one.Email is not null).ToDictionary(one => one.Id, one => one.Email!.ToLowerInvariant());
        }
        catch (MisarFailure)
        {
            // A profile that was removed or broken since must not keep the answers of its cases from coming in.
            return [];
        }
    }

    private static string? Short(string? sentence) => sentence is { Length: > 400 } ? sentence[..399] + "…" : sentence;
}
