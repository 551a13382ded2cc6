using System.Globalization;

namespace MiSarTracker.Core.Vendors;

/// <summary>
/// A path to values in a decoded body: <c>$.items[*].summary.weight</c>. A dot and a name step into an object, <c>[3]</c>
/// into a list, <c>[*]</c> into all elements of a list or an object. In rules with an <c>each</c>, <c>@</c> stands for the element and
/// <c>$</c> for the whole body; <c>?</c> stands for the parameters of the query.
/// </summary>
public sealed class ValuePath
{
    private readonly string _text;

    private ValuePath(string text, IReadOnlyList<Step> steps) => (_text, Steps) = (text, steps);

    /// <summary>True when it begins at the element (<c>@</c>).</summary>
    public bool IsRelative => _text[0] == '@';

    /// <summary>True when it begins at the parameters of the query (<c>?</c>).</summary>
    public bool IsOfQuery => _text[0] == '?';

    public IReadOnlyList<Step> Steps { get; }

    /// <exception cref="FormatException">The text is no path; the message says where it goes wrong.</exception>
    public static ValuePath Parse(string text)
    {
        if (text.Length == 0 || text[0] is not ('$' or '@' or '?'))
        {
            throw new FormatException("a path begins with $ (the body), @ (the element) or ? (the query)");
        }

        var steps = new List<Step>();
        for (var at = 1; at < text.Length;)
        {
            at = text[at] switch
            {
                '.' => Name(text, at + 1, steps),
                '[' => Index(text, at + 1, steps),
                _ => throw new FormatException($"'{text[at]}' at position {at} is neither .name nor [index]"),
            };
        }

        return new ValuePath(text, steps);
    }

    public override string ToString() => _text;

    private static int Name(string text, int start, List<Step> steps)
    {
        var end = text.AsSpan(start).IndexOfAny('.', '[') is var length and >= 0 ? start + length : text.Length;
        if (end == start)
        {
            throw new FormatException($"a name is missing at position {start}");
        }

        steps.Add(new Step(text[start..end], null));
        return end;
    }

    private static int Index(string text, int start, List<Step> steps)
    {
        var end = text.IndexOf(']', start);
        var inner = end < 0 ? "" : text[start..end];
        if (inner == "*")
        {
            steps.Add(new Step(null, null));
        }
        else if (int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            steps.Add(new Step(null, index));
        }
        else
        {
            throw new FormatException($"[ at position {start - 1} needs a number or * and a ]");
        }

        return end + 1;
    }

    /// <param name="Name">An object's property, or null.</param>
    /// <param name="Index">A list's element, or null; all elements when <paramref name="Name"/> is null too.</param>
    public readonly record struct Step(string? Name, int? Index);
}
