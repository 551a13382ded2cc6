using MiSarTracker.Core.Findings;

namespace MiSarTracker.Core.Correlation;

/// <summary>The checklist of a complete answer: GDPR Art. 15(1)(a)-(h), 15(2), 15(3).</summary>
public static class Article15
{
    /// <summary>Each item with what it asks for, in the regulation's order.</summary>
    public static IReadOnlyList<(string Item, string What)> Items { get; } =
    [
        ("15(1)", "confirmation whether data are processed, and access to them"),
        ("15(1)(a)", "purposes of the processing"),
        ("15(1)(b)", "categories of personal data"),
        ("15(1)(c)", "recipients, by name (C-154/21), also in third countries"),
        ("15(1)(d)", "retention period, or the criteria for it"),
        ("15(1)(e)", "rights to rectification, erasure, restriction and objection"),
        ("15(1)(f)", "right to complain to a supervisory authority"),
        ("15(1)(g)", "source of data that were not collected from the person"),
        ("15(1)(h)", "automated decisions and profiling: logic, significance, consequences"),
        ("15(2)", "safeguards for transfers to third countries"),
        ("15(3)", "a copy of all the data, faithful and intelligible (C-487/21)"),
    ];

    /// <summary>The checklist before anybody, person or rule, has judged the answer's text.</summary>
    public static IReadOnlyList<Article15Item> NotJudged { get; } =
        [.. Items.Select(item => new Article15Item(item.Item, "unclear", null, "not judged yet"))];
}
