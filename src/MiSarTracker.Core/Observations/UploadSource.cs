using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// One day of one device of one account: what a later upload of the same day replaces. Empty strings where the
/// upload does not say.
/// </summary>
/// <param name="Account">The vendor's user id.</param>
/// <param name="Device">The device's id as the upload names it.</param>
/// <param name="Source">The vendor's code for the kind of source (for example 24 for one model of band).</param>
/// <param name="Date">The local day that the upload is labelled with.</param>
public readonly record struct SourceDay(string Account, string Device, string Source, LocalDate Date);

/// <summary>How two uploads of the same minutes combine.</summary>
public enum MinuteMerging
{
    /// <summary>An upload states its whole day anew: the latest one counts, earlier ones are history.</summary>
    ReplaceDay,

    /// <summary>An upload adds minutes: each minute has its latest stated value.</summary>
    MergeMinutes,
}
