using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// Moves an answer's minutes from its own clock to another answer's. Day by day of the uploads, because only they tell at which hour a
/// clock moved on a day of daylight saving; what lies outside the captures moves by what held on the nearest day.
/// </summary>
internal sealed class MovedMinutes(Category category, IReadOnlyList<UploadedDay> uploaded, MinuteTolerance tolerance)
{
    private readonly SortedDictionary<(int Day, string Member), (short[] Values, int[] Lines, Origin Origin)> _moved = [];

    public IEnumerable<MinuteDay> Move(CommonClock.Answer from, CommonClock.Answer to)
    {
        for (var i = 0; i < uploaded.Count; i++)
        {
            var (own, other) = (SplitOf(from, i), SplitOf(to, i));
            for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
            {
                var at = uploaded[i].FirstMinute + minute + own.ShiftOf(minute);
                if (from.Minutes.Use(at))
                {
                    Put(from.Minutes, at, uploaded[i].FirstMinute + minute + other.ShiftOf(minute));
                }
            }
        }

        foreach (var at in from.Minutes.Unused())
        {
            var date = AnswerMinutes.Time(at).Date;
            Put(from.Minutes, at, at + to.Clock.ShiftNear(date) - from.Clock.ShiftNear(date));
        }

        return _moved.Select(day => new MinuteDay(category, LocalDate.FromDateOnly(DateOnly.FromDayNumber(day.Key.Day)), null, day.Value.Origin, day.Value.Values) { Lines = day.Value.Lines });
    }

    private DaySplit SplitOf(CommonClock.Answer answer, int day) => answer.Clock.ChangesAt(day)
        ? DaySplit.Find(uploaded[day], answer.Minutes, answer.Clock.ShiftsAround(day), answer.Clock.ShiftsBeside(day), tolerance)
        : DaySplit.None(answer.Clock.ShiftOf(day));

    private void Put(AnswerMinutes minutes, long from, long to)
    {
        var row = minutes.Row(from)!.Value;
        var (day, minute) = ((int)(to / MinuteDay.MinutesPerDay), (int)(to % MinuteDay.MinutesPerDay));
        if (!_moved.TryGetValue((day, row.Part), out var held))
        {
            _moved[(day, row.Part)] = held = (new short[MinuteDay.MinutesPerDay], new int[MinuteDay.MinutesPerDay], row with { Number = 0 });
            held.Values.AsSpan().Fill(MinuteDay.None);
        }

        // When a clock goes back, an hour of it comes twice; the first counts, as it does within one answer.
        if (held.Values[minute] == MinuteDay.None)
        {
            (held.Values[minute], held.Lines[minute]) = (minutes.Value(from), (int)row.Number);
        }
    }
}
