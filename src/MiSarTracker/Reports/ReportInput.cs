using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Uploads;
using MiSarTracker.Pdf;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Reports;

/// <summary>Everything that a report says. It is a pure function of this: the same input gives the same file.</summary>
public sealed record ReportInput
{
    public required Case Case { get; init; }

    public required VendorProfile Profile { get; init; }

    public required Comparison Comparison { get; init; }

    /// <summary>What happened, oldest first; only up to the comparison, so that the report can be made again.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }

    /// <summary>The head of the ledger when the comparison was made.</summary>
    public required string LedgerHead { get; init; }

    /// <summary>The uploads that findings rest on, by exhibit and exchange; empty when redacted.</summary>
    public IReadOnlyDictionary<(string Exhibit, long Exchange), ShownUpload> Uploads { get; init; } =
        new Dictionary<(string, long), ShownUpload>();

    /// <summary>The person's zone, for the timeline.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Counts and dates without health values.</summary>
    public bool Redacted { get; init; }

    public string Paper { get; init; } = "A4";

    public required string ProgramVersion { get; init; }

    public required EngineInfo Engine { get; init; }
}

/// <summary>One upload for the appendix.</summary>
/// <param name="Decoded">What it says.</param>
/// <param name="AsCaptured">The first bytes of its body.</param>
public sealed record ShownUpload(DecodedUpload Decoded, string AsCaptured);
