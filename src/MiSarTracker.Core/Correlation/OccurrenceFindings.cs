using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>Turns one category's compared occurrences into findings: neighbours in the same state are one.</summary>
internal sealed class OccurrenceFindings(Category category, Innocence innocence, ComparisonRules rules, FindingKind kindOfMissing, IReadOnlyList<EncodedField> encoded, Shown shown)
{
    public IEnumerable<Finding> All(IReadOnlyList<ComparedOccurrence> compared)
    {
        var oldest = compared.Where(one => one.Disclosed is not null).Select(one => (NodaTime.LocalDate?)one.At.Local.Date).Min();
        for (var first = 0; first < compared.Count;)
        {
            var last = first;
            while (last + 1 < compared.Count && compared[last + 1].State == compared[first].State)
            {
                last++;
            }

            var run = compared.Skip(first).Take(last - first + 1).ToList();
            first = last + 1;
            if (OfRun(run, oldest) is { } finding)
            {
                yield return finding;
            }
        }
    }

    private Finding? OfRun(List<ComparedOccurrence> run, NodaTime.LocalDate? oldest) => run[0].State switch
    {
        MinuteState.Missing => Missing(run, oldest),
        MinuteState.Altered => Altered(run),
        MinuteState.DisclosedOnly => DisclosedOnly(run, covered: true),
        MinuteState.OutsideCapture => DisclosedOnly(run, covered: false),
        _ => null,
    };

    private Finding Missing(List<ComparedOccurrence> run, NodaTime.LocalDate? oldest)
    {
        return Basis(run, kindOfMissing) with
        {
            Severity = Weight.OfMissing(kindOfMissing, category, run.Count),
            Statement = kindOfMissing == FindingKind.Unintelligible
                ? shown.Gap(Wording.Samples(category, run.Count), run.Count, Time(run), Wording.OnlyEncoded(encoded))
                : shown.Absence(Wording.Samples(category, run.Count), run.Count, Time(run), kindOfMissing == FindingKind.AggregatedOnly ? "in the answer only as totals" : "not in the answer"),
            Response = [.. encoded.Select(field => field.Origin)],
            Innocent = innocence.OfMissing(category, run[0].At, run[^1].At, null, false, null, oldest),
            Examples = [.. run.Take(Finding.MaxExamples).Select(one => new Example(one.At, Show(one.Uploaded!), null))],
        };
    }

    private Finding Altered(List<ComparedOccurrence> run)
    {
        var difference = run[0].Differences[0];
        return Basis(run, FindingKind.Altered) with
        {
            Severity = Severity.Medium,
            Statement = $"{Wording.Samples(category, run.Count)} {Time(run)}: the answer differs {shown.From}, "
                + $"first in {difference.Field}: {difference.Disclosed} instead of {difference.Uploaded}.",
            Innocent = Innocence.OfAltered(rules.ToleranceOf(category, difference.Field), null, false),
            Examples =
            [
                .. run.SelectMany(one => one.Differences.Select(field =>
                    new Example(one.At, $"{field.Field} {field.Uploaded}", $"{field.Field} {field.Disclosed}"))).Take(Finding.MaxExamples),
            ],
        };
    }

    private Finding DisclosedOnly(List<ComparedOccurrence> run, bool covered) => Basis(run, FindingKind.DisclosedOnly) with
    {
        Severity = Severity.Info,
        Covered = covered,
        Statement = $"The answer holds {Wording.Samples(category, run.Count)} {Time(run)} that "
            + (covered ? "no captured upload of those days shows." : $"{(run.Count == 1 ? "lies" : "lie")} outside the captured days."),
        Innocent = [new InnocentExplanation("not captured", null, "What was sent while nothing was captured cannot be seen."), .. Person()],
        Examples = [.. run.Take(Finding.MaxExamples).Select(one => new Example(one.At, null, Show(one.Disclosed!)))],
    };

    private IEnumerable<InnocentExplanation> Person() => category == Category.Body
        ? [new InnocentExplanation("family member", null, "A scale weighs a whole household; a row may be another person's.")]
        : [];

    private Finding Basis(List<ComparedOccurrence> run, FindingKind kind) => new()
    {
        Kind = kind,
        Category = category,
        Subject = run.Count == 1 && (run[0].Uploaded ?? run[0].Disclosed)!.Subject is { Length: > 0 } subject ? subject : Wording.Unit(category),
        From = run[0].At,
        To = run[^1].At,
        Count = run.Count,
        Severity = Severity.Info,
        Statement = "",
        Evidence = [.. run.Select(one => one.Uploaded?.Origin).OfType<Origin>().Distinct().Take(Finding.MaxReferences)],
        Response = [.. run.Select(one => one.Disclosed?.Origin).OfType<Origin>().Distinct().Take(Finding.MaxReferences)],
    };

    private static string Time(List<ComparedOccurrence> run) => Wording.Time(run[0].At, run[^1].At);

    private static string Show(Occurrence what) =>
        string.Join(", ", what.Fields.Take(4).Select(field => $"{field.Name} {field.Display}"));
}
