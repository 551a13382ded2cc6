using System.Globalization;

namespace MiSarTracker.Formats.Captures;

/// <summary>Reports damages one by one up to <see cref="Limits.MaxReportedDamages"/>, and the number of the others at the end.</summary>
internal sealed class DamageBudget(Limits limits)
{
    private long _reported;

    /// <summary>The item to hand out, or null when there were too many already.</summary>
    public CaptureItem.Damaged? Report(string at, string reason) =>
        ++_reported <= limits.MaxReportedDamages ? new CaptureItem.Damaged(new Damage(at, reason)) : null;

    /// <summary>One line for all damages that were not reported, or null.</summary>
    public CaptureItem.Damaged? Unreported() => _reported <= limits.MaxReportedDamages ? null : new CaptureItem.Damaged(new Damage(
        "the whole file",
        string.Create(CultureInfo.InvariantCulture, $"{_reported - limits.MaxReportedDamages} further parts could not be read and are not listed one by one")));
}
