using System.Security.Cryptography;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Ports;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Mail.Sending;
using NodaTime;
using Letter = MiSarTracker.Core.Letters.Letter;

namespace MiSarTracker.Journey;

/// <summary>A letter that is ready to be approved: its words, and the exact bytes that would go out.</summary>
public sealed record DraftLetter(Letter Letter, PreparedMail Mail, Controller Controller, string? AddressReason);

/// <summary>Writes a case's letters and fixes their bytes. Reads nothing but what it is given.</summary>
public sealed class LetterDesk(Templates templates, Settings settings)
{
    /// <param name="case">The case.</param>
    /// <param name="profile">Its vendor.</param>
    /// <param name="kind">The kind of letter.</param>
    /// <param name="language">Null for the case's.</param>
    /// <param name="controllerId">Null for the case's first.</param>
    /// <param name="to">Another address for this letter than the profile's, or null.</param>
    /// <param name="seen">What the case's captures show, or null while there are none.</param>
    /// <param name="now">When it is approved.</param>
    /// <exception cref="Refusal">The letter cannot be written yet, or there is no address.</exception>
    public DraftLetter Write(
        Case @case, VendorProfile profile, LetterKind kind, string? language, string? controllerId, string? to, Uploaded? seen, Instant now)
    {
        var controller = ControllerOf(@case, profile, controllerId);
        var address = to ?? controller.Email ?? throw new Refusal(
            $"No e-mail address of {controller.Name} is known.", "Give one with --to, or send the letter by post: misar letter preview … --format text.");
        var recipient = EmailAddress.Parse(address, to is null ? $"the address of {controller.Id}" : "--to");
        var sender = EmailAddress.Parse(@case.Person.Email, "your e-mail address");
        var zone = settings.Person.Zone;
        var facts = Facts(@case, profile, controller, recipient, seen, now.InZone(zone).Date);
        var letter = templates.LetterTemplates().Write(kind, language ?? @case.Language, facts);
        var number = @case.Letters.Count + 1;
        var mail = LetterComposer.Compose(new LetterMail
        {
            MessageId = MessageId(@case, number, letter, recipient, now, sender),
            EnvelopeId = LetterIdentity.EnvelopeId(@case.Reference.ToString(), number),
            FromName = SingleLine.Parse(@case.Person.Name, "your name"),
            From = sender,
            ToName = SingleLine.Parse(controller.Name, "the controller's name"),
            To = recipient,
            Subject = SingleLine.Parse(letter.Subject.Value, "the subject"),
            Date = now.InZone(zone).ToOffsetDateTime(),
            Text = letter.Text,
            Html = letter.Html,
        });
        var reason = to is null || to == controller.Email ? null : $"given for this letter; the profile says {controller.Email ?? "none"}";
        return new DraftLetter(letter, mail, controller, reason);
    }

    private static Controller ControllerOf(Case @case, VendorProfile profile, string? id)
    {
        var chosen = id is null ? @case.Controllers[0] : @case.Controller(id);
        return profile.Controllers.FirstOrDefault(controller => controller.Id == chosen.Id)
            ?? throw new Refusal($"The profile {profile.Id} no longer knows the controller “{chosen.Id}”.", "Put it back into templates/vendors, or open a new case.");
    }

    private LetterFacts Facts(Case @case, VendorProfile profile, Controller controller, EmailAddress recipient, Uploaded? seen, LocalDate today) => new()
    {
        Reference = SingleLine.Parse(@case.Reference.ToString(), "the reference"),
        Person = new Party(
            SingleLine.Parse(@case.Person.Name, "your name"),
            EmailAddress.Parse(@case.Person.Email, "your e-mail address"),
            [.. settings.Person.PostalAddress.Select(line => SingleLine.Parse(line, "your postal address"))]),
        Controller = new Party(
            SingleLine.Parse(controller.Name, "the controller's name"),
            EmailAddress.Parse(recipient.ToString(), "the controller's address"),
            [.. controller.Address.Select(line => SingleLine.Parse(line, "the controller's postal address"))]),
        Product = SingleLine.Parse(profile.Name, "the product"),
        Date = today,
        Identifiers = [.. @case.Identifiers.Select(known => new Core.Letters.Identifier(known.Kind, SingleLine.Parse(known.Value, known.Kind)))],
        Seen = seen is null ? [] : SeenUploads.Of(seen),
        Prior = Prior(@case),
    };

    private PriorRequest? Prior(Case @case)
    {
        var sent = @case.Letters.FirstOrDefault(letter => letter.Kind == LetterKinds.Access && letter.OutcomeAt is not null);
        return sent is not null && @case.Controllers[0].Clock is { } clock
            ? new PriorRequest(sent.OutcomeAt!.Value.InZone(settings.Person.Zone).Date, clock.Received, clock.Due, @case.Exhibits.FirstOrDefault(e => e.Kind == ExhibitKind.Response)?.Received)
            : null;
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
