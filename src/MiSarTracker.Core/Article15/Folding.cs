using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MiSarTracker.Core.Article15;

/// <summary>
/// Two forms of a text. <see cref="Clean"/> is what a reader sees: no soft hyphens, no invisible marks, one kind of blank.
/// <see cref="Fold"/> is what patterns are held against: small letters without accents, one kind of quote and dash, so that
/// <c>Übermittlung</c>, <c>ÜBERMITTLUNG</c> and a letter typed without umlauts on a foreign keyboard are not three different words.
/// </summary>
internal static class Folding
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?'\"()[]{}<>-_/\\@#%&*+=|~^$`");

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    // By hand, because the platform decomposes letters only where ICU is installed, and a judgement must not depend on that.
    private static readonly FrozenDictionary<char, string> Letters = new Dictionary<string, string>
    {
        ["àáâãäåāăą"] = "a",
        ["çćĉċč"] = "c",
        ["ďđð"] = "d",
        ["èéêëēĕėęě"] = "e",
        ["ĝğġģ"] = "g",
        ["ìíîïĩīĭįı"] = "i",
        ["ķ"] = "k",
        ["ĺļľŀł"] = "l",
        ["ñńņňŋ"] = "n",
        ["òóôõöøōŏő"] = "o",
        ["ŕŗř"] = "r",
        ["śŝşšș"] = "s",
        ["ţťŧț"] = "t",
        ["ùúûüũūŭůűų"] = "u",
        ["ŵ"] = "w",
        ["ýÿŷ"] = "y",
        ["źżž"] = "z",
        ["ß"] = "ss",
        ["œ"] = "oe",
        ["æ"] = "ae",
        ["ĳ"] = "ij",
        ["þ"] = "th",
        ["‘’‚‛′´`"] = "'",
        ["“”„«»″"] = "\"",
        ["‐‑‒–—―−"] = "-",
        ["•▪◦‣●·"] = "*",
        ["…"] = "...",
    }.SelectMany(pair => pair.Key.Select(letter => (letter, pair.Value))).ToFrozenDictionary(pair => pair.letter, pair => pair.Value);

    /// <summary>A line without the marks that only a typesetter sees, blanks made one, ends trimmed.</summary>
    public static string Clean(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (!line.ContainsAnyExcept(Plain) && line.IndexOf("  ") < 0)
        {
            return line.ToString();
        }

        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (char.IsSurrogate(letter))
            {
                if (i + 1 < line.Length && char.IsSurrogatePair(letter, line[i + 1]))
                {
                    text.Append(letter).Append(line[++i]);
                }
                else
                {
                    text.Append('\uFFFD');
                }
            }
            else if (letter == '\t')
            {
                text.Append('\t');
            }
            else if (char.IsWhiteSpace(letter))
            {
                Blank(text);
            }
            else if (letter is >= '\uFB00' and <= '\uFB06')
            {
                // Ligatures of a typeset page are letters again.
                text.Append(Ligatures[letter - '\uFB00']);
            }
            else if (letter != '\u00AD' && CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                text.Append(letter);
            }
        }

        return text.ToString().Trim();
    }

    /// <summary>The form that patterns are written in.</summary>
    public static string Fold(string clean)
    {
        if (Ascii.IsValid(clean))
        {
            return clean.ToLowerInvariant();
        }

        var text = new StringBuilder(clean.Length);
        foreach (var letter in clean.ToLowerInvariant())
        {
            if (letter < 0x80)
            {
                text.Append(letter);
            }
            else if (Letters.TryGetValue(letter, out var plain))
            {
                text.Append(plain);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    private static void Blank(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] is not (' ' or '\t'))
        {
            text.Append(' ');
        }
    }
}
