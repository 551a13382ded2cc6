using System.Text;

namespace MiSarTracker.Core.Letters;

/// <summary>
/// The little markup of letters: paragraphs between blank lines, <c># heading</c>, <c>- item</c> and <c>1. item</c> (further
/// lines indented), <c>\</c> at the end of a line for a line break, <c>**strong**</c>. Values are never read as markup.
/// </summary>
internal static class LetterMarkup
{
    private const string Strong = "**";

    /// <summary>A stretch of text.</summary>
    public sealed record Run(string Text, bool Strong);

    /// <summary>A paragraph, heading or list item: lines that a line break separates, each made of runs.</summary>
    public sealed record Block(BlockKind Kind, IReadOnlyList<IReadOnlyList<Run>> Lines);

    public enum BlockKind
    {
        Paragraph,
        Heading,
        Bullet,
        Numbered,
    }

    /// <summary>Checks what the filled text could only show too late: strong text that is not closed.</summary>
    /// <exception cref="BadInput">With the line.</exception>
    public static void Check(string body, int firstLine, string file)
    {
        var lines = body.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if ((lines[i].Split(Strong).Length - 1) % 2 != 0)
                throw new BadInput(file, FormattableString.Invariant($"line {firstLine + i}"), "strong text starts and ends with ** on the same line");
        }
    }

    /// <summary>Reads a filled body, values between <see cref="MarkedValues.Start"/> and <see cref="MarkedValues.End"/>.</summary>
    public static IReadOnlyList<Block> Blocks(string body)
    {
        var blocks = new List<Block>();
        var (kind, text) = (BlockKind.Paragraph, new StringBuilder());
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

    private static (bool Starts, BlockKind Kind, string Line) Opening(string line)
    {
        if (line.StartsWith("# ", StringComparison.Ordinal))
            return (true, BlockKind.Heading, line[2..]);
        if (line.StartsWith("- ", StringComparison.Ordinal))
            return (true, BlockKind.Bullet, line[2..]);
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && line.AsSpan(digits).StartsWith(". ")
            ? (true, BlockKind.Numbered, line[(digits + 2)..])
            : (false, BlockKind.Paragraph, line);
    }

    private static void Close(List<Block> blocks, BlockKind kind, StringBuilder text)
    {
        var lines = text.ToString().Split('\n').Select(line => line.EndsWith('\\') ? line[..^1] : line)
            .Select(Runs).Where(runs => runs.Count > 0).ToList();
        if (lines.Count > 0)
            blocks.Add(new Block(kind, lines));
        text.Clear();
    }

    private static List<Run> Runs(string line)
    {
        var runs = new List<Run>();
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
                runs.Add(new Run(text.ToString(), strong));
            text.Clear();
        }
    }
}
