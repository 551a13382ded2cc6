using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Search;

namespace MiSarTracker.Core.Correlation;

/// <summary>What ties a third party's host to the app: an identifier that the vendor's own servers were sent too.</summary>
/// <param name="Name">The identifier's name: <c>device-id</c>.</param>
/// <param name="Notation">How the third party was sent it.</param>
/// <param name="Where">The first request that carried it.</param>
internal sealed record ForeignLink(string Name, Notation Notation, Origin Where);

/// <summary>
/// A capture holds the traffic of the whole phone, so that a request to a stranger's host may be any app's. It is taken for the vendor's
/// doing only when it carries an identifier of the person, the device or the app that went to the vendor too, in any notation.
/// </summary>
internal static class ForeignLinks
{
    /// <summary>By host; hosts without a link are not in it.</summary>
    public static IReadOnlyDictionary<string, ForeignLink> Of(Uploaded uploaded)
    {
        var hosts = uploaded.Hosts.Where(host => host.Foreign > 0).Select(host => host.Host).ToHashSet(StringComparer.Ordinal);
        var identifiers = uploaded.Facts.Where(fact => (fact.Identifies || fact.Name == "app-name") && !fact.Value.StartsWith("sha256:", StringComparison.Ordinal))
            .GroupBy(fact => fact.Value, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);
        var links = new Dictionary<string, ForeignLink>(StringComparer.Ordinal);
        if (identifiers.Count == 0)
        {
            return links;
        }

        foreach (var sent in uploaded.Values.Where(value => hosts.Contains(value.Host) && !value.IsSecret).GroupBy(value => value.Host, StringComparer.Ordinal))
        {
            var search = new ValueSearch(identifiers.Keys);
            foreach (var value in sent)
            {
                search.Look(value.Origin, value.Value);
            }

            if (search.Found.OrderBy(found => identifiers[found.Key], StringComparer.Ordinal).ThenBy(found => found.Key, StringComparer.Ordinal).FirstOrDefault() is { Key: { } key, Value: { } first })
            {
                links[sent.Key] = new ForeignLink(identifiers[key], first.Notation, first.Where);
            }
        }

        return links;
    }
}
