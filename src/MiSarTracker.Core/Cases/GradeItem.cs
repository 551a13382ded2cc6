using MiSarTracker.Core.Article15;
using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Records how the person judges an item of Article 15 in the answer, with the reason. It takes the place of what the patterns say,
/// until a later judgement takes its place in turn. All of them stay on the record.
/// </summary>
/// <param name="Status">Null hands the item back to the patterns.</param>
public sealed record GradeItem(string Item, ItemStatus? Status, string Because) : IVerb<GradeItem>
{
    public static Decision Decide(Case @case, GradeItem command, Instant now)
    {
        if (@case.State == CaseState.Erased)
            throw Steps.Refuse(@case, $"{@case.Reference} is erased: there is nothing to judge.");
        var item = Checklist.Find(command.Item);
        if (@case.Exhibits.All(exhibit => exhibit.Kind != ExhibitKind.Response))
            throw Steps.Refuse(@case, $"{@case.Reference} has no answer yet: there is nothing to judge.");
        var because = command.Because.Trim();
        if (because.Length == 0)
            throw new Refusal("A judgement needs its reason.", "Say it with --because: where it stands, or what is missing.");
        var current = @case.Grades.LastOrDefault(grade => grade.Item == item.Id);
        if (current is null ? command.Status is null : current.Status == command.Status && (current.Because == because || command.Status is null))
            return Decision.Nothing(@case);
        var status = command.Status is { } judged ? ContractName.Of(judged) : "pattern";
        return Decision.Of(
            @case with { Grades = @case.Grades.With(new ItemGrade(item.Id, command.Status, because, now)) },
            "item-graded",
            command.Status is null ? $"Art. {item.Id}: left to the patterns again: {because}" : $"Art. {item.Id} judged {status}: {because}",
            Payload.Of(("item", item.Id), ("status", status), ("because", because)));
    }
}
