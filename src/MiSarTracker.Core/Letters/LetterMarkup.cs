using System.Text;

namespace MiSarTracker.Core.Letters;

/// <summary>
/// The little markup of letters: paragraphs between blank lines, <c># heading</c>, <c>- item</c> and <c>1. item</c> (further
/// lines indented), <c>\</c> at the end of a line for a line break, <c>**strong**</c>. Values are never read as markup.
/// </summary>
internal static class LetterMarkup
{
    private const string Strong = "**";

    /// <summary>Checks what the filled text could only show too late: strong text that is not closed.</summary>
    /// <exception cref="BadInput">With the line.</exception>
    public static void Check(string body, int firstLine, string file)
    {
        var lines = body.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if ((lines[i].Split(Strong).Length - 1) % 2 != 0)
                throw new BadInput(file, FormattableString.Invariant($"line {firstLine + i}, column {lines[i].LastIndexOf(Strong, StringComparison.Ordinal) + 1}"), "strong text starts and ends with ** on the same line");
        }
    }

    /// <summary>Reads a filled body, values between <see cref="MarkedValues.Start"/> and <see cref="MarkedValues.End"/>.</summary>
    public static IReadOnlyList<LetterBlock> Blocks(string body)
    {
        var blocks = new List<LetterBlock>();
        var (kind, text) = (LetterBlockKind.Paragraph, new StringBuilder());
        foreach (var line in body.Split('\n').Select(line => line.TrimEnd(' ')))
        {
            var (starts, opened, rest) = Opening(line);
            if (starts || line.Length == 0)
            {
                Close(blocks, kind, text);
                kind = opened;
            }

            text.Append(rest.TrimStart(' ')).Append(rest.EndsWith('\\') ? "\n" : " ");
        }

        Close(blocks, kind, text);
        return blocks;
    }

    private static (bool Starts, LetterBlockKind Kind, string Line) Opening(string line)
    {
        if (line.StartsWith("# ", StringComparison.Ordinal))
            return (true, LetterBlockKind.Heading, line[2..]);
        if (line.StartsWith("- ", StringComparison.Ordinal))
            return (true, LetterBlockKind.Bullet, line[2..]);
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && line.AsSpan(digits).StartsWith(". ")
            ? (true, LetterBlockKind.Numbered, line[(digits + 2)..])
            : (false, LetterBlockKind.Paragraph, line);
    }

    private static void Close(List<LetterBlock> blocks, LetterBlockKind kind, StringBuilder text)
    {
        var lines = text.ToString().Split('\n').Select(line => line.EndsWith('\\') ? line[..^1] : line)
            .Select(Runs).Where(runs => runs.Count > 0).ToList();
        if (lines.Count > 0)
            blocks.Add(new LetterBlock(kind, lines));
        text.Clear();
    }

    private static List<LetterRun> Runs(string line)
    {
        var runs = new List<LetterRun>();
        var (text, strong, literal) = (new StringBuilder(), false, false);
        var source = line.Trim(' ');
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] is MarkedValues.Start or MarkedValues.End)
            {
                literal = source[i] == MarkedValues.Start;
            }
            else if (!literal && string.CompareOrdinal(source, i, Strong, 0, Strong.Length) == 0)
            {
                Flush();
                strong = !strong;
                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }

        Flush();
        return runs;

        void Flush()
        {
            if (text.Length > 0)
                runs.Add(new LetterRun(text.ToString(), strong));
            text.Clear();
        }
    }
}
