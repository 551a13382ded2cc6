using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Ports;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Core.Authorities;

/// <summary>Reads the file of authorities (templates/authorities/README.md describes it).</summary>
public static class AuthorityReader
{
    private static readonly string[] Known =
        ["id", "name", "english", "country", "region", "remit", "address", "email", "webForm", "site", "languages", "status", "because", "notes"];

    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="BadInput">It breaks a rule; says where.</exception>
    public static AuthorityDirectory Read(string json, string file)
    {
        var root = JsonPlace.Root(json, file);
        root.Only("asOf", "authorities");
        _ = HolidayTableReader.Date(root.Required("asOf"));
        var places = root.Required("authorities").Items();
        var authorities = places.Select(One).ToList();
        for (var i = 0; i < authorities.Count; i++)
        {
            if (authorities.Take(i).Any(earlier => earlier.Id == authorities[i].Id))
                throw places[i].Required("id").Fault($"\"{authorities[i].Id}\" stands here twice");
        }

        return authorities.Count > 0 ? new AuthorityDirectory(authorities) : throw root.Required("authorities").Fault("is empty");
    }

    private static Authority One(JsonPlace place)
    {
        place.Only(Known);
        var country = place.Required("country").Text();
        if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
            throw place.Required("country").Fault($"\"{country}\" is no country code of two capital letters");
        return new Authority
        {
            Id = Id(place.Required("id"), country),
            Name = place.Required("name").Text(),
            EnglishName = place.Optional("english")?.Text(),
            Country = country,
            Region = place.Optional("region") is { } region ? Region(region, country) : null,
            IsFederal = place.Optional("remit") is { } remit && (remit.Text() == "federal" ? true : throw remit.Fault("must be federal, or not be there")),
            Address = Texts(place.Optional("address")),
            Email = place.Optional("email") is { } email ? Email(email) : null,
            WebForm = Address(place.Optional("webForm")),
            Site = Address(place.Optional("site")),
            Languages = Texts(place.Required("languages")) is { Count: > 0 } languages ? languages : throw place.Required("languages").Fault("is empty"),
            Status = ContractName.TryParse<Certainty>(place.Required("status").Text(), out var status)
                ? status
                : throw place.Required("status").Fault($"must be one of {string.Join(", ", Enum.GetValues<Certainty>().Select(ContractName.Of))}"),
            Because = place.Required("because").Text(),
            Notes = Texts(place.Optional("notes")),
        };
    }

    private static string Id(JsonPlace place, string country)
    {
        var id = place.Text();
        return id.StartsWith(country.ToLowerInvariant() + "-", StringComparison.Ordinal) && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? id
            : throw place.Fault($"\"{id}\" must be small letters, digits and hyphens, and begin with {country.ToLowerInvariant()}-");
    }

    private static string Region(JsonPlace place, string country) =>
        place.Text().StartsWith(country + "-", StringComparison.Ordinal) ? place.Text() : throw place.Fault($"\"{place.Text()}\" is no region of {country}");

    private static string Email(JsonPlace place)
    {
        try
        {
            return EmailAddress.Parse(place.Text(), place.Path).ToString();
        }
        catch (BadInput fault)
        {
            throw place.Fault(fault.Reason);
        }
    }

    private static Uri? Address(JsonPlace? place) => place is not { } given ? null
        : Uri.TryCreate(given.Text(), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri
        : throw given.Fault("must be an address that begins with https://");

    private static List<string> Texts(JsonPlace? place) => place is { } given ? [.. given.Items().Select(item => item.Text())] : [];
}
