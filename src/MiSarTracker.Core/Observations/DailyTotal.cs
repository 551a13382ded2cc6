using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// A sum over one local day that the source states itself, such as a day's steps. Compared as a finding with
/// <c>aggregate: true</c>, never counted as a sample.
/// </summary>
/// <param name="Category">The category whose samples it sums up.</param>
/// <param name="Date">The local day.</param>
/// <param name="Name"><c>steps</c>, <c>distance</c> (m), <c>run-distance</c> (m), <c>calories</c> (kcal).</param>
/// <param name="Value">The sum.</param>
/// <param name="Origin">Where it stands.</param>
/// <param name="LowerBound">True when the day had minutes that were not yet synced: the vendor may rightly hold more.</param>
public sealed record DailyTotal(Category Category, LocalDate Date, string Name, decimal Value, Origin Origin, bool LowerBound = false)
{
    public Instant? SeenAt { get; init; }
}
