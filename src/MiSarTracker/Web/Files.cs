using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Service;
using MiSarTracker.Storage;

namespace MiSarTracker.Web;

/// <summary>
/// Files of a case, only ever as attachments of no type that a browser would show or run. Each is hashed again before it
/// leaves the vault.
/// </summary>
internal static class Files
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/cases/{reference}");
        files.MapGet("/report.pdf", (string reference, ServiceParts parts, CancellationToken stop) => Report(reference, parts, stop));
        files.MapGet("/comparison.json", (string reference, ServiceParts parts, CancellationToken stop) => Comparison(reference, parts, stop));
        files.MapGet("/letters/{number}", (string reference, string number, ServiceParts parts, CancellationToken stop) => Letter(reference, number, parts, stop));
        files.MapGet("/exhibits/{number}", (string reference, string number, ServiceParts parts, CancellationToken stop) => Exhibit(reference, number, parts, stop));
    }

    /// <summary>The latest report whose bytes the vault has; null when the person keeps them all elsewhere.</summary>
    internal static ReportRun? StoredReport(Case @case, Vault vault) => @case.Reports.LastOrDefault(report => vault.Contains(report.Sha256));

    private static IResult Report(string reference, ServiceParts parts, CancellationToken stop)
    {
        var @case = Find(reference, parts);
        return StoredReport(@case, parts.Workspace.Vault) is { } report
            ? Attachment(parts.Workspace.Vault, report.Sha256, $"{@case.Reference}-report-{report.Number}.pdf", "application/pdf", stop)
            : throw new Refusal($"No report of {@case.Reference} is kept here.", $"Make one: misar report {@case.Reference} --output report.pdf");
    }

    private static IResult Comparison(string reference, ServiceParts parts, CancellationToken stop)
    {
        var @case = Find(reference, parts);
        return @case.Comparisons is [.., var latest]
            ? Attachment(parts.Workspace.Vault, latest.Sha256, $"{@case.Reference}-{latest.Number}.json", "application/octet-stream", stop)
            : throw new Refusal($"{@case.Reference} was not compared yet.", $"misar compare {@case.Reference}");
    }

    private static IResult Letter(string reference, string number, ServiceParts parts, CancellationToken stop)
    {
        var @case = Find(reference, parts);
        var mail = @case.Reminders.FirstOrDefault(r => r.Number == number)?.Mail ?? @case.Letter(number).Mail;
        return Attachment(parts.Workspace.Vault, mail.Sha256, $"{@case.Reference}-{number}.eml", "application/octet-stream", stop);
    }

    private static IResult Exhibit(string reference, string number, ServiceParts parts, CancellationToken stop)
    {
        var @case = Find(reference, parts);
        var exhibit = @case.Exhibit(number);
        return Attachment(parts.Workspace.Vault, exhibit.Sha256, $"{@case.Reference}-{exhibit.Number}-{Shown.Text(exhibit.FileName)}", "application/octet-stream", stop);
    }

    private static Case Find(string reference, ServiceParts parts) => parts.Workspace.Cases.Get(CaseReference.Parse(reference));

    private static IResult Attachment(Vault vault, string sha256, string name, string type, CancellationToken stop) =>
        vault.Check(sha256, stop) is { } fault
            ? throw new Corrupt($"The vault's file {fault}", "misar verify shows everything that is damaged; restore it from a backup.")
            : Results.Stream(vault.OpenRead(sha256), type, name);
}
