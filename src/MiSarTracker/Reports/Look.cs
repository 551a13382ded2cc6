using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Reports;

/// <summary>The one look of verdicts, states and findings.</summary>
internal static class Look
{
    /// <summary>Codes of the pictures, in this order from 1.</summary>
    public static IReadOnlyList<PictureKey> Keys(ReportWords words) =>
    [
        new PictureKey(Palette.Agrees, words["state.matched"]),
        new PictureKey(Palette.Missing, words["state.missing"]),
        new PictureKey(Palette.Altered, words["state.altered"]),
        new PictureKey(Palette.DisclosedOnly, words["state.disclosed-only"]),
        new PictureKey(Palette.NotComparable, words["state.not-comparable"]),
    ];

    /// <summary>The code of a minute's state; 0 is no data.</summary>
    public static byte Code(MinuteState state) => state switch
    {
        MinuteState.Matched => 1,
        MinuteState.Missing => 2,
        MinuteState.Altered => 3,
        MinuteState.DisclosedOnly or MinuteState.OutsideCapture => 4,
        MinuteState.NotComparable => 5,
        _ => 0,
    };

    /// <summary>Of several minutes that share a cell, the gravest is shown.</summary>
    public static int Gravity(MinuteState state) => state switch
    {
        MinuteState.Missing => 6,
        MinuteState.Altered => 5,
        MinuteState.NotComparable => 4,
        MinuteState.DisclosedOnly => 3,
        MinuteState.OutsideCapture => 2,
        MinuteState.Matched => 1,
        _ => 0,
    };

    public static Fill Fill(Verdict verdict) => verdict switch
    {
        Verdict.Disclosed => Palette.Agrees,
        Verdict.Altered => Palette.Altered,
        Verdict.NotComparable => Palette.NotComparable,
        _ => Palette.Missing,
    };

    public static Span Named(Verdict verdict, ReportWords words) => Span.Key(Fill(verdict), words.Verdict(ContractName.Of(verdict)));

    public static Colour Edge(Finding finding) => finding.Kind switch
    {
        FindingKind.DisclosedOnly => Palette.DisclosedOnly,
        FindingKind.Altered or FindingKind.ConflictingInResponse => Palette.Altered,
        FindingKind.DuplicateInResponse => Palette.Agrees,
        _ => Palette.Missing,
    };

    /// <summary>Findings that hold something against somebody, the gravest first.</summary>
    public static IEnumerable<Finding> Gravest(Comparison comparison) => comparison.Findings
        .Where(finding => finding.Severity > Severity.Info)
        .OrderByDescending(finding => finding.Severity)
        .ThenByDescending(finding => finding.Count)
        .ThenBy(finding => finding.Id, StringComparer.Ordinal);

    public static string UploadAnchor(string exhibit, long exchange) => $"U-{exhibit}-{exchange}";
}
