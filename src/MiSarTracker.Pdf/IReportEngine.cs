using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf;

/// <summary>Turns a document tree into a file. The same document gives the same bytes.</summary>
public interface IReportEngine
{
    /// <summary>Name, version and abilities, for the manifest of a report.</summary>
    EngineInfo Info { get; }

    /// <summary>Writes the whole file. The stream need not be seekable and is left open.</summary>
    /// <exception cref="ArgumentException">The tree breaks a rule that its documentation states.</exception>
    void Write(Document document, Stream output, CancellationToken cancellationToken);
}

/// <param name="Name">The engine's name.</param>
/// <param name="Version">Its version; another version may break lines and pages elsewhere.</param>
/// <param name="Capabilities">What its files have.</param>
/// <param name="Fonts">The fonts inside it, which decide where lines and pages break.</param>
public sealed record EngineInfo(string Name, string Version, EngineCapabilities Capabilities, IReadOnlyList<EngineFont> Fonts);

/// <param name="Name">PostScript name.</param>
/// <param name="Sha256">Of the font file, in lower-case hexadecimal.</param>
public sealed record EngineFont(string Name, string Sha256);

[Flags]
public enum EngineCapabilities
{
    None = 0,
    Tags = 1,
    Outline = 2,
    Attachments = 4,

    /// <summary>Declares PDF/A-3.</summary>
    PdfA3 = 8,
    Deterministic = 16,
}
