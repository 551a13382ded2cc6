using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Search;

/// <summary>One field of the uploads, and how many of its values stand in the answer.</summary>
/// <param name="Endpoint">The request that carried it first: <c>POST /v2/sync</c>.</param>
/// <param name="Seen">Distinct values that were uploaded.</param>
/// <param name="Sought">Those of them that were looked for; see <see cref="Triviality.Rule"/>.</param>
/// <param name="Found">Those of them that stand in the answer, in any notation.</param>
/// <param name="Notation">The notation of the first one found; null when none was.</param>
/// <param name="Where">Its place; null when none was.</param>
public sealed record FieldFound(string Host, string Endpoint, string Field, int Seen, int Sought, int Found, Notation? Notation, Origin? Where);

/// <summary>
/// The comparison for what no profile knows: every value of every upload, looked for in the whole answer, field by field. It
/// accuses nobody: a value that was not found may stand there in a form that nobody here thought of.
/// </summary>
public sealed record FieldSearch
{
    public string Rule { get; init; } = Triviality.Rule;

    /// <summary>By host and field.</summary>
    public IReadOnlyList<FieldFound> Fields { get; init; } = [];

    /// <summary>The captures held more values than were kept.</summary>
    public bool IsCut { get; init; }

    /// <summary>Looks for the values of the uploads in everything that the answer says.</summary>
    /// <param name="zone">The person's clock: a moment may be printed in it.</param>
    public static FieldSearch Of(Uploaded uploaded, Disclosed disclosed, DateTimeZone? zone = null)
    {
        var search = new ValueSearch(uploaded.Values.Where(value => !value.IsSecret).Select(value => value.Value), zone);
        if (search.Sought > 0)
        {
            Look(search, disclosed);
        }

        var found = search.Found;
        return new FieldSearch
        {
            IsCut = uploaded.ValuesAreCut,
            Fields =
            [
                .. uploaded.Values.GroupBy(value => (value.Host, value.Field))
                    .OrderBy(group => group.Key.Host, StringComparer.Ordinal).ThenBy(group => group.Key.Field, StringComparer.Ordinal)
                    .Select(group => Result([.. group], found)),
            ],
        };
    }

    private static void Look(ValueSearch search, Disclosed disclosed)
    {
        foreach (var text in disclosed.Texts)
        {
            search.Look(text.Origin, text.Text);
        }

        foreach (var fact in disclosed.Facts)
        {
            search.Look(fact.Origin, fact.Value);
        }
    }

    private static FieldFound Result(IReadOnlyList<SentValue> values, IReadOnlyDictionary<string, ValueFound> found)
    {
        var sought = values.Where(value => !value.IsSecret && !Triviality.IsTrivial(value.Value)).ToList();
        var hits = sought.Select(value => found.GetValueOrDefault(value.Value)).OfType<ValueFound>().ToList();
        var first = values[0];
        return new FieldFound(first.Host, first.Endpoint, first.Field, values.Count, sought.Count, hits.Count, hits.Count > 0 ? hits[0].Notation : null, hits.Count > 0 ? hits[0].Where : null);
    }
}
