namespace MiSarTracker.Core.Observations;

/// <summary>The minutes of several sources (answers, and folders in them) as one: each minute once, with what was repeated and contradicted between them.</summary>
/// <param name="Minutes">The given days; of those that others go before, without the minutes that these state.</param>
public sealed record AnswersTogether(
    IReadOnlyList<MinuteDay> Minutes, IReadOnlyList<RepeatedRow> Repeated, IReadOnlyList<ConflictingRow> Conflicting)
{
    /// <summary>Lays the days over each other, the latest answer first (see <see cref="AnswerOrder"/>). The given arrays are left as they are.</summary>
    /// <param name="days">Days of one clock or with offsets; nothing of one source is stated twice in them.</param>
    /// <param name="exhibits">The answers, for the days of their arrival.</param>
    public static AnswersTogether Of(IReadOnlyList<MinuteDay> days, IReadOnlyList<AnswerExhibit> exhibits)
    {
        if (days.Select(day => AnswerSource.Of(day.Origin)).Distinct().Take(2).Count() < 2)
        {
            return new AnswersTogether(days, [], []);
        }

        var order = new AnswerOrder(exhibits);
        var (repeated, conflicting, minutes) = (new List<RepeatedRow>(), new List<ConflictingRow>(), new List<MinuteDay>(days.Count));
        foreach (var same in days.GroupBy(day => (day.Category, day.Offset, day.Date)))
        {
            Lay([.. same.Order(Comparer<MinuteDay>.Create((one, other) => order.Compare(one.Origin, other.Origin)))], minutes, new MinuteRepetitions(repeated, conflicting));
        }

        return new AnswersTogether(minutes, repeated, conflicting);
    }

    private static void Lay(List<MinuteDay> days, List<MinuteDay> minutes, MinuteRepetitions repetitions)
    {
        for (var i = 0; i < days.Count; i++)
        {
            var source = AnswerSource.Of(days[i].Origin);
            var before = days[..i].FindAll(day => AnswerSource.Of(day.Origin) != source);
            var rest = before.Count == 0 ? days[i] : Remaining(days[i], before, repetitions);
            if (rest.Values.AsSpan().ContainsAnyExcept(MinuteDay.None))
            {
                minutes.Add(rest);
            }
        }

        repetitions.EndOfDay();
    }

    private static MinuteDay Remaining(MinuteDay day, List<MinuteDay> before, MinuteRepetitions repetitions)
    {
        short[]? values = null;
        for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
        {
            if (day.Values[minute] == MinuteDay.None || before.Find(first => first.Values[minute] != MinuteDay.None) is not { } holder)
            {
                continue;
            }

            (values ??= [.. day.Values])[minute] = MinuteDay.None;
            repetitions.Add(new MinuteRepetitions.Pair(
                day.Category, new Moment(day.Date.AtMidnight().PlusMinutes(minute), day.Offset), holder.Values[minute], day.Values[minute], Row(holder, minute), Row(day, minute)));
        }

        return values is null ? day : new MinuteDay(day.Category, day.Date, day.Offset, day.Origin, values) { Lines = day.Lines };
    }

    private static Origin Row(MinuteDay day, int minute) => day.Origin with { Number = day.Lines?[minute] ?? 0 };
}
