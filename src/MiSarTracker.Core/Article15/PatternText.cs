using System.Text;
using System.Text.RegularExpressions;
using MiSarTracker.Core.Deadlines;

namespace MiSarTracker.Core.Article15;

/// <summary>
/// A pattern as its file writes it (small letters, umlauts and accents as the language has them, <c>{we}</c> for a word of
/// the file's list) turned into an expression over folded text: <c>ä ö ü</c> match with and without the following <c>e</c>.
/// </summary>
internal sealed class PatternText(IReadOnlyDictionary<string, string> words)
{
    private const int Longest = 20_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public Regex Regex(JsonPlace place) => Compile(Expand(place), place);

    /// <summary>One expression for a list of them.</summary>
    /// <param name="whole">Whether the whole line must match.</param>
    public Regex AnyOf(JsonPlace list, bool whole)
    {
        var alternatives = Alternatives(list);
        return Compile(whole ? $"^(?:{alternatives})$" : alternatives, list);
    }

    public string Alternatives(JsonPlace list)
    {
        var items = list.Items();
        return items.Count > 0 ? string.Join('|', items.Select(item => $"(?:{Expand(item)})")) : throw list.Fault("is empty");
    }

    /// <summary>Writes the words out, and folds the letters.</summary>
    public string Expand(JsonPlace place)
    {
        var pattern = place.Text();
        var text = new StringBuilder(pattern.Length * 2);
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\' && i + 1 < pattern.Length)
            {
                text.Append(letter).Append(pattern[++i]);
            }
            else if (letter == '{' && i + 1 < pattern.Length && char.IsAsciiLetter(pattern[i + 1]))
            {
                var end = pattern.IndexOf('}', i);
                var name = end < 0 ? pattern[(i + 1)..] : pattern[(i + 1)..end];
                text.Append("(?:").Append(words.TryGetValue(name, out var word) ? word : throw place.Fault($"{{{name}}} is none of the words above it")).Append(')');
                i = end;
            }
            else if (char.IsUpper(letter))
            {
                throw place.Fault("holds a capital letter; texts are compared in small letters");
            }
            else
            {
                text.Append(letter switch { 'ä' => "ae?", 'ö' => "oe?", 'ü' => "ue?", _ => Folding.Fold(letter.ToString()) });
            }
        }

        return text.Length <= Longest ? text.ToString() : throw place.Fault($"has more than {Longest} characters when its words are written out");
    }

    public static Regex Compile(string expression, JsonPlace place)
    {
        try
        {
            return new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException e)
        {
            throw place.Fault("is no regular expression: " + e.Message);
        }
        catch (NotSupportedException e)
        {
            throw place.Fault("cannot be matched in linear time: " + e.Message);
        }
    }
}
