using MiSarTracker.Pdf.Layout;

namespace MiSarTracker.Pdf.Writing;

/// <summary>Values that several parts of the file share.</summary>
internal static class PdfSyntax
{
    /// <summary>A place to jump to: the page scrolled so that the place is at the top, at the reader's own magnification.</summary>
    public static ByteWriter Destination(this ByteWriter writer, Destination destination) =>
        writer.Raw("[").Reference(destination.Page.ObjectId).Raw("/XYZ null ")
            .Number(Math.Min(destination.Page.Setup.Height, destination.Page.Setup.Height - destination.Top + 4)).Raw(" null]");
}
