using MiSarTracker.Core.Findings;

namespace MiSarTracker.Core.Article15;

/// <summary>An item of the checklist.</summary>
/// <param name="Id"><c>15(1)(a)</c>.</param>
/// <param name="What">What it asks for, for a table.</param>
/// <param name="Says">The same as the end of a sentence: “the answer does not say …”.</param>
/// <param name="Weight">How much its absence weighs for the person.</param>
public sealed record ChecklistItem(string Id, string What, string Says, Severity Weight)
{
    /// <summary>What an answer must name each of; empty when the item is one thing.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}

/// <summary>The checklist of a complete answer: GDPR Art. 15(1)(a)-(h), 15(2), 15(3).</summary>
public static class Checklist
{
    /// <summary>Confirmation; also given by giving the data.</summary>
    public const string Confirmation = "15(1)";

    public const string Purposes = "15(1)(a)";

    public const string Categories = "15(1)(b)";

    /// <summary>The copy: judged by the data that came, not by words.</summary>
    public const string Copy = "15(3)";

    /// <summary>
    /// The items in the regulation's order. The source is owed only for data that did not come from the person, which nobody outside
    /// can know: its absence is a remark.
    /// </summary>
    public static IReadOnlyList<ChecklistItem> Items { get; } =
    [
        new(Confirmation, "confirmation whether data are processed, and access to them", "whether data about the person are processed", Severity.Low),
        new(Purposes, "purposes of the processing", "for which purposes the data are processed", Severity.Medium),
        new(Categories, "categories of personal data", "which categories of data are processed", Severity.Low),
        new("15(1)(c)", "recipients, by name (C-154/21), also in third countries", "who received the data, by name", Severity.Medium),
        new("15(1)(d)", "retention period, or the criteria for it", "for how long the data are kept, or by which criteria that is decided", Severity.Medium),
        new("15(1)(e)", "rights to rectification, erasure, restriction and objection", "that there are rights to rectification, erasure, restriction and objection", Severity.Low)
        {
            Parts = ["rectification", "erasure", "restriction", "objection"],
        },
        new("15(1)(f)", "right to complain to a supervisory authority", "that one may complain to a supervisory authority", Severity.Low),
        new("15(1)(g)", "source of data that were not collected from the person", "where the data come from", Severity.Info),
        new("15(1)(h)", "automated decisions and profiling: logic, significance, consequences", "whether there are automated decisions or profiling", Severity.Medium),
        new("15(2)", "safeguards for transfers to third countries", "by which safeguards data are transferred to third countries, or that they are not", Severity.Medium),
        new(Copy, "a copy of all the data, faithful and intelligible (C-487/21)", "what the data are: it holds no copy of them", Severity.High),
    ];

    /// <summary>The checklist when the answer was not judged.</summary>
    public static IReadOnlyList<Article15Item> NotJudged { get; } =
        [.. Items.Select(item => new Article15Item(item.Id, "unclear", null, "not judged yet"))];

    /// <exception cref="Refusal">There is no such item.</exception>
    public static ChecklistItem Find(string id)
    {
        var bare = id.Replace(" ", "", StringComparison.Ordinal);
        foreach (var prefix in new[] { "Article", "Art.", "Art" })
        {
            bare = bare.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? bare[prefix.Length..] : bare;
        }

        return Items.FirstOrDefault(item => string.Equals(item.Id, bare, StringComparison.OrdinalIgnoreCase))
            ?? throw new Refusal($"“{id}” is no item of Article 15.", $"Known: {string.Join(", ", Items.Select(item => item.Id))}.");
    }
}

/// <summary>What an answer says of an item. In an order: of two judgements the greater one counts.</summary>
public enum ItemStatus
{
    /// <summary>Nothing, or no more than a pointer to another document.</summary>
    Missing,

    /// <summary>Words about it that no rule knows, or something that could not be read.</summary>
    Unclear,

    /// <summary>Less than the law asks for.</summary>
    Partly,
    Answered,
}
