using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Article15;

/// <summary>The checklist of a comparison: what the patterns found, or what the person says it is.</summary>
internal static class ChecklistOf
{
    public const string ByPattern = "pattern";

    public const string ByPerson = "person";

    /// <param name="grades">The person's judgements; the last one of an item counts.</param>
    public static IReadOnlyList<Article15Item> Items(AnswerJudgement judgement, IReadOnlyList<ItemGrade> grades) =>
        [.. judgement.Items.Select(item => ItemGrade.Current(grades, item.Item) is { } grade ? ByHand(item, grade) : ByRule(item, judgement))];

    /// <summary>A copy in which the comparison finds gaps is a part of one; the gaps are findings of their own.</summary>
    public static AnswerJudgement WithGaps(AnswerJudgement judgement, int gaps) => gaps == 0 ? judgement : judgement with
    {
        Items =
        [
            .. judgement.Items.Select(item => item is { Item: Checklist.Copy, Status: ItemStatus.Answered }
                ? item with { Status = ItemStatus.Partly, Because = $"The answer holds data, and the comparison finds gaps in them ({gaps} {(gaps == 1 ? "finding" : "findings")}).", Pattern = "gaps" }
                : item),
        ],
    };

    private static Article15Item ByRule(ItemJudgement item, AnswerJudgement judgement) =>
        new(item.Item, ContractName.Of(item.Status), item.Quote, item.Where is { } where ? Place(where) : judgement.Read)
        {
            By = ByPattern,
            Because = item.Because,
            Pattern = item.Pattern,
        };

    private static Article15Item ByHand(ItemJudgement item, ItemGrade grade) =>
        new(item.Item, ContractName.Of(grade.Status!.Value), item.Quote, item.Where is { } where ? Place(where) : null)
        {
            By = ByPerson,
            Because = grade.Because,
            Pattern = item.Pattern,
            PatternStatus = ContractName.Of(item.Status),
        };

    private static string Place(Origin origin) => origin.Number > 0 ? $"{origin.Exhibit} {origin.Part}, line {origin.Number}" : $"{origin.Exhibit} {origin.Part}";
}
