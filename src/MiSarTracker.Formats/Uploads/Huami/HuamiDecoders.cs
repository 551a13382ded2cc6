using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>The decoders of Huami's payloads, one set for each capture: they keep buffers.</summary>
internal static class HuamiDecoders
{
    public static IEnumerable<IPayloadDecoder> All(VendorProfile profile, CommonFacts common) =>
    [
        new BandData(profile),
        new StoredDays(profile),
        new WorkoutSummary(common),
        new WorkoutDetail(),
        new ManualHeartRate(),
    ];
}
