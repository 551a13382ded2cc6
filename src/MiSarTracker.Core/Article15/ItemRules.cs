namespace MiSarTracker.Core.Article15;

/// <summary>Makes one judgement of all that was found for an item.</summary>
internal sealed class ItemRules(EvidenceSearch search, bool hasData, AnswerWords words, IReadOnlyList<AnswerPart> unread)
{
    public List<ItemJudgement> All()
    {
        var judged = Checklist.Items.Select(item => Data(item, item.Id == Checklist.Copy ? Copy(item) : Words(item))).ToList();
        return [.. judged.Select(item => Unread(item.Item == Checklist.Confirmation ? Confirmed(item, judged) : item))];
    }

    /// <summary>Who says for what, or which data, are processed confirms that they are.</summary>
    private static ItemJudgement Confirmed(ItemJudgement confirmation, List<ItemJudgement> judged) =>
        confirmation.Status < ItemStatus.Partly && judged.FirstOrDefault(item => item is { Item: Checklist.Purposes or Checklist.Categories, Status: ItemStatus.Answered }) is { } other
            ? other with { Item = confirmation.Item, Because = "Saying what is processed, or for what, confirms that it is." }
            : confirmation;

    private ItemJudgement Words(ChecklistItem item)
    {
        var found = search.Of(item.Id).Where(evidence => !evidence.Passage.Quoted).ToList();
        var whole = found.Where(evidence => evidence.Part is null).MaxBy(evidence => evidence.Status);
        var named = found.Where(evidence => evidence.Part is not null).GroupBy(evidence => evidence.Part!).ToDictionary(group => group.Key, group => group.First());
        if (whole is not { Status: ItemStatus.Answered } && named.Count > 0)
        {
            return Parts(item, named);
        }

        if (whole is not null)
        {
            return Judged(item, whole.Status, whole, whole.Cue is { } cue
                ? whole.Status == ItemStatus.Unclear ? $"{cue.Because} It also points elsewhere, or declines to say more; judge it yourself with misar response grade." : cue.Because
                : "The answer speaks of it in words that no pattern knows; judge it yourself with misar response grade.");
        }

        if (search.IsInline && search.Of(item.Id) is [var inside, ..])
        {
            return Judged(item, ItemStatus.Unclear, inside, "The answer says that it is written into the quoted request; whose words these are cannot be told apart.");
        }

        return new ItemJudgement(item.Id, ItemStatus.Missing, null, null, "No sentence of the answer speaks of it.", null);
    }

    private static ItemJudgement Parts(ChecklistItem item, Dictionary<string, Evidence> named)
    {
        var missing = item.Parts.Where(part => !named.ContainsKey(part)).ToList();
        var first = named.Values.MinBy(evidence => item.Parts.ToList().IndexOf(evidence.Part!))!;

        // The sentence that names most of them is the best quote.
        var best = named.Values.GroupBy(evidence => evidence.Passage).MaxBy(group => group.Count())?.First() ?? first;
        return missing.Count == 0
            ? Judged(item, ItemStatus.Answered, best, $"It names each of: {string.Join(", ", item.Parts)}.")
            : Judged(item, ItemStatus.Partly, best, $"It names {string.Join(", ", item.Parts.Except(missing))}, and not {string.Join(", ", missing)}.");
    }

    /// <summary>The copy is judged by the data that came.</summary>
    private ItemJudgement Copy(ChecklistItem item)
    {
        if (hasData)
        {
            return new ItemJudgement(item.Id, ItemStatus.Answered, null, null, "The answer holds data that could be read and compared.", "data");
        }

        if (words.Rows > 0)
        {
            return new ItemJudgement(item.Id, ItemStatus.Unclear, null, null, "The answer holds tables that no rule of the profile knows.", "unknown-tables");
        }

        return search.Enclosure is var (passage, cue)
            ? new ItemJudgement(item.Id, ItemStatus.Unclear, Quote.Of(passage, cue), passage.Origin, $"{cue.Because} No data were among what was added.", cue.Id)
            : new ItemJudgement(item.Id, ItemStatus.Missing, null, null, "Neither data nor a word about them is in the answer.", null);
    }

    /// <summary>What the data say by being there.</summary>
    private ItemJudgement Data(ChecklistItem item, ItemJudgement judged)
    {
        if (!hasData || judged.Status >= ItemStatus.Partly)
        {
            return judged;
        }

        return item.Id switch
        {
            Checklist.Confirmation => judged with { Status = ItemStatus.Answered, Because = "Giving the data confirms that they are processed.", Pattern = "data" },
            Checklist.Categories when judged.Quote is null => judged with
            {
                Status = ItemStatus.Unclear,
                Because = "The tables show kinds of data; no sentence names the categories.",
                Pattern = "data",
            },
            _ => judged,
        };
    }

    /// <summary>What could not be read may say it.</summary>
    private ItemJudgement Unread(ItemJudgement judged)
    {
        if (judged.Status != ItemStatus.Missing || unread.Count == 0)
        {
            return judged;
        }

        var names = string.Join(", ", unread.Take(3).Select(part => $"{part.Exhibit} {part.Name}")) + (unread.Count > 3 ? $" and {unread.Count - 3} more" : "");
        return judged with { Status = ItemStatus.Unclear, Because = $"Not all could be read: {names}. {judged.Because}", Pattern = judged.Pattern ?? "unread" };
    }

    private static ItemJudgement Judged(ChecklistItem item, ItemStatus status, Evidence evidence, string because) =>
        new(item.Id, status, Quote.Of(evidence.Passage, evidence.Cue), evidence.Passage.Origin, because, evidence.Cue?.Id ?? "topic");
}
