using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Where blocks are set: left edge and width in points, and the element to which they belong.</summary>
internal sealed record Frame(double X, double Width, StructElement Parent)
{
    /// <summary>The same, narrower at the left, inside another element.</summary>
    public Frame Indented(double by, StructElement parent) => new(X + by, Math.Max(Width - by, 20), parent);
}

/// <summary>A heading that stands in outline and contents.</summary>
/// <param name="Anchor">Name of its place; not one that a document can use.</param>
internal sealed record ListedHeading(int Level, string Text, string Anchor);
