using System.Text.RegularExpressions;

namespace MiSarTracker.Core.Vendors;

/// <summary>
/// A regular expression of a profile: culture-invariant, without regard to case. It is tested against short texts (hosts,
/// paths, names); one that takes longer than a second for a text is the profile's fault and is refused.
/// </summary>
public sealed class Pattern
{
    // Not RegexOptions.NonBacktracking: its automata take 4 ms each to build, half a second for a profile.
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    /// <exception cref="ArgumentException">The text is no regular expression.</exception>
    public Pattern(string text) => _regex = new Regex(text, Options, Most);

    /// <exception cref="BadInput">The expression takes too long.</exception>
    public bool IsMatch(string text) => Find(text).Success;

    /// <summary>The named group's text, or null when there is no match or the group took no part in it.</summary>
    /// <exception cref="BadInput">The expression takes too long.</exception>
    public string? Group(string text, string name) => Find(text).Groups[name] is { Success: true } group ? group.Value : null;

    /// <summary>Where the named group stands, or null when there is no match or the group took no part in it.</summary>
    /// <exception cref="BadInput">The expression takes too long.</exception>
    public (int Start, int Length)? Find(string text, string name) =>
        Find(text).Groups[name] is { Success: true } group ? (group.Index, group.Length) : null;

    /// <summary>True when the expression has a group of that name.</summary>
    public bool HasGroup(string name) => _regex.GetGroupNames().Contains(name, StringComparer.Ordinal);

    public override string ToString() => _regex.ToString();

    private Match Find(string text)
    {
        try
        {
            return _regex.Match(text);
        }
        catch (RegexMatchTimeoutException slow)
        {
            throw new BadInput("vendor profile", ToString(), "the expression takes too long; write it simpler", inner: slow);
        }
    }
}
