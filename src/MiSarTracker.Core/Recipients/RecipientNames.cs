using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Recipients;

/// <summary>Where an answer names a recipient, by a host, a domain or a company's name.</summary>
/// <param name="texts">The answer's texts.</param>
/// <param name="languages">By which quoted mails are told from the answer's own words.</param>
public sealed class RecipientNames(IReadOnlyList<AnswerText> texts, IReadOnlyList<LanguagePatterns> languages)
{
    private readonly Dictionary<AnswerText, string> _own = [];

    /// <summary>False when there is no text at all in which somebody could be named.</summary>
    public bool HasWords => texts.Count > 0;

    /// <summary>
    /// Where a host, domain or company is named, as a whole word; null when none is. The request that a reply quotes names its
    /// hosts too, and is no answer, so what a reply quotes does not count.
    /// </summary>
    /// <param name="hosts">In any case.</param>
    /// <param name="companies">With their first letter as given: “Segment” is a company, a “segment” is not.</param>
    public Origin? Find(IEnumerable<string> hosts, IEnumerable<string> companies)
    {
        var sought = hosts.Select(name => (Name: name, IsCompany: false)).Concat(companies.Select(name => (Name: name, IsCompany: true)))
            .Where(one => one.Name.Length > 1).ToList();
        foreach (var text in texts)
        {
            if (sought.Exists(one => Stands(text.Text, one.Name, one.IsCompany)) && sought.Exists(one => Stands(Own(text), one.Name, one.IsCompany)))
            {
                return text.Origin;
            }
        }

        return null;
    }

    private string Own(AnswerText text) =>
        _own.TryGetValue(text, out var own) ? own : _own[text] = OwnWords.Of(text.Text, languages);

    private static bool Stands(string text, string name, bool isCompany)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if ((!isCompany || text[at] == name[0]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
