using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>The counts of one category while they are being added up.</summary>
internal sealed class Counts
{
    private readonly long[] _states = new long[Enum.GetValues<MinuteState>().Length];

    private readonly Dictionary<string, long> _reasons = [];

    /// <summary>The answer's samples.</summary>
    public long Disclosed { get; set; }

    /// <summary>True when the answer holds totals of what was uploaded in detail.</summary>
    public bool HasAggregates { get; set; }

    /// <summary>Where the answer holds the category encoded and unexplained; empty when it does not.</summary>
    public IReadOnlyList<EncodedField> Encoded { get; init; } = [];

    public long this[MinuteState state] => _states[(int)state];

    public long Uploaded =>
        this[MinuteState.Matched] + this[MinuteState.Altered] + this[MinuteState.Missing] + this[MinuteState.NotComparable];

    public void Add(MinuteState state, long count = 1) => _states[(int)state] += count;

    public void Move(MinuteState from, MinuteState to, long count, string reason)
    {
        Add(from, -count);
        Add(to, count);
        AddReason(reason, count);
    }

    public void AddReason(string reason, long count = 1) => _reasons[reason] = _reasons.GetValueOrDefault(reason) + count;

    public Verdict Verdict
    {
        get
        {
            var (matched, altered, missing) = (this[MinuteState.Matched], this[MinuteState.Altered], this[MinuteState.Missing]);
            return (matched + altered + missing, matched + altered, missing, altered) switch
            {
                (0, _, _, _) => Verdict.NotComparable,
                (_, 0, _, _) => Encoded.Count > 0 ? Verdict.Unintelligible : HasAggregates ? Verdict.AggregatedOnly : Verdict.NotDisclosed,
                (_, _, > 0, _) => Verdict.PartlyDisclosed,
                (_, _, _, > 0) => Verdict.Altered,
                _ => Verdict.Disclosed,
            };
        }
    }

    /// <summary>How to call samples that are not in the answer as they were sent.</summary>
    public FindingKind KindOfMissing => Verdict switch
    {
        Verdict.Unintelligible => FindingKind.Unintelligible,
        Verdict.AggregatedOnly => FindingKind.AggregatedOnly,
        _ => FindingKind.NotDisclosed,
    };

    /// <summary>What the counts leave out and why, or null.</summary>
    public string? Reason =>
        Uploaded == 0 ? "nothing of it was captured"
        : _reasons.Count == 0 ? null
        : string.Join("; ", _reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => $"{Wording.Number(reason.Value)}: {reason.Key}"));
}
