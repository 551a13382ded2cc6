using NodaTime;

namespace MiSarTracker.Core.Findings;

/// <summary>
/// From which clock the answer's bare times (those without an offset) were read. Never guessed in silence: the
/// agreement that decided is said, and so is the runner-up.
/// </summary>
/// <param name="OffsetMinutes">
/// The offset from UTC of the answer's clock, over the stretch with the most shared minutes; null when the answer
/// holds no bare times or nothing could be aligned.
/// </param>
/// <param name="How">How it was found, in a sentence.</param>
/// <param name="Agreement">Matching minutes over shared minutes, 0 to 1; null when nothing was shared.</param>
/// <param name="Ambiguous">True when another clock fits as well; then nobody is accused on its ground.</param>
/// <param name="Members">The stretches per category of minutes.</param>
public sealed record ClockReading(
    int? OffsetMinutes, string How, double? Agreement, bool Ambiguous, IReadOnlyList<ClockStretch> Members)
{
    public static ClockReading None { get; } = new(null, "the answer holds no times without an offset", null, false, []);
}

/// <summary>A stretch of days over which the answer's clock had one offset.</summary>
/// <param name="Member">The category whose minutes were aligned.</param>
/// <param name="From">First day on the phone's calendar, inclusive.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="OffsetMinutes">The answer's clock's offset from UTC.</param>
/// <param name="ShiftMinutes">The answer's clock minus the phone's own clock: 0 when they agree.</param>
/// <param name="Shared">Minutes for which both sides have a sample.</param>
/// <param name="Matching">Those of them that agree within the tolerance.</param>
/// <param name="RunnerUpOffsetMinutes">The next best offset, or null.</param>
/// <param name="RunnerUpMatching">How many minutes agree with it.</param>
public sealed record ClockStretch(
    string Member,
    LocalDate From,
    LocalDate To,
    int OffsetMinutes,
    int ShiftMinutes,
    long Shared,
    long Matching,
    int? RunnerUpOffsetMinutes,
    long RunnerUpMatching);
