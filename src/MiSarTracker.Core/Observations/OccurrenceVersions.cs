using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// What identifies things that one upload states together, so that a later upload of the same things replaces them:
/// a night with its stages, one workout, one weighing.
/// </summary>
/// <param name="Owner">Account and device; nights of one owner that overlap are one night.</param>
/// <param name="What">The kind and the key, for example <c>sleep/2024-03-31</c> or <c>workout/1711818000/run.mifit.huami.com</c>.</param>
public readonly record struct GroupKey(string Owner, string What);

/// <summary>The uploads of one group: the latest statement, and amendments that came after it.</summary>
internal sealed class OccurrenceVersions(string owner)
{
    private readonly List<(Sighting Seen, IReadOnlyList<Field> Fields)> _amendments = [];
    private bool _stated;

    public string Owner { get; } = owner;

    public Sighting Latest { get; private set; }

    public IReadOnlyList<Occurrence> Current { get; private set; } = [];

    public void State(in Sighting seen, IReadOnlyList<Occurrence> occurrences)
    {
        if (!_stated || seen > Latest)
        {
            (_stated, Latest, Current) = (true, seen, occurrences);
        }
    }

    public void Amend(in Sighting seen, IReadOnlyList<Field> fields) => _amendments.Add((seen, fields));

    /// <summary>The current statement with the later amendments written over its fields.</summary>
    public IReadOnlyList<Occurrence> Build()
    {
        var later = _amendments.Where(amendment => amendment.Seen > Latest).OrderBy(amendment => amendment.Seen).ToList();
        if (later.Count == 0 || Current.Count == 0)
        {
            return Current;
        }

        var fields = Current[0].Fields.ToList();
        foreach (var field in later.SelectMany(amendment => amendment.Fields))
        {
            var at = fields.FindIndex(old => old.Name == field.Name);
            if (at < 0)
            {
                fields.Add(field);
            }
            else
            {
                fields[at] = field;
            }
        }

        return [Current[0] with { Fields = fields }, .. Current.Skip(1)];
    }

    /// <summary>The interval of the night in the current statement, or null when it holds none.</summary>
    public Interval? Night()
    {
        foreach (var occurrence in Current)
        {
            if (occurrence.Category == Category.Sleep && occurrence.Subject.Length == 0
                && occurrence.Start.Instant is { } start && occurrence.End?.Instant is { } end && start < end)
            {
                return new Interval(start, end);
            }
        }

        return null;
    }
}
