using System.CommandLine;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Authorities;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar authority list | choose</c></summary>
internal static class AuthorityCommands
{
    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("authority", "The supervisory authorities, to which you may complain.", isNamed, () => [List(wiring), Choose(wiring)]);

    private static Command List(Wiring wiring)
    {
        var country = new Option<string>("--country") { Description = "Only those of a country or a region: NL, DE, DE-BY.", HelpName = "CC" };
        return CommandLine.Describe("list", "Lists the authorities.", "misar authority list --country DE")
            .With(country)
            .Doing(wiring, (result, session, _) =>
            {
                var known = session.Templates.Authorities();
                var shown = result.GetValue(country) is { } code ? known.In(code) : known.All;
                if (shown.Count == 0)
                    throw new Refusal($"No authority is known for “{result.GetValue(country)}”.", "misar authority list shows all.");
                session.Screen.AsJson(json =>
                {
                    json.WriteStartArray("authorities");
                    foreach (var authority in shown)
                    {
                        json.WriteStartObject();
                        Write(json, authority);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                });
                session.Screen.Table(["id", "place", "name"], [.. shown.Select(a => new[] { a.Id, a.Region ?? a.Country, Screen.Shorten(a.EnglishName ?? a.Name, 60) })]);
                return Task.FromResult(0);
            });
    }

    private static Command Choose(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var id = new Option<string>("--authority") { Description = "The one that you choose (else the first that is offered).", HelpName = "ID" };
        var residence = new Option<string>("--residence") { Description = "Where you live, also a region: DE-BY (else the country of the case).", HelpName = "CC" };
        var workplace = new Option<string>("--workplace") { Description = "Where you work.", HelpName = "CC" };
        var only = new Option<bool>("--show") { Description = "Only show those that may be chosen." };
        return CommandLine.Describe("choose", "Shows the authorities that may take a complaint, with why, and chooses one.", "misar authority choose SAR-2026-0001 --residence DE-BY")
            .With(reference, id, residence, workplace, only)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var known = session.Templates.Authorities();
                var offered = Complaints.Candidates(known, found, session.Templates.Vendor(found.Vendor), result.GetValue(residence), result.GetValue(workplace));
                var chosen = Pick(known, offered, result.GetValue(id));
                if (!result.GetValue(only))
                {
                    var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                    var choice = new ChosenAuthority(chosen.Authority.Id, chosen.Authority.Name, string.Join(' ', chosen.Why));
                    await workspace.Apply(found.Reference, new ChooseAuthority(choice), session.Now, cancellationToken).ConfigureAwait(false);
                }

                Show(session, found, offered, result.GetValue(only) ? null : chosen);
                return 0;
            });
    }

    private static AuthorityCandidate Pick(AuthorityDirectory known, IReadOnlyList<AuthorityCandidate> offered, string? id)
    {
        if (id is null)
            return offered.Count > 0 ? offered[0] : throw new Refusal("No authority is known for the places of this case.", "Say where you live with --residence, or name one with --authority.");
        var authority = known.Get(id);
        return offered.FirstOrDefault(candidate => candidate.Authority.Id == authority.Id)
            ?? new AuthorityCandidate(authority, ComplaintGround.Residence, ["Your own choice; Art. 77(1) GDPR names residence, workplace and place of the infringement \"in particular\", so another authority is not excluded."]);
    }

    private static void Show(Session session, Case found, IReadOnlyList<AuthorityCandidate> offered, AuthorityCandidate? chosen)
    {
        session.Screen.AsJson(json =>
        {
            json.WriteString("reference", found.Reference.ToString());
            json.WriteString("chosen", chosen?.Authority.Id);
            json.WriteStartArray("candidates");
            foreach (var candidate in offered)
            {
                json.WriteStartObject();
                Write(json, candidate.Authority);
                json.WriteString("ground", ContractName.Of(candidate.Ground));
                json.WriteStartArray("why");
                candidate.Why.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        foreach (var candidate in chosen is null || offered.Contains(chosen) ? offered : [.. offered, chosen])
        {
            session.Screen.Heading($"{candidate.Authority.Id}  {candidate.Authority.Name}{(candidate.Authority.Id == chosen?.Authority.Id ? "  (chosen)" : "")}");
            foreach (var sentence in candidate.Why.Concat(candidate.Authority.Notes))
                session.Screen.Paragraph(sentence, "  ");
            foreach (var line in Reach(candidate.Authority))
                session.Screen.Line("  " + line);
        }

        session.Screen.Next(chosen is null ? $"misar authority choose {found.Reference}" : $"misar letter preview {found.Reference} --kind complaint");
    }

    private static IEnumerable<string> Reach(Authority authority) =>
        new[] { string.Join(", ", authority.Address), authority.Email, authority.WebForm?.ToString(), authority.Site?.ToString() }.OfType<string>().Where(line => line.Length > 0);

    private static void Write(Utf8JsonWriter json, Authority authority)
    {
        json.WriteString("id", authority.Id);
        json.WriteString("name", authority.Name);
        json.WriteString("englishName", authority.EnglishName);
        json.WriteString("country", authority.Country);
        json.WriteString("region", authority.Region);
        json.WriteStartArray("address");
        authority.Address.ToList().ForEach(json.WriteStringValue);
        json.WriteEndArray();
        json.WriteString("email", authority.Email);
        json.WriteString("webForm", authority.WebForm?.ToString());
        json.WriteString("site", authority.Site?.ToString());
        json.WriteStartArray("languages");
        authority.Languages.ToList().ForEach(json.WriteStringValue);
        json.WriteEndArray();
        json.WriteString("status", ContractName.Of(authority.Status));
    }
}
