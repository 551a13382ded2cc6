namespace MiSarTracker.Core.Observations;

/// <summary>Distinct facts, each with its first sighting and the number of exchanges or rows that carried it.</summary>
internal sealed class FactSightings
{
    private readonly Dictionary<(Category Category, string Name, string Value, bool? InWorkout), Held> _facts = [];

    public void Add(in Sighting seen, Fact fact)
    {
        var key = (fact.Category, fact.Name, fact.Value, fact.InWorkout);
        if (!_facts.TryGetValue(key, out var held))
        {
            _facts[key] = new Held(fact, seen);
            return;
        }

        held.Again(fact, seen);
    }

    public IReadOnlyList<Fact> Build() =>
    [
        .. _facts.Values
            .Select(held => held.Build())
            .OrderBy(fact => fact.Category).ThenBy(fact => fact.Name, StringComparer.Ordinal)
            .ThenBy(fact => fact.Value, StringComparer.Ordinal).ThenBy(fact => fact.InWorkout),
    ];

    private sealed class Held(Fact fact, Sighting seen)
    {
        private Sighting _first = seen;
        private Sighting _last = seen;
        private Origin _origin = fact.Origin;
        private bool _identifies = fact.Identifies;
        private int _count = 1;

        public void Again(Fact again, in Sighting at)
        {
            // An exchange that says the same thing in its header, query and body is one exchange.
            if (at.Exhibit != _last.Exhibit || at.Exchange != _last.Exchange)
            {
                _count++;
            }

            _last = at;
            _identifies |= again.Identifies;
            if (at < _first)
            {
                (_first, _origin) = (at, again.Origin);
            }
        }

        public Fact Build() => fact with { Origin = _origin, SeenAt = _first.SeenAt, Count = _count, Identifies = _identifies };
    }
}
