using System.Globalization;
using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// One local day of one category on one clock, as all members of an answer state it. The member that comes first by
/// <see cref="AnswerOrder"/> (and in it the lowest line) counts for each minute; the others repeat it or contradict it.
/// </summary>
internal sealed class DisclosedDay(Category category, Offset? offset, LocalDate date)
{
    private readonly List<DisclosedMinutes> _parts = [];

    public DisclosedMinutes Part(string exhibit, string member)
    {
        foreach (var part in _parts)
        {
            if (part.Exhibit == exhibit && part.Member == member)
            {
                return part;
            }
        }

        var added = new DisclosedMinutes(exhibit, member);
        _parts.Add(added);
        return added;
    }

    /// <summary>The day's minutes by member; what is repeated or contradicted goes to <paramref name="repetitions"/>.</summary>
    public IEnumerable<MinuteDay> Build(AnswerOrder order, MinuteRepetitions repetitions)
    {
        _parts.Sort((one, other) => order.CompareExhibits(one.Exhibit, other.Exhibit) is var byExhibit and not 0
            ? byExhibit
            : string.CompareOrdinal(one.Member, other.Member));
        for (var later = 0; later < _parts.Count; later++)
        {
            if (later > 0)
            {
                GiveWay(later, repetitions);
            }

            foreach (var extra in _parts[later].Extras.OrderBy(extra => extra.Line))
            {
                Report(repetitions, Holder(extra.Minute, later), _parts[later], extra.Minute, extra.Value, extra.Line);
            }
        }

        foreach (var part in _parts)
        {
            if (part.Values.AsSpan().ContainsAnyExcept(MinuteDay.None))
            {
                yield return new MinuteDay(category, date, offset, Origin.InAnswer(part.Exhibit, part.Member, 0), part.Values) { Lines = part.Lines };
            }
        }

        repetitions.EndOfDay();
    }

    private void GiveWay(int later, MinuteRepetitions repetitions)
    {
        var part = _parts[later];
        for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
        {
            if (part.Values[minute] == MinuteDay.None || Holder(minute, later - 1) is not { } first)
            {
                continue;
            }

            Report(repetitions, first, part, minute, part.Values[minute], part.OwnLines[minute]);
            (part.Values[minute], part.OwnLines[minute]) = (MinuteDay.None, 0);
        }
    }

    private DisclosedMinutes? Holder(int minute, int last)
    {
        for (var i = 0; i <= last; i++)
        {
            if (_parts[i].Values[minute] != MinuteDay.None)
            {
                return _parts[i];
            }
        }

        return null;
    }

    private void Report(MinuteRepetitions repetitions, DisclosedMinutes? first, DisclosedMinutes other, int minute, short value, int line)
    {
        if (first is null)
        {
            return;
        }

        var at = new Moment(date.AtMidnight().PlusMinutes(minute), offset);
        repetitions.Add(new MinuteRepetitions.Pair(
            category, at, first.Values[minute], value,
            Origin.InAnswer(first.Exhibit, first.Member, first.Lines[minute]),
            Origin.InAnswer(other.Exhibit, other.Member, line)));
    }
}

/// <summary>Folds repeated and contradicted minutes into stretches while they come, so that a whole archive sent twice is a few rows.</summary>
internal sealed class MinuteRepetitions(List<RepeatedRow> repeated, List<ConflictingRow> conflicting)
{
    private Pair _first;
    private Pair _last;
    private int _count;

    public void Add(in Pair pair)
    {
        if (_count > 0 && _last.IsFollowedBy(pair))
        {
            (_last, _count) = (pair, _count + 1);
            return;
        }

        EndOfDay();
        (_first, _last, _count) = (pair, pair, 1);
    }

    /// <summary>Closes the stretch that is open: stretches end with the day.</summary>
    public void EndOfDay()
    {
        if (_count == 0)
        {
            return;
        }

        Moment? until = _count > 1 ? _last.At : null;
        if (_first.IsEqual)
        {
            repeated.Add(new RepeatedRow(_first.Category, _first.At, Text(_first.FirstValue), _first.First, _first.Other)
            {
                Count = _count,
                Until = until,
            });
        }
        else
        {
            conflicting.Add(new ConflictingRow(
                _first.Category, _first.At, Text(_first.FirstValue), Text(_first.OtherValue), _first.First, _first.Other)
            {
                Count = _count,
                Until = until,
            });
        }

        _count = 0;
    }

    private static string Text(short value) => value.ToString(CultureInfo.InvariantCulture);

    internal readonly record struct Pair(Category Category, Moment At, short FirstValue, short OtherValue, Origin First, Origin Other)
    {
        public bool IsEqual => FirstValue == OtherValue;

        /// <summary>The next pair stands on the next line on both sides and says the same of the two.</summary>
        public bool IsFollowedBy(in Pair next) =>
            IsEqual == next.IsEqual
            && First.Part == next.First.Part && Other.Part == next.Other.Part
            && First.Exhibit == next.First.Exhibit && Other.Exhibit == next.Other.Exhibit
            && next.First.Number == First.Number + 1 && next.Other.Number == Other.Number + 1;
    }
}
