namespace MiSarTracker.Core.Observations;

/// <summary>
/// Distinct values by host and field, within a fixed room. Of a field with too many values it keeps those of the lowest rank, and the
/// rank depends on the value alone: so what is kept depends only on what was sent and never on the order in which it was read, and a value that
/// is kept has been counted from its first appearance on.
/// </summary>
internal sealed class SentValues
{
    private const int MostFields = 4_096;

    /// <summary>What the values may take together, in characters and a flat charge for each.</summary>
    private const long MostRoom = 16L << 20;

    private const int Charge = 64;

    private readonly LowestRanked<Field> _fields = new(MostFields);
    private int _mostPerField = 4_096;
    private long _room;
    private bool _isCut;

    public void Add(in Sighting seen, SentValue value)
    {
        if (value.Value.Length > SentValueLimits.LongestValue)
        {
            _isCut = true;
            return;
        }

        var field = _fields.GetOrAdd($"{value.Host} {value.Field}", () => new Field(_mostPerField), gone => _room -= gone.Room);
        if (field is null)
        {
            _isCut = true;
            return;
        }

        _room += field.Add(seen, value);
        while (_room > MostRoom && _mostPerField > 1)
        {
            _mostPerField /= 2;
            foreach (var one in _fields.Kept)
            {
                _room -= one.Shrink(_mostPerField);
            }
        }
    }

    public IReadOnlyList<SentValue> Build() =>
    [
        .. _fields.Kept.SelectMany(field => field.Values)
            .OrderBy(value => value.Host, StringComparer.Ordinal).ThenBy(value => value.Field, StringComparer.Ordinal)
            .ThenBy(value => value.Value, StringComparer.Ordinal),
    ];

    /// <summary>True when there were more values than are kept, or longer ones.</summary>
    public bool IsCut => _isCut || _fields.IsCut || _fields.Kept.Any(one => one.IsCut);

    private sealed class Field(int most)
    {
        private readonly LowestRanked<Held> _held = new(most);

        public long Room { get; private set; }

        public bool IsCut => _held.IsCut;

        public IEnumerable<SentValue> Values => _held.Kept.Select(held => held.Build());

        /// <summary>Returns by how much the room grew.</summary>
        public long Add(Sighting seen, SentValue value)
        {
            var before = Room;
            var held = _held.GetOrAdd(
                value.Value,
                () =>
                {
                    Room += Charge + value.Value.Length;
                    return new Held(seen, value);
                },
                Forget);
            held?.Again(seen, value);
            return Room - before;
        }

        /// <summary>Returns by how much the room shrank.</summary>
        public long Shrink(int most)
        {
            var before = Room;
            _held.Shrink(most, Forget);
            return before - Room;
        }

        private void Forget(Held gone) => Room -= Charge + gone.Length;
    }

    private sealed class Held(Sighting seen, SentValue value)
    {
        private Sighting _first = seen;
        private SentValue _value = value;
        private long _count;

        public int Length => _value.Value.Length;

        public void Again(in Sighting seen, SentValue again)
        {
            _count++;
            if (seen < _first)
            {
                (_first, _value) = (seen, again);
            }
        }

        public SentValue Build() => _value with { Count = _count };
    }
}

/// <summary>What is kept of the values that no rule knows.</summary>
public static class SentValueLimits
{
    /// <summary>Characters of a value; a longer one is not kept.</summary>
    public const int LongestValue = 1_024;
}
