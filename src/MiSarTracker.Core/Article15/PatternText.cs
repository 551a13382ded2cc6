using System.Text;
using MiSarTracker.Core.Deadlines;

namespace MiSarTracker.Core.Article15;

/// <summary>
/// A pattern as its file writes it (small letters, umlauts and accents as the language has them, <c>{we}</c> for a word of
/// the file's list) turned into an expression over folded text: <c>ä ö ü</c> match with and without the following <c>e</c>.
/// </summary>
internal sealed class PatternText(IReadOnlyDictionary<string, string> words)
{
    private const int Longest = 20_000;

    public TextPattern Pattern(JsonPlace place) => Compile(Expand(place), place);

    /// <summary>One expression for a list of them.</summary>
    /// <param name="whole">Whether the whole line must match.</param>
    public TextPattern AnyOf(JsonPlace list, bool whole)
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

    public static TextPattern Compile(string expression, JsonPlace place)
    {
        for (var i = 0; i + 1 < expression.Length; i++)
        {
            if (expression[i] == '\\')
            {
                i++;
                if (char.IsAsciiDigit(expression[i]) || expression[i] is 'k' or 'G')
                {
                    throw place.Fault("refers back, which cannot be matched in linear time");
                }

                continue;
            }

            if (expression[i] == '(' && expression[i + 1] == '?' && (i + 2 >= expression.Length || expression[i + 2] != ':'))
            {
                throw place.Fault("holds a group other than (…) and (?:…), which cannot be matched in linear time");
            }
        }

        try
        {
            return TextPattern.Of(expression);
        }
        catch (ArgumentException e)
        {
            throw place.Fault("is no regular expression: " + e.Message);
        }
    }
}
