using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Article15;

/// <summary>A sentence of the answer with what stands around it.</summary>
/// <param name="Origin">Exhibit, member and line (from 1).</param>
/// <param name="Text">As a reader sees it, wrapped lines joined.</param>
/// <param name="Folded">As patterns see it.</param>
/// <param name="Heading">The items whose heading it stands under; mostly none or one.</param>
/// <param name="Before">The folded sentence before it, empty at the beginning.</param>
/// <param name="Intro">The folded line that announces the list that it is a point of (“You asked for:”), empty when none does.</param>
/// <param name="Quoted">Whether it stands in what seems to be a copy of somebody else's words.</param>
internal sealed record Passage(Origin Origin, string Text, string Folded, IReadOnlyList<string> Heading, string Before, string Intro, bool Quoted);
