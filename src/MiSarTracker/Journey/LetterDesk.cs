using System.Security.Cryptography;
using MiSarTracker.Core;
using MiSarTracker.Core.Authorities;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Ports;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Reports;
using NodaTime;
using Letter = MiSarTracker.Core.Letters.Letter;

namespace MiSarTracker.Journey;

/// <summary>What is asked of the desk.</summary>
/// <param name="Kind">The kind of letter.</param>
public sealed record LetterOrder(LetterKind Kind)
{
    /// <summary>Null for the case's.</summary>
    public string? Language { get; init; }

    /// <summary>Null for the first that the kind can speak to.</summary>
    public string? Controller { get; init; }

    /// <summary>Another address for this letter than the known one, or null.</summary>
    public string? To { get; init; }

    /// <summary>The id of the authority of a complaint; null for the one of the residence.</summary>
    public string? Authority { get; init; }

    /// <summary>A withdrawal takes back the complaint (true), the request (false), or the complaint when there is one (null).</summary>
    public bool? OfComplaint { get; init; }

    /// <summary>Points of the answer have examples with values.</summary>
    public bool WithValues { get; init; }

    /// <summary>The mail carries the printable letter too.</summary>
    public bool AttachPdf { get; init; }

    /// <summary>What the case's captures show, or null while there are none.</summary>
    public Uploaded? Seen { get; init; }

    /// <summary>What the last comparison found, or null while there is none.</summary>
    public LetterFindings? Findings { get; init; }

    /// <summary>A file that goes with the letter: the report of a complaint.</summary>
    public LetterAttachment? Enclosure { get; init; }

    /// <summary>When it is approved.</summary>
    public required Instant Now { get; init; }
}

/// <summary>A letter that is ready to be approved: its words, and the exact bytes that would go out.</summary>
/// <param name="Authority">Where a complaint goes, and why there; null in letters to the controller.</param>
/// <param name="Mail">Null when no address is known: then it goes by post or by a web form.</param>
/// <param name="Pdf">Makes the same letter for paper.</param>
public sealed record DraftLetter(Letter Letter, Controller Controller, AuthorityCandidate? Authority, PreparedMail? Mail, string? AddressReason, Func<byte[]> Pdf)
{
    /// <exception cref="Refusal">There is no address to which it could be mailed.</exception>
    public PreparedMail RequireMail() => Mail ?? throw new Refusal(
        $"No e-mail address of {Authority?.Authority.Name ?? Controller.Name} is known.",
        "Give one with --to, or send the letter by post: misar letter preview … --format pdf --output letter.pdf"
        + (Authority?.Authority.WebForm is { } form ? $", or use the web form {form}" : "") + ".");
}

/// <summary>Writes a case's letters and fixes their bytes. Reads nothing but what it is given.</summary>
public sealed class LetterDesk(Templates templates, Settings settings)
{
    /// <exception cref="Refusal">The letter cannot be written yet.</exception>
    public DraftLetter Write(Case @case, VendorProfile profile, LetterOrder order, CancellationToken cancellationToken)
    {
        var chosen = Choose(@case, order);
        var controller = profile.Controllers.FirstOrDefault(known => known.Id == chosen.Id)
            ?? throw new Refusal($"The profile {profile.Id} no longer knows the controller “{chosen.Id}”.", "Put it back into templates/vendors, or open a new case.");
        if (order.Kind == LetterKind.DataAct && !LetterLaw.HasDataAct(@case.Person.Country))
            throw new Refusal($"The Data Act, Regulation (EU) 2023/2854, gives rights to users in the European Union; the case's country is {@case.Person.Country}.");

        if (order.Kind == LetterKind.Reminder && chosen.State is (ControllerState.Refused or ControllerState.NotController))
            throw new Refusal($"{controller.Name} has answered ({ContractName.Of(chosen.State)}): a reminder would say that nothing came.", "Write to another controller with --controller, or a complaint.");

        var course = new LetterCourse(@case, chosen, settings.Person.Zone);
        var takenBack = order.Kind == LetterKind.Withdrawal && order.OfComplaint != false ? course.Complaint() : null;
        if (order.OfComplaint == true && takenBack is null)
            throw new Refusal($"No complaint was sent in {@case.Reference}, or it was taken back already.", "To take back the request: --of request.");
        var authority = order.Kind == LetterKind.Complaint || takenBack is not null ? AuthorityOf(@case, controller, order.Authority) : null;
        var known = takenBack?.Mail.To ?? (authority is null ? controller.Email : authority.Authority.Email);
        var address = order.To ?? known;
        var recipient = address is null ? null : EmailAddress.Parse(address, order.To is null ? $"the address of {authority?.Authority.Id ?? controller.Id}" : "--to");
        var facts = new LetterFactory(@case, profile, controller, course, settings).Facts(order, authority, recipient, takenBack, templates);
        var language = order.Language ?? @case.Language;
        var letters = templates.LetterTemplates();
        var letter = letters.Write(order.Kind, language, facts);
        var created = order.Now.InZone(settings.Person.Zone).ToDateTimeOffset();
        return new DraftLetter(
            letter,
            controller,
            authority,
            recipient is null ? null : Compose(@case, order, letter, facts, recipient, () => LetterPaper.Write(letter, created, cancellationToken)),
            Reason(order, authority, known, recipient),
            () => LetterPaper.Write(letters.Write(order.Kind, language, facts with { OnPaper = true }), created, cancellationToken));
    }

