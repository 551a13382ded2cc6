using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// For which times the answer can be held to its word: what it claims, never simply its first to its last row.
/// From the start that it states (or that the person asked for; else open) to its cut-off. With several answers a
/// time that any of them covers is covered.
/// </summary>
internal sealed class AnswerRange(IReadOnlyList<AnswerExhibit> exhibits)
{
    /// <summary>
    /// A band keeps its memory for days when it cannot reach the phone. A sample of the last days before the cut-off
    /// that was captured only after it may not have been at the vendor yet.
    /// </summary>
    private static readonly Duration LateSync = Duration.FromDays(3);

    /// <summary>Why the time is outside, or null when the answer covers it.</summary>
    public string? Outside(LocalDateTime local, Instant instant, Instant? seenAt)
    {
        string? reason = null;
        foreach (var exhibit in exhibits)
        {
            reason = Outside(exhibit, local, instant, seenAt);
            if (reason is null)
            {
                return null;
            }
        }

        return reason;
    }

    /// <summary>The latest cut-off, or null when there is no answer.</summary>
    public Instant? CutOff { get; } = exhibits.Count == 0 ? null : exhibits.Max(exhibit => exhibit.CutOff);

    /// <summary>True when every minute from <paramref name="from"/> to <paramref name="to"/> is plainly inside one answer.</summary>
    public bool Covers(LocalDate day, Instant from, Instant to, Instant? seenAt) =>
        exhibits.Any(exhibit =>
            (exhibit.From is null || day >= exhibit.From)
            && (exhibit.To is null || day <= exhibit.To)
            && to < exhibit.CutOff
            && !IsLate(exhibit, from, seenAt) && !IsLate(exhibit, to, seenAt));

    private static string? Outside(AnswerExhibit exhibit, LocalDateTime local, Instant instant, Instant? seenAt)
    {
        if (exhibit.From is { } from && local.Date < from)
        {
            return "before the range that the answer claims";
        }

        if (exhibit.To is { } to && local.Date > to)
        {
            return "after the range that was asked for";
        }

        if (instant >= exhibit.CutOff)
        {
            return "after the answer's cut-off";
        }

        return IsLate(exhibit, instant, seenAt) ? "captured only after the answer's cut-off (late sync)" : null;
    }

    private static bool IsLate(AnswerExhibit exhibit, Instant instant, Instant? seenAt) =>
        seenAt is { } seen && seen >= exhibit.CutOff && exhibit.CutOff - instant < LateSync;
}
