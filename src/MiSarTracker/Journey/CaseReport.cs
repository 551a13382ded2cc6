using System.Reflection;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Uploads;
using MiSarTracker.Pdf;
using MiSarTracker.Reports;
using MiSarTracker.Storage;

namespace MiSarTracker.Journey;

/// <summary>Writes a case's report from its comparison, with the uploads that the findings rest on.</summary>
public sealed class CaseReport(Workspace workspace, Templates templates, Settings settings)
{
    /// <summary>The first upload of each finding is shown, the gravest findings first; the findings name the rest by exhibit and exchange.</summary>
    private const int MostUploads = 60;

    private const int ShownBytes = 1_200;

    /// <returns>The PDF's bytes.</returns>
    public async Task<byte[]> WriteAsync(Case @case, Comparison comparison, string language, bool redacted, CancellationToken cancellationToken)
    {
        var words = templates.ReportWords(language);
        var engine = new PdfEngine();
        var history = (workspace.Ledger.Records()).Where(record => record.Entry.At <= comparison.ComparedAt).ToList();
        var input = new ReportInput
        {
            Case = @case,
            Profile = templates.Vendor(@case.Vendor),
            Comparison = comparison,
            History = [.. workspace.Ledger.History(@case.Reference).Where(entry => entry.At <= comparison.ComparedAt && !IsOfReport(entry))],
            LedgerHead = history.Count == 0 ? "" : history[^1].Entry.Hash,
            Uploads = redacted ? new Dictionary<(string, long), ShownUpload>() : Uploads(@case, comparison, cancellationToken),
            Zone = settings.Person.Zone,
            Redacted = redacted,
            Paper = settings.Report.Paper,
            ProgramVersion = Version,
            Engine = engine.Info,
        };
        using var file = new MemoryStream();
        engine.Write(DiscrepancyReport.Compose(input, words), file, cancellationToken);
        return file.ToArray();
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(CaseReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>A report does not tell of comparisons and reports made at its own moment: then it could not be made again.</summary>
    private static bool IsOfReport(HistoryEntry entry) => entry.Kind is "comparison-made" or "report-written";

    private Dictionary<(string, long), ShownUpload> Uploads(Case @case, Comparison comparison, CancellationToken cancellationToken)
    {
        var wanted = Look.Gravest(comparison).Where(finding => finding.Evidence.Count > 0).Select(finding => (finding.Evidence[0].Exhibit, finding.Evidence[0].Number)).Distinct().Take(MostUploads).ToHashSet();
        var shown = new Dictionary<(string, long), ShownUpload>();
        var profile = templates.Vendor(@case.Vendor);
        var captured = new CapturedRequest(profile, Limits.Default, SecretKey.Of(workspace, @case.Reference));
        new CaseMaterial(workspace, @case, profile, settings.Person.Zone).ShowUploads(
            wanted,
            (exhibit, http, decoded) => shown[(exhibit, http.Number)] = new ShownUpload(decoded, captured.Body(http, ShownBytes)),
            cancellationToken);
        return shown;
    }
}