    private static CaseController Choose(Case @case, LetterOrder order) => order.Controller is { } id
        ? @case.Controller(id)
        : order.Kind == LetterKind.Access || order.Kind == LetterKind.DataAct
            ? @case.Controllers[0]
            : @case.Controllers.FirstOrDefault(known => known.State is not (ControllerState.Draft or ControllerState.NotController)) ?? @case.Controllers[0];

    private AuthorityCandidate AuthorityOf(Case @case, Controller controller, string? id)
    {
        var known = templates.Authorities();
        var candidates = AuthorityChoice.For(known, @case.Person.Country, null, controller.Establishment?.Country ?? controller.Country);
        var candidate = id is null
            ? candidates.Count > 0 ? candidates[0] : throw new Refusal($"No authority is known for {@case.Person.Country} or {controller.Country}.", "Name one with --authority.")
            : candidates.FirstOrDefault(one => one.Authority.Id == known.Get(id).Id) ?? new AuthorityCandidate(known.Get(id), ComplaintGround.Residence, ["Chosen by you."]);
        return candidate.Authority.Country == "CH"
            ? throw new Refusal(
                "Swiss law knows no complaint as Art. 77 GDPR does: what is reported to the Federal Data Protection and Information Commissioner (Art. 49 FADP) is a report in your own words.",
                "If the GDPR applies, name an authority in the Union with --authority.")
            : candidate;
    }

    private static string? Reason(LetterOrder order, AuthorityCandidate? authority, string? known, EmailAddress? recipient) =>
        recipient is null ? null
        : order.To is not null && order.To != known ? $"given for this letter; {(authority is null ? "the profile" : "the list of authorities")} says {known ?? "none"}"
        : authority is not null ? $"that of the authority {authority.Authority.Name}"
        : null;

    private PreparedMail Compose(Case @case, LetterOrder order, Letter letter, LetterFacts facts, EmailAddress recipient, Func<byte[]> pdf)
    {
        var sender = EmailAddress.Parse(@case.Person.Email, "your e-mail address");
        var number = @case.Letters.Count + 1;
        List<LetterAttachment> attachments = [];
        if (order.AttachPdf)
            attachments.Add(new LetterAttachment(SingleLine.Parse($"{@case.Reference}-{letter.Kind}.pdf", "the file's name"), "application/pdf", pdf()));
        if (order.Enclosure is { } enclosure)
            attachments.Add(enclosure);
        return LetterComposer.Compose(new LetterMail
        {
            MessageId = MessageId(@case, number, letter, recipient, order.Now, sender),
            EnvelopeId = LetterIdentity.EnvelopeId(@case.Reference.ToString(), number),
            FromName = SingleLine.Parse(@case.Person.Name, "your name"),
            From = sender,
            ToName = facts.Recipient.Name,
            To = recipient,
            Subject = SingleLine.Parse(letter.Subject.Value, "the subject"),
            Date = order.Now.InZone(settings.Person.Zone).ToOffsetDateTime(),
            Text = letter.Text,
            Html = letter.Html,
            Attachments = attachments,
        });
    }

    /// <summary>
    /// The same letter at the same moment has the same id, so a preview shows what would be sent; another person's or
    /// another moment's cannot.
    /// </summary>
    private static string MessageId(Case @case, int number, Letter letter, EmailAddress recipient, Instant now, EmailAddress sender)
    {
        var salt = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
            $"{@case.OpenedAt.ToUnixTimeTicks()}\n{now.ToUnixTimeTicks()}\n{recipient}\n{letter.Text}"));
        return LetterIdentity.MessageId(salt, @case.Reference.ToString(), number, sender);
    }
}
