using System.Text.RegularExpressions;

namespace MiSarTracker.Core.Vendors;

/// <summary>
/// A regular expression of a profile: culture-invariant, without regard to case, and of the kind that takes linear time
/// whatever it is tested against (so no look-around and no back-references).
/// </summary>
public sealed class Pattern
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking;

    private readonly Regex _regex;

    /// <exception cref="ArgumentException">The text is no such expression.</exception>
    public Pattern(string text)
    {
        try
        {
            _regex = new Regex(text, Options);
        }
        catch (NotSupportedException refused)
        {
            throw new ArgumentException("look-around and back-references are not allowed in a profile", nameof(text), refused);
        }
    }

    public bool IsMatch(string text) => _regex.IsMatch(text);

    /// <summary>The named group's text, or null when there is no match or the group took no part in it.</summary>
    public string? Group(string text, string name) =>
        Find(text, name) is { } found ? text.Substring(found.Start, found.Length) : null;

    /// <summary>Where the named group stands, or null when there is no match or the group took no part in it.</summary>
    public (int Start, int Length)? Find(string text, string name) =>
        _regex.Match(text) is { Success: true } match && match.Groups[name] is { Success: true } group ? (group.Index, group.Length) : null;

    /// <summary>True when the expression has a group of that name.</summary>
    public bool HasGroup(string name) => _regex.GetGroupNames().Contains(name, StringComparer.Ordinal);

    public override string ToString() => _regex.ToString();
}
