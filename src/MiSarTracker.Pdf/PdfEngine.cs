using System.Reflection;
using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Layout;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf;

/// <summary>
/// The page engine: lays the tree out in Noto Sans (inside this assembly) and writes tagged PDF 1.7 by the rules of PDF/A-3a.
/// It has no state: one instance serves any number of threads.
/// </summary>
public sealed class PdfEngine : IReportEngine
{
    private static readonly string ProducerVersion =
        typeof(PdfEngine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public EngineInfo Info { get; } = new("MiSarTracker.Pdf", ProducerVersion,
        EngineCapabilities.Tags | EngineCapabilities.Outline | EngineCapabilities.Attachments | EngineCapabilities.PdfA3 | EngineCapabilities.Deterministic,
        EmbeddedFonts.All());

    public void Write(Document document, Stream output, CancellationToken cancellationToken)
    {
        Check(document);
        using var fonts = new FontSet();
        var laidOut = DocumentLayout.Run(document, fonts, cancellationToken);
        new PdfAssembler(document, laidOut, fonts, $"{Info.Name} {Info.Version}").Write(output, cancellationToken);
    }

    private static void Check(Document document)
    {
        if (string.IsNullOrWhiteSpace(document.Meta.Title) || string.IsNullOrWhiteSpace(document.Meta.Lang))
            throw new ArgumentException("A document has a title and a language.", nameof(document));
        if (document.Attachments.DistinctBy(a => a.Name).Count() != document.Attachments.Count)
            throw new ArgumentException("Two attachments have the same name.", nameof(document));
        if (document.Page.Width - 2 * document.Page.SideMargin < 100 || document.Page.Height - 2 * document.Page.EndMargin < 100)
            throw new ArgumentException("The margins leave less than 100 points for the text.", nameof(document));
    }
}
