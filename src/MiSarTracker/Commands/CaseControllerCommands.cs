using System.CommandLine;
using System.Globalization;
using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;

namespace MiSarTracker.Commands;

/// <summary><c>misar case controller add</c>: one more party of a case, from the profile or by the person's own knowledge.</summary>
internal static class CaseControllerCommands
{
    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("controller", "Whom a case asks.", isNamed, () => [Add(wiring)]);

    private static Command Add(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var options = new PartyOptions();
        return CommandLine.Describe("add", "Adds a controller, a joint controller or a representative to a case; each has its own clock.", "misar case controller add SAR-2026-0001 --id huami")
            .With([reference, .. options.All])
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var party = options.Read(result, session, found, null)
                    ?? throw new Refusal("Whom to add must be said.", "Give --id with a controller of the profile, or --name with --country and --email or --address.");
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var after = (await workspace.Apply(found.Reference, party, session.Now, cancellationToken).ConfigureAwait(false)).Case;
                session.Screen.AsJson(json =>
                {
                    json.WriteString("reference", after.Reference.ToString());
                    json.WriteString("controller", party.Id);
                });
                session.Screen.Line($"{party.Name} ({party.Id}) is in the case.");
                session.Screen.Next($"misar letter preview {after.Reference} --kind access --controller {party.Id}");
                return 0;
            });
    }
}

/// <summary>The options by which a party is named; after "ask X" they have another prefix.</summary>
internal sealed class PartyOptions(string prefix = "--", string? idName = null)
{
    private readonly Option<string> _id = new(idName ?? prefix + "id") { Description = "A controller of the vendor's profile, or an id of your own.", HelpName = "ID" };
    private readonly Option<string> _name = new(prefix + "name") { Description = "Its name, when the profile does not know it.", HelpName = "NAME" };
    private readonly Option<string> _email = new(prefix + "email") { Description = "Its address for mail.", HelpName = "ADDRESS" };
    private readonly Option<string> _country = new(prefix + "country") { Description = "Its country, whose holidays count.", HelpName = "CC" };
    private readonly Option<string[]> _address = new(prefix + "address") { Description = "A line of its postal address; may be repeated.", HelpName = "LINE" };
    private readonly Option<string> _role = new(prefix + "role") { Description = string.Join(", ", Enum.GetValues<PartyRole>().Select(ContractName.Of)) + " (else controller).", HelpName = "ROLE" };
    private readonly Option<string> _because = new(prefix + "because") { Description = "Where you have it from.", HelpName = "TEXT" };

    public Symbol[] All => [_id, _name, _email, _country, _address, _role, _because];

    /// <returns>Null when nobody was named.</returns>
    /// <exception cref="Refusal">The profile does not know the id, and no name is given.</exception>
    public AddController? Read(ParseResult result, Session session, Case found, Redirect? redirect)
    {
        var (id, name) = (result.GetValue(_id), result.GetValue(_name));
        if (id is null && name is null)
            return null;
        var profile = session.Templates.Vendor(found.Vendor);
        if (name is null)
        {
            var known = profile.Controllers.FirstOrDefault(controller => controller.Id == id);
            var inCase = found.Controllers.FirstOrDefault(controller => controller.Id == id);
            return (known, inCase) is (null, null)
                ? throw new Refusal($"The profile {profile.Id} has no controller “{id}”.", $"It has: {string.Join(", ", profile.Controllers.Select(controller => controller.Id))}. For another one give {_name.Name}, {_country.Name} and {_email.Name} or {_address.Name}.")
                : new AddController { Id = id!, Name = known?.Name ?? inCase!.Name, Redirect = redirect };
        }

        return new AddController
        {
            Id = id ?? Slug(name),
            Name = name,
            Contact = new Contact(
                result.GetValue(_email) is { } email ? Core.Ports.EmailAddress.Parse(email, _email.Name).ToString() : null,
                (result.GetValue(_country) ?? throw new Refusal($"The country of {name} is needed: its holidays count.", $"Add {_country.Name}.")).ToUpperInvariant(),
                (result.GetValue(_address) ?? []).ToValueList(),
                result.GetValue(_role) is { } role ? ContractName.Parse<PartyRole>(role) : PartyRole.Controller,
                result.GetValue(_because) ?? (redirect is null ? "the person's word" : $"named by {redirect.By}")),
            Redirect = redirect,
        };
    }

    /// <summary>Small letters, digits and hyphens of a name: <c>Anhui Huami Co., Ltd.</c> is <c>anhui-huami-co-ltd</c>.</summary>
    private static string Slug(string name)
    {
        var plain = name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        var slug = new StringBuilder();
        foreach (var c in plain)
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var found = slug.ToString().Trim('-');
        return found.Length > 0 ? found : throw new Refusal($"No id can be made of “{name}”.", "Give one: small letters, digits and hyphens.");
    }
}
