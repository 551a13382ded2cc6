using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// Collects what the members of answers state. Rows, members and exhibits may come in any order: the first statement
/// by <see cref="AnswerOrder"/> counts, what says the same again is a repeated row, what says otherwise a conflicting
/// one. The minutes of several sources stay apart, for each may print its own clock (see <see cref="AnswersTogether"/>). Minutes are dense arrays (8.6 kB per day and member), never an object per row.
/// </summary>
public sealed class DisclosedBuilder
{
    private readonly List<AnswerExhibit> _exhibits = [];
    private readonly Dictionary<(Category Category, Offset? Offset, LocalDate Date, AnswerSource Source), DisclosedDay> _days = [];
    private readonly Dictionary<(Category Category, Offset? Offset, LocalDate Date, AnswerSource Source), DisclosedDay> _stages = [];
    private readonly Dictionary<(Category Category, string Subject, Moment Start), List<Occurrence>> _occurrences = [];
    private readonly List<Series> _series = [];
    private readonly FactSightings _facts = new();
    private readonly Dictionary<(Category Category, LocalDate Date, string Name), List<DailyTotal>> _totals = [];
    private readonly List<EncodedField> _encoded = [];
    private readonly List<AnswerText> _texts = [];
    private readonly Dictionary<Category, string> _personFields = [];

    public void Exhibit(AnswerExhibit exhibit) => _exhibits.Add(exhibit);

    /// <summary>The day that takes a member's minutes of a category. Ask once per run of rows of one day, not once per row.</summary>
    /// <param name="offset">The offset that the member states, or null for bare local times.</param>
    public DisclosedMinutes Minutes(string exhibit, string member, Category category, Offset? offset, LocalDate date) =>
        Day(_days, category, offset, date, AnswerSource.Of(exhibit, member)).Part(exhibit, member);

    /// <summary>
    /// The day that takes a member's minutes of stages (<see cref="StageNames"/> by number). At the end equal neighbouring minutes
    /// become one stretch, an <see cref="Occurrence"/> of the category.
    /// </summary>
    public DisclosedMinutes StageMinutes(string exhibit, string member, Category category, Offset? offset, LocalDate date) =>
        Day(_stages, category, offset, date, default).Part(exhibit, member);

    /// <summary>An occurrence; two of the same category, subject and start are the same thing stated twice.</summary>
    public void Occurrence(Occurrence occurrence)
    {
        var key = (occurrence.Category, occurrence.Subject, occurrence.Start);
        if (!_occurrences.TryGetValue(key, out var same))
        {
            _occurrences[key] = same = new List<Occurrence>(1);
        }

        same.Add(occurrence);
    }

    public void Series(Series series) => _series.Add(series);

    public void Fact(Fact fact) => _facts.Add(new Sighting(null, fact.Origin.Exhibit, fact.Origin.Number), fact);

    public void Total(DailyTotal total)
    {
        var key = (total.Category, total.Date, total.Name);
        if (!_totals.TryGetValue(key, out var same))
        {
            _totals[key] = same = new List<DailyTotal>(1);
        }

        same.Add(total);
    }

    public void Text(AnswerText text) => _texts.Add(text);

    public void Encoded(EncodedField field) => _encoded.Add(field);

    /// <summary>
    /// Says that occurrences of the category may be of several persons, told apart by the named field (a weighing's
    /// <c>height</c>, in the same unit as the profile's). Those of another than the account's person get the subject
    /// <c>height 165</c>. The person's own value is the profile's fact of that name, else the most frequent one.
    /// </summary>
    public void TellPersonsApart(Category category, string field) => _personFields[category] = field;

    /// <summary>Everything, sorted. Hands over the arrays: the builder takes nothing more afterwards.</summary>
    public Disclosed Build()
    {
        var order = new AnswerOrder(_exhibits);
        var repeated = new List<RepeatedRow>();
        var conflicting = new List<ConflictingRow>();
        var minutes = Sorted(_days).SelectMany(day => day.Build(order, new MinuteRepetitions(repeated, conflicting))).ToList();
        var stages = Sorted(_stages).SelectMany(day => day.Build(order, new MinuteRepetitions(repeated, conflicting))).ToList();
        var facts = _facts.Build();
        var once = Repetitions.Without(_occurrences.Values, order, repeated, conflicting);
        return new Disclosed
        {
            Exhibits = [.. _exhibits.OrderBy(exhibit => exhibit.Exhibit, StringComparer.Ordinal)],
            Minutes = minutes,
            Occurrences =
            [
                .. once.Select(new Persons(_personFields, once, facts).Tell).Concat(StageStretches.Of(stages)).Order(ObservationOrder.Occurrences),
            ],
            Series = [.. _series.Order(ObservationOrder.Series)],
            Facts = facts,
            Totals = Repetitions.Without(_totals.Values, order, repeated, conflicting),
            Duplicates = [.. repeated.OrderBy(row => row.First, ObservationOrder.Origins).ThenBy(row => row.Again, ObservationOrder.Origins)],
            Conflicts = [.. conflicting.OrderBy(row => row.First, ObservationOrder.Origins).ThenBy(row => row.Other, ObservationOrder.Origins)],
            Encoded = [.. _encoded.OrderBy(field => field.Origin, ObservationOrder.Origins).ThenBy(field => field.Field, StringComparer.Ordinal)],
            Texts = [.. _texts.OrderBy(text => text.Origin, ObservationOrder.Origins)],
        };
    }

    private static DisclosedDay Day(
        Dictionary<(Category, Offset?, LocalDate, AnswerSource), DisclosedDay> days, Category category, Offset? offset, LocalDate date, AnswerSource source)
    {
        if (!days.TryGetValue((category, offset, date, source), out var day))
        {
            days[(category, offset, date, source)] = day = new DisclosedDay(category, offset, date);
        }

        return day;
    }

    private static IEnumerable<DisclosedDay> Sorted(Dictionary<(Category Category, Offset? Offset, LocalDate Date, AnswerSource Source), DisclosedDay> days) =>
        days.OrderBy(entry => entry.Key.Category).ThenBy(entry => entry.Key.Date)
            .ThenBy(entry => entry.Key.Offset is null).ThenBy(entry => entry.Key.Offset).ThenBy(entry => entry.Key.Source)
            .Select(entry => entry.Value);
}
