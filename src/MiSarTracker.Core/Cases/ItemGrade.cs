using MiSarTracker.Core.Article15;
using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>The person's judgement of an item of the checklist.</summary>
/// <param name="Item"><c>15(1)(c)</c>.</param>
/// <param name="Status">Null: the patterns' judgement counts again.</param>
/// <param name="Because">The person's reason.</param>
public sealed record ItemGrade(string Item, ItemStatus? Status, string Because, Instant At)
{
    /// <summary>The judgement that counts for an item: the last one, unless that hands it back to the patterns.</summary>
    public static ItemGrade? Current(IReadOnlyList<ItemGrade> grades, string item) =>
        grades.LastOrDefault(grade => grade.Item == item) is { Status: not null } current ? current : null;

    /// <summary>The judgements that count.</summary>
    public static ValueList<ItemGrade> Current(IReadOnlyList<ItemGrade> grades) =>
        Checklist.Items.Select(item => Current(grades, item.Id)).OfType<ItemGrade>().ToValueList();
}
