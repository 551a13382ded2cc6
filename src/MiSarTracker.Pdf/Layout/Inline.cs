using System.Globalization;
using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Turns spans into shaped pieces with the places where lines may break between them.</summary>
internal sealed class Inline(FontSet fonts, Func<string, bool> anchorExists, IReadOnlyDictionary<string, int> pages)
{
    // Hyphen between figures and letters of words of this length or shorter (dates, references) is no place to break.
    private const int LongestIndivisible = 14;

    private const int LongestPiece = 32;

    private readonly List<PieceGroup> _groups = [];
    private List<Piece> _open = [];
    private int _spaces;
    private bool _newLine;

    /// <param name="spans">The text.</param>
    /// <param name="style">How the block sets it.</param>
    /// <param name="tag">The block's element; null for artifacts, whose links stay inert.</param>
    public IReadOnlyList<PieceGroup> Prepare(IReadOnlyList<Span> spans, TextStyle style, StructElement? tag)
    {
        _groups.Clear();
        (_open, _spaces, _newLine) = ([], 0, false);
        foreach (var span in spans)
            Add(span, style, tag);
        EndGroup();
        return [.. _groups];
    }

    /// <summary>One piece of text that is never broken.</summary>
    public Piece Whole(string text, TextStyle style, StructElement? tag) =>
        new(fonts.Shape(OneLine(text), style.Face), new(style.Face, style.Size, style.Colour, tag, null, text), BreakAfter.No);

    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    private void Add(Span span, TextStyle style, StructElement? tag)
    {
        var link = tag is null ? null : TargetOf(span);
        var face = span.Style.HasFlag(SpanStyle.Mono) ? SpanStyle.Mono : style.Face | span.Style;
        string text = TextOf(span);
        var run = new RunStyle(face, style.Size * (face.HasFlag(SpanStyle.Mono) && style.Face != SpanStyle.Mono ? 0.94 : 1),
            span.Colour ?? (link is null ? style.Colour : Palette.Accent), link is null ? tag : StructElement.Deferred(tag!, "Link"), link, text);
        if (span.Swatch is { } fill)
            _open.Add(new(new("", [], 1150), run, BreakAfter.No) { Swatch = fill });
        AddText(text, run);
    }

    private LinkTarget? TargetOf(Span span) =>
        span.Url is { } url ? LinkTarget.To(url)
        : span.Ref is { } anchor && anchorExists(anchor) ? new(null, anchor)
        : null;

    private string TextOf(Span span) =>
        !span.IsPageNumber ? span.Text
        : span.Ref is { } anchor && pages.TryGetValue(anchor, out int page) ? page.ToString(CultureInfo.InvariantCulture)
        : "00";

    private void AddText(string text, RunStyle run)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not (' ' or '\t' or '\n' or '\r'))
                continue;
            if (i > start)
                AddWord(text.AsSpan(start, i - start), run);
            start = i + 1;
            if (i < text.Length)
                EndWith(text[i], i > 0 && text[i - 1] == '\r');
        }
    }

    private void EndWith(char white, bool afterReturn)
    {
        EndGroup();
        if (white is '\n' or '\r')
        {
            if (white == '\n' && afterReturn)
                return;
            if (_newLine)
                _groups.Add(new([], 0, true));
            (_newLine, _spaces) = (true, 0);
        }
        else
        {
            _spaces += white == '\t' ? 4 : 1;
        }
    }

    private void EndGroup()
    {
        if (_open.Count == 0)
            return;
        _groups.Add(new(_open, _spaces, _newLine));
        (_open, _spaces, _newLine) = (new(1), 0, false);
    }

    private void AddWord(ReadOnlySpan<char> word, RunStyle run)
    {
        int start = 0;
        for (int i = 0; i < word.Length; i++)
        {
            var opportunity = BreakAt(word, i);
            if (opportunity == BreakAfter.No && i < word.Length - 1)
                continue;
            var part = word[start..(i + 1)];
            AddPart(part.Contains(SafeText.SoftHyphen) ? part.ToString().Replace("\u00AD", "", StringComparison.Ordinal) : part, run, opportunity);
            start = i + 1;
        }
    }

    /// <summary>Very long parts are shaped in pieces: a captured line of a megabyte then costs as much as many short ones.</summary>
    private void AddPart(ReadOnlySpan<char> part, RunStyle run, BreakAfter opportunity)
    {
        int start = 0;
        while (part.Length - start > LongestPiece)
        {
            int end = start + LongestPiece;
            while (end > start + 1 && (char.IsLowSurrogate(part[end]) || char.GetUnicodeCategory(part[end]) is UnicodeCategory.NonSpacingMark))
                end--;
            _open.Add(new(fonts.Shape(part[start..end], run.Face), run, BreakAfter.No));
            start = end;
        }
        if (start < part.Length)
            _open.Add(new(fonts.Shape(part[start..], run.Face), run, opportunity));
    }

    /// <summary>May the line end after this character of a word?</summary>
    private static BreakAfter BreakAt(ReadOnlySpan<char> word, int index)
    {
        if (index == word.Length - 1)
            return BreakAfter.No;
        char here = word[index], next = word[index + 1];
        bool isShort = word.Length <= LongestIndivisible;
        return here switch
        {
            SafeText.SoftHyphen => BreakAfter.WithHyphen,
            '\u2014' => BreakAfter.Yes,
            '-' or '\u2010' when index > 0 && next != here && !(char.IsAsciiDigit(next) && isShort) =>
                isShort || char.IsLetter(next) && char.IsLetter(word[index - 1]) ? BreakAfter.Yes : BreakAfter.IfNeeded,
            '/' or '.' or '_' or '@' or ':' or '?' or '&' or '=' or ',' or ';' or '+' or '|' or '\\' or '#' or '-'
                when !isShort && index >= 2 && next != here => BreakAfter.IfNeeded,
            '/' when index >= 2 && char.IsLetter(next) && char.IsLetter(word[index - 1]) => BreakAfter.IfNeeded,
            _ => BreakAfter.No,
        };
    }
}
