using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Findings;

/// <summary>The answers of one day, held by themselves against the uploads and against the answers before them.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Received">The day on which they arrived.</param>
/// <param name="Exhibits">Their exhibits.</param>
/// <param name="Categories">The categories of the uploads.</param>
public sealed record Round(int Number, LocalDate Received, IReadOnlyList<string> Exhibits, IReadOnlyList<RoundCategory> Categories);

/// <summary>
/// One category in one round, in samples. Of the first round only <paramref name="Matched"/>, <paramref name="Missing"/> and
/// <paramref name="Altered"/> say something.
/// </summary>
/// <param name="Matched">As this round alone has it.</param>
/// <param name="Missing">As this round alone has it; a later answer may only supplement.</param>
/// <param name="Altered">As this round alone has it.</param>
/// <param name="Fixed">Missing or altered in all answers before, and right in this one.</param>
/// <param name="StillMissing">Missing or altered in all answers before, and in this one.</param>
/// <param name="NewlyMissing">
/// Right in an answer before, and missing in this one, in a category of which this one holds something. No accusation: both
/// answers count together, and an answer need not repeat what was said.
/// </param>
/// <param name="NewlyAltered">Right in an answer before, and otherwise in this one.</param>
public sealed record RoundCategory(
    Category Category, long Matched, long Missing, long Altered, long Fixed, long StillMissing, long NewlyMissing, long NewlyAltered);
