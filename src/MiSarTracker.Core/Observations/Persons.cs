using System.Globalization;

namespace MiSarTracker.Core.Observations;

/// <summary>Tells the occurrences of other persons (a family's shared scale) from those of the account's own person.</summary>
internal sealed class Persons
{
    private readonly IReadOnlyDictionary<Category, string> _fields;
    private readonly Dictionary<Category, decimal> _own = [];

    public Persons(IReadOnlyDictionary<Category, string> fields, IReadOnlyList<Occurrence> occurrences, IReadOnlyList<Fact> facts)
    {
        _fields = fields;
        foreach (var (category, field) in fields)
        {
            if ((OfProfile(field, facts) ?? MostFrequent(category, field, occurrences)) is { } own)
            {
                _own[category] = own;
            }
        }
    }

    public Occurrence Tell(Occurrence occurrence)
    {
        if (occurrence.Subject.Length > 0
            || !_fields.TryGetValue(occurrence.Category, out var field)
            || !_own.TryGetValue(occurrence.Category, out var own)
            || occurrence[field] is not { Number: { } number } value
            || Math.Abs(number - own) <= 1)
        {
            return occurrence;
        }

        return occurrence with { Subject = $"{field} {value.Display}" };
    }

    private static decimal? OfProfile(string field, IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts)
        {
            if (fact.Category == Category.Profile && fact.Name == field
                && decimal.TryParse(fact.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && value > 0)
            {
                return value;
            }
        }

        return null;
    }

    private static decimal? MostFrequent(Category category, string field, IReadOnlyList<Occurrence> occurrences)
    {
        var values = occurrences.Where(one => one.Category == category).Select(one => one[field]?.Number).OfType<decimal>();
        return values.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key)
            .Select(group => (decimal?)group.Key).FirstOrDefault();
    }
}
