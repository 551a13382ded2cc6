using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Article15;

/// <summary>What the patterns make of one item.</summary>
/// <param name="Item"><c>15(1)(a)</c>.</param>
/// <param name="Quote">The sentence that decided, shortened; null when none did.</param>
/// <param name="Where">Where it stands.</param>
/// <param name="Because">Why it is judged so, a sentence or two.</param>
/// <param name="Pattern">The rule that decided: the id of a pattern, or the name of a rule of the grader; null when nothing was found.</param>
public sealed record ItemJudgement(string Item, ItemStatus Status, string? Quote, Origin? Where, string Because, string? Pattern);

/// <summary>What the patterns make of an answer.</summary>
/// <param name="Items">One for each item of the checklist, in its order.</param>
/// <param name="HasWords">Whether the answer holds words of its own at all, that are not merely an acknowledgement.</param>
/// <param name="Read">What was read, in a sentence.</param>
/// <param name="Unread">Files that may hold words and could not be read.</param>
public sealed record AnswerJudgement(IReadOnlyList<ItemJudgement> Items, bool HasWords, string Read, IReadOnlyList<AnswerPart> Unread);
