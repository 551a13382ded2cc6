using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>One case beside the others: what its vendor collects, and how much of it the answer holds.</summary>
/// <param name="Product">The vendor profile's product, as people call it.</param>
/// <param name="Uploaded">Samples by category, as the captures show them; empty without a capture.</param>
/// <param name="Comparison">Null while one side is missing.</param>
/// <param name="Location">Where places were uploaded; also known without an answer.</param>
public sealed record CaseOverview(
    Case Case, string Product, IReadOnlyDictionary<Category, long> Uploaded, Comparison? Comparison, LocationCount Location)
{
    public bool HasCapture => Case.Exhibits.Any(exhibit => exhibit.Kind == ExhibitKind.Evidence);
}

/// <summary>Is it the same elsewhere? All cases side by side, compared as they stand; nothing is recorded.</summary>
public sealed class VendorOverview(Workspace workspace, Templates templates, Settings settings)
{
    /// <param name="cases">The cases; those without a capture come without samples.</param>
    public IEnumerable<CaseOverview> Of(IReadOnlyList<Case> cases, Instant now, CancellationToken cancellationToken)
    {
        var comparer = new CaseComparison(workspace, templates, settings);
        foreach (var @case in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return One(@case, comparer, now, cancellationToken);
        }
    }

    private CaseOverview One(Case @case, CaseComparison comparer, Instant now, CancellationToken cancellationToken)
    {
        var product = templates.Vendor(@case.Vendor).Name;
        var kinds = @case.Exhibits.Select(exhibit => exhibit.Kind).ToHashSet();
        if (kinds.Contains(ExhibitKind.Evidence) && kinds.Contains(ExhibitKind.Response))
        {
            var comparison = comparer.Compare(@case, comparer.Complete(@case, ComparisonOptions.None), now, cancellationToken);
            return new CaseOverview(
                @case, product, comparison.Categories.Where(category => category.Uploaded > 0).ToDictionary(category => category.Category, category => category.Uploaded), comparison, comparison.Location);
        }

        if (!kinds.Contains(ExhibitKind.Evidence))
        {
            return new CaseOverview(@case, product, new Dictionary<Category, long>(), null, new LocationCount(0, 0));
        }

        var uploaded = new CaseMaterial(workspace, @case, templates.Vendor(@case.Vendor), settings.Person.Zone).ReadUploads(null, cancellationToken);
        return new CaseOverview(@case, product, SampleCounts.Of(uploaded), null, Correlator.CountPlaces(uploaded));
    }
}
