using System.Globalization;
using System.Text;

namespace MiSarTracker.Core.Letters;

/// <summary>Sets a letter as plain text, <see cref="PlainText.Width"/> characters wide.</summary>
internal static class PlainTextWriter
{
    private const int LongestUnbroken = 30;

    public static string Write(IReadOnlyList<LetterBlock> blocks)
    {
        var text = new StringBuilder();
        var number = 0;
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            number = block.Kind == LetterBlockKind.Numbered ? number + 1 : 0;
            if (i > 0 && !(IsItem(block) && blocks[i - 1].Kind == block.Kind))
                text.Append('\n');
            Write(text, block, Mark(block.Kind, number));
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, LetterBlock block, string mark)
    {
        var indent = new string(' ', mark.Length);
        var first = true;
        foreach (var line in block.Lines)
        {
            var plain = string.Concat(line.Select(run => run.Text));
            foreach (var wrapped in Wrap(plain, PlainText.Width - mark.Length))
            {
                text.Append(first ? mark : indent).Append(wrapped.Replace('\u00A0', ' ')).Append('\n');
                first = false;
            }

            if (block.Kind == LetterBlockKind.Heading)
                text.Append('-', Math.Min(plain.Length, PlainText.Width)).Append('\n');
        }
    }

    /// <summary>Breaks at blanks; a word that is longer than a line stays whole on its own.</summary>
    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in Unbroken(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    /// <summary>Keeps a number with the short word before it: "Article 15" is not broken.</summary>
    private static List<string> Unbroken(string[] words)
    {
        var kept = new List<string>();
        foreach (var word in words)
        {
            if (kept.Count > 0 && char.IsAsciiDigit(word[0]) && kept[^1].Length + word.Length < LongestUnbroken)
                kept[^1] += " " + word;
            else
                kept.Add(word);
        }

        return kept;
    }

    private static bool IsItem(LetterBlock block) => block.Kind is LetterBlockKind.Bullet or LetterBlockKind.Numbered;

    private static string Mark(LetterBlockKind kind, int number) => kind switch
    {
        LetterBlockKind.Bullet => "- ",
        LetterBlockKind.Numbered => string.Create(CultureInfo.InvariantCulture, $"{number,2}. "),
        _ => "",
    };
}
