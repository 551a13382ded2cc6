using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Article15;

/// <summary>
/// The items that an answer leaves out. Only when the answer has words at all and all that may hold words was read: a
/// letter that was not added to the case cannot be held against anybody. What the person judged counts as the person says.
/// </summary>
internal static class ChecklistFindings
{
    public static IEnumerable<Finding> Of(AnswerJudgement judgement, IReadOnlyList<Article15Item> items, IReadOnlyList<AnswerExhibit> answers)
    {
        foreach (var (item, judged) in items.Zip(judgement.Items))
        {
            var byPerson = item.By == ChecklistOf.ByPerson;
            if (item.Status is not ("missing" or "partly") || (!byPerson && (!judgement.HasWords || judgement.Unread.Count > 0)))
            {
                continue;
            }

            if (item is { Item: Checklist.Copy, Status: "partly", By: ChecklistOf.ByPattern })
            {
                // Each gap in the copy is a finding of its own.
                continue;
            }

            var known = Checklist.Find(item.Item);
            var partly = item.Status == "partly";
            yield return new Finding
            {
                Kind = FindingKind.Article15Missing,
                Subject = item.Item,
                Count = 1,
                Severity = partly && known.Weight > Severity.Low ? known.Weight - 1 : known.Weight,
                Statement = Statement(known, item, partly, byPerson),
                Innocent = [.. Innocent(judgement, item, byPerson)],
                Response = judged.Where is { } where ? [where] : [.. answers.Select(answer => Origin.InAnswer(answer.Exhibit, "", 0)).Take(Finding.MaxReferences)],
            };
        }
    }

    private static string Statement(ChecklistItem known, Article15Item item, bool partly, bool byPerson)
    {
        var what = partly ? $"The answer says only in part {known.Says} (Art. {known.Id} GDPR)" : $"The answer does not say {known.Says} (Art. {known.Id} GDPR)";
        if (byPerson)
        {
            return $"{what}, in the person's judgement: {item.Because}";
        }

        return item.Quote is null ? $"{what}." : $"{what}: “{item.Quote}”. {item.Because}";
    }

    private static IEnumerable<InnocentExplanation> Innocent(AnswerJudgement judgement, Article15Item item, bool byPerson)
    {
        yield return new InnocentExplanation("said in another letter", null, $"Only what was added to the case was read: {judgement.Read}.");
        yield return new InnocentExplanation("something could not be read", judgement.Unread.Count == 0, judgement.Unread.Count == 0
            ? "Everything in the answer that may hold words was read."
            : $"Not read: {string.Join(", ", judgement.Unread.Take(3).Select(part => part.Name))}.");
        yield return byPerson
            ? new InnocentExplanation("said in other words", true, "A person read the answer for this item.")
            : new InnocentExplanation("said in other words", null, "The words were judged by patterns in English, German and French; misar response grade corrects them.");
        if (item.Item is "15(1)(g)" or "15(1)(h)" or "15(2)")
        {
            yield return new InnocentExplanation("nothing to tell", null, "The item is owed only where it applies; an answer that says so in a sentence is complete.");
        }
    }
}
