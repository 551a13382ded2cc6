using System.Text.Json;
using System.Text.Json.Serialization;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using NodaTime.Text;

namespace MiSarTracker.Storage.Model;

/// <summary>What few controllers have, as it stands in one column: days as ISO text, names as in the contract.</summary>
internal sealed record ControllerFacts
{
    public ContactFacts? Contact { get; init; }

    public RedirectFacts? Redirect { get; init; }

    public PauseFacts[]? Pauses { get; init; }

    public string? WithoutPause { get; init; }

    public string? WithPause { get; init; }

    public static string? Write(CaseController controller)
    {
        var facts = new ControllerFacts
        {
            Contact = controller.Contact is { } c ? new ContactFacts(c.Email, c.Country, [.. c.Address], ContractName.Of(c.Role), c.Because) : null,
            Redirect = controller.Redirect is { } r ? new RedirectFacts(r.By, LocalDatePattern.Iso.Format(r.On), r.Quote) : null,
            Pauses = controller.Pauses.Count == 0 ? null : [.. controller.Pauses.Select(p => new PauseFacts(ContractName.Of(p.Kind), LocalDatePattern.Iso.Format(p.From), FactsText.Day(p.Until)))],
            WithoutPause = FactsText.Day(controller.Clock?.WithoutPause),
            WithPause = FactsText.Day(controller.Clock?.WithPause),
        };
        return facts == new ControllerFacts() ? null : JsonSerializer.Serialize(facts, FactsJson.Default.ControllerFacts);
    }

    public static ControllerFacts Read(string? json) => json is null ? new ControllerFacts() : FactsText.Read(json, FactsJson.Default.ControllerFacts);

    public Contact? ToContact() => Contact is { } c ? new Contact(c.Email, c.Country, c.Address.ToValueList(), Stored.Name<PartyRole>(c.Role), c.Because) : null;

    public Redirect? ToRedirect() => Redirect is { } r ? new Redirect(r.By, Stored.Day(r.On), r.Quote) : null;

    public ValueList<Pause> ToPauses() =>
        (Pauses ?? []).Select(p => new Pause(Stored.Name<PauseKind>(p.Kind), Stored.Day(p.From), FactsText.Day(p.Until))).ToValueList();
}

internal sealed record ContactFacts(string? Email, string Country, string[] Address, string Role, string Because);

internal sealed record RedirectFacts(string By, string On, string? Quote);

internal sealed record PauseFacts(string Kind, string From, string? Until);

/// <summary>What few cases have, as it stands in one column.</summary>
internal sealed record CaseFacts
{
    public ComplaintFacts[]? Complaints { get; init; }

    public AuthorityFacts? Authority { get; init; }

    public static string? Write(Case @case)
    {
        var facts = new CaseFacts
        {
            Complaints = @case.Complaints.Count == 0 ? null : [.. @case.Complaints.Select(c => new ComplaintFacts(
                c.Authority, c.Name, LocalDatePattern.Iso.Format(c.On), c.FileNumber, c.Outcome is { } outcome ? ContractName.Of(outcome) : null, FactsText.Day(c.EndedOn)))],
            Authority = @case.Authority is { } a ? new AuthorityFacts(a.Id, a.Name, a.Why) : null,
        };
        return facts == new CaseFacts() ? null : JsonSerializer.Serialize(facts, FactsJson.Default.CaseFacts);
    }

    public static CaseFacts Read(string? json) => json is null ? new CaseFacts() : FactsText.Read(json, FactsJson.Default.CaseFacts);

    public ValueList<Complaint> ToComplaints() => (Complaints ?? []).Select(c => new Complaint
    {
        Authority = c.Authority,
        Name = c.Name,
        On = Stored.Day(c.On),
        FileNumber = c.FileNumber,
        Outcome = c.Outcome is { } outcome ? Stored.Name<ComplaintOutcome>(outcome) : null,
        EndedOn = FactsText.Day(c.EndedOn),
    }).ToValueList();

    public ChosenAuthority? ToAuthority() => Authority is { } a ? new ChosenAuthority(a.Id, a.Name, a.Why) : null;
}

internal sealed record ComplaintFacts(string Authority, string Name, string On, string? FileNumber, string? Outcome, string? EndedOn);

internal sealed record AuthorityFacts(string Id, string Name, string Why);

/// <summary>The texts within.</summary>
internal static class FactsText
{
    public static string? Day(NodaTime.LocalDate? day) => day is { } value ? LocalDatePattern.Iso.Format(value) : null;

    public static NodaTime.LocalDate? Day(string? text) => text is null ? null : Stored.Day(text);

    public static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Stored.NotOurs(json, "an object", null);
        }
        catch (JsonException e)
        {
            throw Stored.NotOurs(json, "an object", e);
        }
    }
}

/// <summary>Generated code, so that reading costs no reflection at start; a member without a value is left out.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ControllerFacts))]
[JsonSerializable(typeof(CaseFacts))]
internal sealed partial class FactsJson : JsonSerializerContext;
