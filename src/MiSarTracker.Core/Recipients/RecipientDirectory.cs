using MiSarTracker.Core.Deadlines;

namespace MiSarTracker.Core.Recipients;

/// <summary>Whose host is this? Read from templates/recipients; its README describes the form.</summary>
public sealed class RecipientDirectory
{
    private readonly Dictionary<string, KnownRecipient> _byDomain = new(StringComparer.Ordinal);

    private RecipientDirectory(IReadOnlyList<KnownRecipient> recipients)
    {
        All = recipients;
        foreach (var recipient in recipients)
        {
            foreach (var domain in recipient.Domains)
            {
                _byDomain.Add(domain, recipient);
            }
        }
    }

    /// <summary>Knows nobody.</summary>
    public static RecipientDirectory Empty { get; } = new([]);

    public IReadOnlyList<KnownRecipient> All { get; }

    /// <summary>The entry with the longest domain that the host is or ends in; null when there is none.</summary>
    /// <param name="host">In any case; without a port.</param>
    public KnownRecipient? Find(string host)
    {
        var rest = host.ToLowerInvariant().TrimEnd('.');
        while (true)
        {
            if (_byDomain.TryGetValue(rest, out var found))
            {
                return found;
            }

            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                return null;
            }

            rest = rest[(dot + 1)..];
        }
    }

    /// <summary>Reads the text of the file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="BadInput">Says where (JSON path) and what is wrong.</exception>
    public static RecipientDirectory Read(string json, string file)
    {
        var root = JsonPlace.Root(json, file);
        root.Only("sources", "recipients");
        var sources = root.Required("sources").Properties().ToDictionary(source => source.Name, source => source.Value.Text(), StringComparer.Ordinal);
        var (ids, domains) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        return new RecipientDirectory([.. root.Required("recipients").Items().Select(place => One(place, sources, ids, domains))]);
    }

    private static KnownRecipient One(JsonPlace place, Dictionary<string, string> sources, HashSet<string> ids, HashSet<string> domains)
    {
        place.Only("id", "owner", "names", "country", "domains", "because", "source");
        var id = place.Required("id");
        if (!ids.Add(id.Text()))
        {
            throw id.Fault($"\"{id.Text()}\" is there twice");
        }

        var country = place.Required("country");
        if (country.Text() is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            throw country.Fault("is no country code of two capital letters");
        }

        var source = place.Required("source");
        return new KnownRecipient(
            id.Text(),
            place.Required("owner").Text(),
            [.. place.Required("names").Items().Select(name => name.Text())],
            country.Text(),
            [.. place.Required("domains").Items().Select(domain => Domain(domain, domains))],
            place.Required("because").Text(),
            sources.GetValueOrDefault(source.Text()) ?? throw source.Fault($"\"{source.Text()}\" is not among the sources"));
    }

    private static string Domain(JsonPlace place, HashSet<string> domains)
    {
        var domain = place.Text();
        if (Uri.CheckHostName(domain) != UriHostNameType.Dns || domain.Any(char.IsAsciiLetterUpper) || !domain.Contains('.', StringComparison.Ordinal))
        {
            throw place.Fault($"\"{domain}\" is no domain in small letters");
        }

        return domains.Add(domain) ? domain : throw place.Fault($"\"{domain}\" is there twice");
    }
}
