using System.Buffers;
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
            else if (letter != '\u00AD' && CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                text.Append(letter);
            }
        }

        // Ligatures of a typeset page are two letters again; a combining accent joins its letter.
        return text.ToString().Normalize(NormalizationForm.FormKC).Trim();
    }

    /// <summary>The form that patterns are written in. Its input is clean, so it normalises without a fault.</summary>
    public static string Fold(string clean)
    {
        if (Ascii.IsValid(clean))
        {
            return clean.ToLowerInvariant();
        }

        var text = new StringBuilder(clean.Length);
        foreach (var letter in clean.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            _ = letter switch
            {
                'ß' => text.Append("ss"),
                'œ' => text.Append("oe"),
                'æ' => text.Append("ae"),
                'ø' => text.Append('o'),
                '‘' or '’' or '‚' or '‛' or '′' or '´' => text.Append('\''),
                '“' or '”' or '„' or '«' or '»' => text.Append('"'),
                '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => text.Append('-'),
                '•' or '▪' or '◦' or '‣' or '●' or '·' => text.Append('*'),
                _ => text.Append(letter),
            };
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
