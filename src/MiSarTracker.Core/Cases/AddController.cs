using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>What a party is to the data, as the person was told.</summary>
public enum PartyRole
{
    Controller,

    /// <summary>Determines purposes and means together with another (Art. 26 GDPR).</summary>
    JointController,

    /// <summary>Of a controller outside the Union (Art. 27 GDPR).</summary>
    Representative,

    Processor,
}

/// <summary>How to reach a party that the vendor's profile does not know.</summary>
/// <param name="Email">Null when only post reaches it.</param>
/// <param name="Country">ISO 3166 code, upper case: its holidays count.</param>
/// <param name="Address">Lines of the postal address, without the name; may be empty.</param>
/// <param name="Because">Where the person has it from.</param>
public sealed record Contact(string? Email, string Country, ValueList<string> Address, PartyRole Role, string Because);

/// <summary>Who sent the person here, when, and in which words.</summary>
/// <param name="By">The controller's id.</param>
/// <param name="Quote">What it wrote, word for word; null when the person did not record it.</param>
public sealed record Redirect(string By, LocalDate On, string? Quote);

/// <summary>One more party to ask, with its own clock: from the profile, or with a contact of its own.</summary>
public sealed record AddController : IVerb<AddController>
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Null for one that the profile knows.</summary>
    public Contact? Contact { get; init; }

    /// <summary>Set when another controller sent the person there.</summary>
    public Redirect? Redirect { get; init; }

    public static Decision Decide(Case @case, AddController command, Instant now)
    {
        Steps.RequireOpen(@case, "adding a controller");
        if (command.Id.Length == 0 || !command.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new Refusal($"“{command.Id}” is no id of a controller.", "Small letters, digits and hyphens.");
        if (string.IsNullOrWhiteSpace(command.Name))
            throw new Refusal("A controller needs a name.");
        if (command.Contact is { } contact && (contact.Country.Length != 2 || !contact.Country.All(char.IsAsciiLetterUpper)))
            throw new Refusal($"“{contact.Country}” is not a country code.", "Two capital letters, for example NL.");
        if (command.Contact is { Email: null, Address.Count: 0 })
            throw new Refusal($"{command.Name} needs an e-mail address or a postal address.");
        if (@case.Controllers.FirstOrDefault(c => c.Id == command.Id) is { } known)
            return Known(@case, known, command);

        var added = new CaseController { Id = command.Id, Name = command.Name, Contact = command.Contact, Redirect = command.Redirect };
        var role = command.Contact is { } party ? $" ({ContractName.Of(party.Role)})" : "";
        var why = command.Redirect is { } redirect ? $"; {redirect.By} sent you there on {Payload.Text(redirect.On)}" : "";
        return Decision.Of(@case with { Controllers = @case.Controllers.With(added) }, "controller-added", $"{command.Name}{role} added to the case{why}.", Describe(added));
    }

    // A case may hold the right controller already: then only the redirect is new.
    private static Decision Known(Case @case, CaseController known, AddController command)
    {
        if (command.Redirect is not { } redirect)
            throw Steps.Refuse(@case, $"{@case.Reference} has the controller “{known.Id}” already.");
        if (redirect.By == known.Id)
            throw Steps.Refuse(@case, $"{known.Id} cannot send you to itself.");
        var after = known with { Redirect = redirect };
        return known.Redirect == redirect
            ? Decision.Nothing(@case)
            : Decision.Of(@case.With(after), "controller-named", $"{redirect.By} sent you to {known.Name}, which is in the case.", Describe(after));
    }

    private static System.Text.Json.Nodes.JsonObject Describe(CaseController controller) => Payload.Of(
        ("controller", controller.Id),
        ("name", controller.Name),
        ("contact", controller.Contact is { } contact ? Payload.Of(contact) : null),
        ("redirect", controller.Redirect is { } redirect ? Payload.Of(redirect) : null));
}
