using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>What is said of the answer as a whole: late, repeating or contradicting itself.</summary>
internal static class AnswerFindings
{
    public static Finding? Late(IReadOnlyList<AnswerExhibit> answers, LocalDate? due)
    {
        if (due is not { } day || answers.Count == 0 || answers.Min(answer => answer.Received) is var received && received <= day)
        {
            return null;
        }

        var days = Period.DaysBetween(day, received);
        return new Finding
        {
            Kind = FindingKind.Late,
            Subject = "deadline",
            Count = days,
            Severity = Severity.Low,
            Statement = $"The answer arrived on {Wording.Date(received)}, {days} {(days == 1 ? "day" : "days")} after the last day on which it was due ({Wording.Date(day)}).",
            Innocent = [new InnocentExplanation("receipt presumed", null, "If the date of receipt was presumed from the day of sending, the last day may have been later.")],
            Response = [.. answers.Select(answer => Origin.InAnswer(answer.Exhibit, "", 0))],
        };
    }

    /// <summary>Notices of extension that came too late, a second time or without reasons: one finding for each.</summary>
    public static IEnumerable<Finding> InvalidExtensions(IReadOnlyList<FaultyExtension> notices) => notices.Select(notice => new Finding
    {
        Kind = FindingKind.InvalidExtension,
        Subject = "deadline",
        Count = notice.Faults.Count,
        Severity = Severity.Low,
        Statement = $"The notice of extension of {Wording.Date(notice.Received)} does not meet Art. 12(3) GDPR: {string.Join(' ', notice.Faults)}",
        Innocent = [new InnocentExplanation("more was said elsewhere", null, "Reasons, or an earlier notice, may stand in a message that is not recorded here.")],
        Response = notice.Exhibit is { } exhibit ? [Origin.InAnswer(exhibit, "", 0)] : [],
    });

    /// <summary>Fields that are encoded and unexplained, and that no finding of a category speaks of: a remark for each.</summary>
    public static IEnumerable<Finding> Encoded(IReadOnlyList<EncodedField> fields, IReadOnlySet<Category> told) =>
        fields.Where(field => !field.Categories.Any(told.Contains)).Select(field => new Finding
        {
            Kind = FindingKind.Unintelligible,
            Subject = field.Field,
            Count = field.Count,
            Severity = Severity.Info,
            Statement = $"{Wording.Number(field.Count)} {(field.Count == 1 ? "value" : "values")} in {field.Field} of {field.Origin.Part} {(field.Count == 1 ? "is" : "are")} encoded "
                + $"({Wording.Number(field.Bytes)} bytes in all), and the answer does not say how; what they hold could not be compared.",
            Innocent = [new InnocentExplanation("nothing of the person", null, "It may be a key, a signature or a picture.")],
            Response = [field.Origin],
        });

    /// <summary>Rows that repeat others: one finding per category and member.</summary>
    public static IEnumerable<Finding> Duplicates(IReadOnlyList<RepeatedRow> rows) =>
        rows.GroupBy(row => (row.Category, row.Again.Exhibit, row.Again.Part))
            .OrderBy(group => group.Key.Category).ThenBy(group => group.Key.Exhibit, StringComparer.Ordinal).ThenBy(group => group.Key.Part, StringComparer.Ordinal)
            .Select(group => new Finding
            {
                Kind = FindingKind.DuplicateInResponse,
                Category = group.Key.Category,
                Subject = group.Key.Part,
                From = group.Min(row => row.At?.Local) is { } from ? Moment.Bare(from) : null,
                To = group.Max(row => (row.Until ?? row.At)?.Local) is { } to ? Moment.Bare(to) : null,
                Count = group.Sum(row => (long)row.Count),
                Severity = Severity.Info,
                Statement = $"{Wording.Number(group.Sum(row => (long)row.Count))} {(group.Sum(row => row.Count) == 1 ? "row repeats" : "rows repeat")} what another row says already.",
                Examples = [.. group.OrderBy(row => row.Again.Number).Take(Finding.MaxExamples).Select(row => new Example(row.At, null, row.Value))],
                Response = [.. group.OrderBy(row => row.Again.Number).Select(row => row.Again).Take(Finding.MaxReferences)],
            });

    /// <summary>Rows that contradict others: one finding per category and member.</summary>
    public static IEnumerable<Finding> Conflicts(IReadOnlyList<ConflictingRow> rows) =>
        rows.GroupBy(row => (row.Category, row.Other.Exhibit, row.Other.Part))
            .OrderBy(group => group.Key.Category).ThenBy(group => group.Key.Exhibit, StringComparer.Ordinal).ThenBy(group => group.Key.Part, StringComparer.Ordinal)
            .Select(group => new Finding
            {
                Kind = FindingKind.ConflictingInResponse,
                Category = group.Key.Category,
                Subject = group.Key.Part,
                From = group.Min(row => row.At?.Local) is { } from ? Moment.Bare(from) : null,
                To = group.Max(row => (row.Until ?? row.At)?.Local) is { } to ? Moment.Bare(to) : null,
                Count = group.Sum(row => (long)row.Count),
                Severity = Severity.Low,
                Statement = $"{Wording.Number(group.Sum(row => (long)row.Count))} {(group.Sum(row => row.Count) == 1 ? "row contradicts" : "rows contradict")} another row of the answer; "
                    + (group.All(row => row.First.Exhibit == row.Other.Exhibit) ? "the first was compared." : "of several answers the latest was compared, of one answer the first row."),
                Innocent = [new InnocentExplanation("a clock set back", null, "When a clock goes back, an hour of local time comes twice.")],
                Examples = [.. group.OrderBy(row => row.Other.Number).Take(Finding.MaxExamples).Select(row => new Example(row.At, null, $"{row.FirstValue}; {row.OtherValue}"))],
                Response = [.. group.OrderBy(row => row.Other.Number).Select(row => row.Other).Take(Finding.MaxReferences)],
            });
}
