namespace MiSarTracker.Core.Authorities;

/// <summary>The supervisory authorities that are known, found by id, country or region.</summary>
public sealed class AuthorityDirectory
{
    private readonly Dictionary<string, Authority> _byId;

    internal AuthorityDirectory(IReadOnlyList<Authority> authorities)
    {
        All = authorities;
        _byId = authorities.ToDictionary(authority => authority.Id, StringComparer.Ordinal);
    }

    /// <summary>All, in the file's order.</summary>
    public IReadOnlyList<Authority> All { get; }

    /// <exception cref="Refusal">Unknown; the remedy names the command that lists them.</exception>
    public Authority Get(string id) => Find(id) ?? throw new Refusal($"There is no authority “{id}”.", "misar authority list shows them.");

    /// <returns>Null when there is none of that id.</returns>
    public Authority? Find(string? id) => id is not null && _byId.TryGetValue(id.Trim().ToLowerInvariant(), out var found) ? found : null;

    /// <summary>Every authority of a country, or those for a region of it.</summary>
    /// <param name="code"><c>NL</c>, <c>DE-BY</c>; <c>UK</c> is taken for <c>GB</c>, in any case.</param>
    public IReadOnlyList<Authority> In(string code)
    {
        var (country, region) = Split(code);
        return [.. All.Where(authority => authority.Country == country && (region is null || authority.Region is null || authority.Region == region))];
    }

    /// <summary>The authority that supervises companies at a place.</summary>
    /// <param name="code">A country or a region of one.</param>
    /// <returns>Null when none is known; for a country whose regions have their own and no region, the federal one.</returns>
    public Authority? At(string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
            return null;
        var (country, region) = Split(code);
        var there = All.Where(authority => authority.Country == country).ToList();
        return there.FirstOrDefault(authority => region is not null && authority.Region == region)
            ?? there.FirstOrDefault(authority => authority.Region is null);
    }

    internal static (string Country, string? Region) Split(string code)
    {
        var wanted = code.Trim().ToUpperInvariant();
        var country = wanted.Split('-')[0] is "UK" ? "GB" : wanted.Split('-')[0];
        return (country, wanted.Contains('-', StringComparison.Ordinal) ? country + wanted[wanted.IndexOf('-', StringComparison.Ordinal)..] : null);
    }
}
