using System.Globalization;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// Of statements of the same thing the first by <see cref="AnswerOrder"/> counts. A further one that says nothing
/// else is a repetition; one that disagrees in a field that both state is a contradiction.
/// </summary>
internal static class Repetitions
{
    public static List<Occurrence> Without(IEnumerable<List<Occurrence>> groups, AnswerOrder order, List<RepeatedRow> repeated, List<ConflictingRow> conflicting)
    {
        var kept = new List<Occurrence>();
        foreach (var group in groups)
        {
            group.Sort((one, other) => order.Compare(one.Origin, other.Origin));
            var first = group[0];
            kept.Add(first);
            foreach (var again in group.Skip(1))
            {
                if (Difference(first, again) is { } difference)
                {
                    conflicting.Add(new ConflictingRow(
                        first.Category, first.Start, difference.First, difference.Other, first.Origin, again.Origin));
                }
                else
                {
                    repeated.Add(new RepeatedRow(first.Category, first.Start, Shown(first), first.Origin, again.Origin));
                }
            }
        }

        kept.Sort(ObservationOrder.Occurrences);
        return kept;
    }

    public static List<DailyTotal> Without(IEnumerable<List<DailyTotal>> groups, AnswerOrder order, List<RepeatedRow> repeated, List<ConflictingRow> conflicting)
    {
        var kept = new List<DailyTotal>();
        foreach (var group in groups)
        {
            group.Sort((one, other) => order.Compare(one.Origin, other.Origin));
            var first = group[0];
            kept.Add(first);
            var at = Moment.Bare(first.Date.AtMidnight());
            foreach (var again in group.Skip(1))
            {
                if (again.Value == first.Value)
                {
                    repeated.Add(new RepeatedRow(first.Category, at, Named(first), first.Origin, again.Origin));
                }
                else
                {
                    conflicting.Add(new ConflictingRow(first.Category, at, Named(first), Named(again), first.Origin, again.Origin));
                }
            }
        }

        return
        [
            .. kept.OrderBy(total => total.Category).ThenBy(total => total.Date).ThenBy(total => total.Name, StringComparer.Ordinal),
        ];
    }

    private static (string First, string Other)? Difference(Occurrence first, Occurrence again)
    {
        if (first.End is { } end && again.End is { } otherEnd && end != otherEnd)
        {
            return ($"end {Local(end)}", $"end {Local(otherEnd)}");
        }

        foreach (var field in first.Fields)
        {
            if (again[field.Name] is { } other && (other.Number != field.Number || other.Text != field.Text))
            {
                return ($"{field.Name} {field.Display}", $"{field.Name} {other.Display}");
            }
        }

        return null;
    }

    private static string Local(Moment moment) => moment.Local.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Shown(Occurrence occurrence) => string.Join(", ", occurrence.Fields.Select(field => $"{field.Name} {field.Display}"));

    private static string Named(DailyTotal total) => $"{total.Name} {total.Value.ToString("0.############", CultureInfo.InvariantCulture)}";
}
