using System.Globalization;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads.Declared;

/// <summary>Where paths begin.</summary>
/// <param name="Body">For <c>$</c>.</param>
/// <param name="Query">For <c>?</c>.</param>
internal sealed record BodyRoots(BodyNode Body, BodyNode Query);

/// <summary>Follows a profile's paths through a body.</summary>
internal static class BodyPaths
{
    /// <summary>The nodes that the path leads to, each with its own path.</summary>
    /// <param name="root">The body and the query.</param>
    /// <param name="element">Where <c>@</c> begins.</param>
    /// <param name="elementPath">The element's own path.</param>
    public static IEnumerable<(string Path, BodyNode Node)> Select(BodyRoots root, BodyNode element, string elementPath, ValuePath path)
    {
        IEnumerable<(string Path, BodyNode Node)> found =
        [
            path.IsRelative ? (elementPath, element) : path.IsOfQuery ? ("query", root.Query) : ("$", root.Body),
        ];
        foreach (var step in path.Steps)
        {
            found = found.SelectMany(one => Step(one.Path, one.Node, step));
        }

        return found;
    }

    /// <summary>The first text that the path leads to, or null.</summary>
    public static (string Path, string Text)? Text(BodyRoots root, BodyNode element, string elementPath, ValuePath path)
    {
        foreach (var (at, node) in Select(root, element, elementPath, path))
        {
            if (node.Text is { } text)
            {
                return (at, text);
            }
        }

        return null;
    }

    /// <summary>
    /// Every text of the body, each with its path. JSON in a text is opened, so that what stands in it keeps its own name: a
    /// secret would else hide in the text around it.
    /// </summary>
    public static IEnumerable<(string Path, string Text)> Leaves(BodyNode node, string path)
    {
        if (node.Text is { } text && (text.AsSpan().TrimStart() is not ['{' or '[', ..] || node.Decode(Decoding.Json, 0) is not null))
        {
            return [(path, text)];
        }

        return Children(path, node).SelectMany(child => Leaves(child.Node, child.Path));
    }

    /// <summary><c>$.items[3].value</c> → <c>$.items[*].value</c>: the field, whichever element it stands in.</summary>
    public static string WithoutIndexes(string path)
    {
        if (!path.Contains('[', StringComparison.Ordinal))
        {
            return path;
        }

        var parts = path.Split('[');
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].IndexOf(']', StringComparison.Ordinal);
            if (end > 0 && !parts[i].AsSpan(0, end).ContainsAnyExceptInRange('0', '9'))
            {
                parts[i] = "*" + parts[i][end..];
            }
        }

        return string.Join('[', parts);
    }

    private static IEnumerable<(string Path, BodyNode Node)> Step(string path, BodyNode node, ValuePath.Step step)
    {
        if (step.Name is { } name)
        {
            return (node.Properties ?? []).Where(property => property.Name == name).Select(property => ($"{path}.{name}", property.Value));
        }

        if (step.Index is { } index)
        {
            return node.Items is { } items && index < items.Count
                ? [(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), items[index])]
                : [];
        }

        return Children(path, node);
    }

    private static IEnumerable<(string Path, BodyNode Node)> Children(string path, BodyNode node) =>
        node.Properties is { } properties
            ? properties.Select(property => ($"{path}.{property.Name}", property.Value))
            : (node.Items ?? []).Select((item, index) => (string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), item));
}
