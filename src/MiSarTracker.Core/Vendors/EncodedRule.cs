using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Vendors;

/// <summary>
/// A field that answers may hold as the app sends it: encoded, with no word about how. It is there, and nobody can read it
/// (GDPR Art. 12(1): in an intelligible form). Only for fields that no rule of <see cref="VendorProfile.Exports"/> reads.
/// </summary>
public sealed record EncodedRule
{
    /// <summary>Tested against the column's name or the path into JSON: <c>data_hr</c>, <c>$[*].data_hr</c>.</summary>
    public required Pattern Field { get; init; }

    /// <summary>What stands in it.</summary>
    public required IReadOnlyList<Category> Categories { get; init; }

    public required string Because { get; init; }
}
