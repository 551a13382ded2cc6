namespace MiSarTracker.Core.Authorities;

/// <summary>Why an authority may be chosen (Art. 77(1) GDPR).</summary>
public enum ComplaintGround
{
    /// <summary>The person lives there.</summary>
    Residence,

    /// <summary>The person works there.</summary>
    Workplace,

    /// <summary>It happened there: for a controller, where it is established.</summary>
    Infringement,
}

/// <summary>An authority that may be chosen.</summary>
/// <param name="Why">Plain English sentences.</param>
public sealed record AuthorityCandidate(Authority Authority, ComplaintGround Ground, IReadOnlyList<string> Why);

/// <summary>
/// The authorities among which a person may choose: where they live, where they work, or where the infringement took
/// place (Art. 77(1) GDPR). "In particular", says the law: another one is not excluded, and must pass the complaint on or say so.
/// </summary>
public static class AuthorityChoice
{
    /// <param name="residence">Country, or region of one (<c>DE-BY</c>).</param>
    /// <param name="workplace">The same; null when it is not known or not wanted.</param>
    /// <param name="infringement">The place of the controller's establishment; null when it has none that is known.</param>
    /// <returns>One per authority, the residence's first; empty when none of the places has one that is known.</returns>
    public static IReadOnlyList<AuthorityCandidate> For(AuthorityDirectory known, string? residence, string? workplace = null, string? infringement = null)
    {
        var candidates = new List<AuthorityCandidate>();
        foreach (var (ground, place) in new[] { (ComplaintGround.Residence, residence), (ComplaintGround.Workplace, workplace), (ComplaintGround.Infringement, infringement) })
        {
            if (known.At(place) is { } authority && candidates.TrueForAll(earlier => earlier.Authority.Id != authority.Id))
                candidates.Add(new AuthorityCandidate(authority, ground, [Reason(ground, place!, authority), .. Remarks(known, authority)]));
        }

        return candidates;
    }

    private static string Reason(ComplaintGround ground, string place, Authority authority)
    {
        var where = ground switch
        {
            ComplaintGround.Residence => "You live there",
            ComplaintGround.Workplace => "You work there",
            _ => "The controller is established there, so that is where the infringement took place",
        };
        var law = authority.Country switch
        {
            "GB" => "Art. 77 UK GDPR",
            "CH" => "Art. 49 of the Swiss Federal Act on Data Protection: a report, not a complaint with a right to a decision",
            _ => "Art. 77(1) GDPR",
        };
        return $"{where} ({place.Trim().ToUpperInvariant()}; {law}).";
    }

    private static IEnumerable<string> Remarks(AuthorityDirectory known, Authority authority)
    {
        if (!authority.IsFederal)
            yield break;
        var regions = string.Join(", ", known.All.Where(other => other.Country == authority.Country && other.Region is not null).Select(other => other.Region));
        yield return $"Companies are supervised by the authority of the region; say which one yours is ({regions}). The federal authority passes a complaint on.";
    }
}
