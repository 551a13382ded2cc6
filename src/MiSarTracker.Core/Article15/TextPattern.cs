using System.Buffers;
using System.Text.RegularExpressions;

namespace MiSarTracker.Core.Article15;

/// <summary>
/// An expression over folded text. The ordinary engine is tried first, because the linear one is a hundred times as dear to
/// make and a letter needs hundreds; where it takes long, the linear one decides. Both find the same, so the clock never
/// changes a result. Looking around and referring back, which the linear engine does not know, are refused by the reader.
/// </summary>
public sealed class TextPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex _quick;
    private readonly Lazy<Regex> _linear;
    private readonly Lazy<SearchValues<string>?> _stems;

    private TextPattern(string expression)
    {
        _quick = new Regex(expression, RegexOptions.CultureInvariant, Patience);
        _linear = new Lazy<Regex>(() => Linear(expression));
        _stems = new Lazy<SearchValues<string>?>(() => Stems.Of(expression) is { } stems ? SearchValues.Create([.. stems.Distinct()], StringComparison.Ordinal) : null);
        Expression = expression;
    }

    public string Expression { get; }

    /// <summary>For sentences and lines.</summary>
    /// <exception cref="ArgumentException">No expression.</exception>
    public static TextPattern Of(string expression) => new(expression);

    public bool IsMatch(string folded) => MayMatch(folded) && IndexIn(folded) >= 0;

    /// <summary>False when the expression is surely not found; a quick look at the words that it needs.</summary>
    public bool MayMatch(string folded) => _stems.Value is not { } stems || folded.AsSpan().ContainsAny(stems);

    /// <summary>Where the first match begins, -1 when there is none.</summary>
    public int IndexIn(string folded)
    {
        try
        {
            return First(_quick, folded);
        }
        catch (RegexMatchTimeoutException)
        {
            return First(_linear.Value, folded);
        }
    }

    // The linear engine refuses what would make its machine too large. Gaps are counted and sentences are short, so the
    // ordinary one comes to its end as well.
    private static Regex Linear(string expression)
    {
        try
        {
            return new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(expression, RegexOptions.CultureInvariant);
        }
    }

    private static int First(Regex regex, string folded)
    {
        foreach (var match in regex.EnumerateMatches(folded))
        {
            return match.Index;
        }

        return -1;
    }
}
