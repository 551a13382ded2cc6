using System.Text.RegularExpressions;
using MiSarTracker.Core.Cases;

namespace MiSarTracker.Core.Inbox;

/// <summary>
/// Finds the case that a mail belongs to. The surest sign counts; where signs of the same rank, or a sure and a weaker one, name
/// different cases, the person decides. A sender alone is a hint and no more: a domain may be a whole company's, with its shop.
/// </summary>
public sealed partial class MailMatcher
{
    private readonly IReadOnlyList<CaseTraces> _cases;
    private readonly Dictionary<CaseReference, CaseTraces> _byReference;
    private readonly HashSet<string> _own;
    private readonly Dictionary<string, (CaseTraces Case, LetterTrace Letter)> _byMessageId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (CaseTraces Case, LetterTrace Letter)> _byEnvelopeId = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="ownAddresses">The person's own: a mail from them is no reply, and never answered.</param>
    public MailMatcher(IReadOnlyList<CaseTraces> cases, IEnumerable<string> ownAddresses)
    {
        _cases = cases;
        _byReference = cases.ToDictionary(one => one.Case);
        _own = ownAddresses.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var one in cases)
        {
            foreach (var letter in one.Letters)
            {
                _byMessageId[letter.MessageId] = (one, letter);
                _byEnvelopeId[letter.EnvelopeId] = (one, letter);
            }
        }
    }

    /// <summary>Whether a mail must be looked at whole: its headers name a case, or what it is stands further inside.</summary>
    public bool MayConcern(MailFacts headers, bool isReport) =>
        !IsOurs(headers) && (isReport || headers.NamedInBody || Match(headers).Concerns);

    /// <summary>Our own letter, or another mail from the person's own address.</summary>
    public bool IsOurs(MailFacts mail) =>
        (mail.MessageId is { } id && _byMessageId.ContainsKey(id)) || (mail.Report is null && mail.Senders.Any(_own.Contains));

    public MailMatch Match(MailFacts mail)
    {
        if (IsOurs(mail))
            return MailMatch.Nothing;
        var named = Named(mail).ToList();
        if (named.Count > 0)
            return Decide(named, mail);
        return BySender(mail);
    }

    /// <summary>The case that a person chose; the letter and the controller that it answers, as far as can be told.</summary>
    public MatchHit Assigned(MailFacts mail, CaseReference reference)
    {
        var known = Named(mail).Concat(BySender(mail).Candidates).FirstOrDefault(hit => hit.Case == reference);
        return new MatchHit(reference, MatchBy.Person, known?.Trust ?? MatchTrust.Low, known?.Controller, known?.Letter, "The person assigned it.");
    }

    private IEnumerable<MatchHit> Named(MailFacts mail)
    {
        var returned = (mail.Report?.MessageIds ?? []).Where(_byMessageId.ContainsKey).ToList();
        if (mail.Report?.EnvelopeId is { } envelope && _byEnvelopeId.TryGetValue(envelope, out var sent))
        {
            var proved = returned.Contains(sent.Letter.MessageId, StringComparer.OrdinalIgnoreCase);
            yield return Hit(sent, MatchBy.EnvelopeId, proved ? MatchTrust.High : MatchTrust.Fair, $"The delivery report gives the envelope id {sent.Letter.EnvelopeId} back{(proved ? ", and the letter's headers" : "")}.");
        }

        foreach (var id in mail.Answers.Where(_byMessageId.ContainsKey).Distinct(StringComparer.OrdinalIgnoreCase))
            yield return Hit(_byMessageId[id], MatchBy.Thread, MatchTrust.High, $"It answers {_byMessageId[id].Letter.Number} (In-Reply-To or References).");
        foreach (var id in returned.Distinct(StringComparer.OrdinalIgnoreCase))
            yield return Hit(_byMessageId[id], MatchBy.ReturnedHeaders, MatchTrust.High, $"It returns the headers of {_byMessageId[id].Letter.Number}.");
        foreach (var found in References(mail.Subject))
            yield return new MatchHit(found.Case, MatchBy.Subject, MatchTrust.Fair, ControllerOf(found, mail), null, $"Its subject names {found.Case}.");
        foreach (var found in References(mail.Text))
            yield return new MatchHit(found.Case, MatchBy.Body, MatchTrust.Fair, ControllerOf(found, mail), null, $"Its text names {found.Case}.");
    }

    private static MailMatch Decide(List<MatchHit> named, MailFacts mail)
    {
        var cases = named.Select(hit => hit.Case).Distinct().ToList();
        if (cases.Count == 1)
        {
            // The surest sign, and of the letters that it may answer the last: References name the whole thread.
            var best = named.GroupBy(hit => hit.By).MinBy(group => group.Key)!;
            var hit = best.FirstOrDefault(one => one.Letter is not null && mail.Answers.Count > 0 && best.Count() > 1 && one == best.Last()) ?? best.First();
            var letter = hit.Letter is null ? named.FirstOrDefault(one => one.Letter is not null) : hit;
            return new MailMatch(hit with { Letter = letter?.Letter, Controller = letter?.Controller ?? hit.Controller }, [], null);
        }

        var candidates = cases.Select(one => named.Where(hit => hit.Case == one).MinBy(hit => hit.By)!).ToList();
        return new MailMatch(null, candidates, $"It names {string.Join(" and ", cases)}.");
    }

    private MailMatch BySender(MailFacts mail)
    {
        // What goes to many is no answer to one person, whoever sends it.
        if (mail.Robot.IsBulk || mail.Report is not null)
            return MailMatch.Nothing;
        var hits = new List<MatchHit>();
        foreach (var one in _cases.Where(one => one.IsRunning))
        {
            foreach (var controller in one.Controllers.Where(controller => controller.IsOpen))
            {
                if (mail.Senders.FirstOrDefault(sender => controller.Addresses.Contains(sender, StringComparer.OrdinalIgnoreCase)) is { } exact)
                    hits.Add(new MatchHit(one.Case, MatchBy.SenderAddress, MatchTrust.Low, controller.Id, null, $"It comes from {exact}, which a letter of this case went to or the profile names; it names no case."));
                else if (mail.Senders.FirstOrDefault(sender => !_own.Any(own => SameDomain(own, sender)) && controller.Owns(sender)) is { } near)
                    hits.Add(new MatchHit(one.Case, MatchBy.SenderDomain, MatchTrust.Low, controller.Id, null, $"It comes from {near}, a domain of {controller.Id}; it names no case."));
            }
        }

        var cases = hits.Select(hit => hit.Case).Distinct().ToList();
        if (cases.Count == 0)
            return MailMatch.Nothing;
        var exactly = hits.Where(hit => hit.By == MatchBy.SenderAddress).ToList();
        if (cases.Count == 1 && exactly.Count > 0)
            return new MailMatch(exactly[0] with { Controller = exactly.Count == 1 ? exactly[0].Controller : null }, [], null);
        return new MailMatch(null, [.. cases.Select(one => hits.Where(hit => hit.Case == one).MinBy(hit => hit.By)!)], cases.Count == 1
            ? "Only the sender's domain speaks for it."
            : "Only the sender speaks for it, and several cases wait for that sender.");
    }

    /// <summary>Whom a reply to a case is from, by its sender; null when that is not clear.</summary>
    private static string? ControllerOf(CaseTraces found, MailFacts mail)
    {
        var owners = found.Controllers.Where(controller => mail.Senders.Any(controller.Owns)).ToList();
        return owners.Count == 1 ? owners[0].Id : null;
    }

    private List<CaseTraces> References(string text)
    {
        var found = new List<CaseTraces>();
        foreach (var match in ReferenceIn().EnumerateMatches(text))
        {
            if (CaseReference.TryParse(text.Substring(match.Index, match.Length), out var reference) && _byReference.TryGetValue(reference, out var one) && !found.Contains(one))
                found.Add(one);
        }

        return found;
    }

    private static MatchHit Hit((CaseTraces Case, LetterTrace Letter) found, MatchBy by, MatchTrust trust, string because) =>
        new(found.Case.Case, by, trust, found.Letter.Controller, found.Letter.Number, because);

    private static bool SameDomain(string one, string other) =>
        string.Equals(one[(one.LastIndexOf('@') + 1)..], other[(other.LastIndexOf('@') + 1)..], StringComparison.OrdinalIgnoreCase);

    // Neither a longer number nor a part of a word.
    [GeneratedRegex(@"(?<![\p{L}\p{N}-])SAR-[0-9]{4}-(?:[0-9]{4}|[1-9][0-9]{4,8})(?![\p{N}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceIn();
}
