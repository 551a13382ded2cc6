namespace MiSarTracker.Pdf.Model;

/// <summary>
/// Checks the names inside a document. The engine is lenient (a reference without a target is plain text, the first of
/// two equal anchors wins), so that a report is never lost to it; who composes reports asserts that nothing is listed here.
/// </summary>
public static class Anchors
{
    /// <summary>References without a target, and anchors that stand twice, each as a plain sentence in reading order.</summary>
    public static IReadOnlyList<string> Problems(Document document)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (string anchor in document.Body.SelectMany(Tree.WithDescendants).SelectMany(Tree.AnchorsOf))
            if (!anchors.Add(anchor))
                problems.Add($"The anchor '{anchor}' stands twice.");
        foreach (var span in document.Body.SelectMany(Tree.WithDescendants).SelectMany(Tree.SpansOf))
            if (span.Ref is { } target && !anchors.Contains(target))
                problems.Add($"'{span.Text}' refers to '{target}', which no block bears.");
        return problems;
    }
}
