using System.Text;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Article15;

/// <summary>
/// Cuts a text into sentences that know their heading, their list and their line. Lines that were wrapped are joined, a word
/// that was cut at a line's end is made whole, the points of a list are read by themselves and together with the line that announces
/// them, and the cells of a table stand under the headings of their columns.
/// </summary>
internal sealed class Passages(IReadOnlyList<LanguagePatterns> languages)
{
    private const int LongestHeading = 110;

    /// <summary>Of a list, with the line that announces it.</summary>
    private const int LongestList = 700;

    /// <summary>A heading speaks for as many sentences.</summary>
    private const int LongestSection = 40;

    /// <summary>So many headings with nothing between them are a list of questions.</summary>
    private const int QuestionList = 3;

    public IReadOnlyList<Passage> Of(AnswerText text)
    {
        var clean = text.Text.AsSpan().EnumerateLines();
        var lines = new List<string>();
        foreach (var line in clean)
        {
            lines.Add(Folding.Clean(line));
        }

        return new Cutting(this, text.Origin).Cut(new QuotedMail(languages).Mark(lines));
    }

    private IReadOnlyList<string> ItemsOf(string heading) =>
        heading.Length is 0 or > LongestHeading
            ? []
            : [.. languages.SelectMany(language => language.Items).Where(item => item.Headings.IsMatch(heading)).Select(item => item.Item).Distinct()];

    private bool IsAsk(string folded) => languages.Any(language => language.Asks.Any(cue => cue.Matches(folded)));

    private bool IsClosing(string folded) => folded.Length < LongestHeading && languages.Any(language => language.Closings.IsMatch(folded));

    private sealed class Cutting(Passages rules, Origin origin)
    {
        private readonly List<Passage> _passages = [];
        private readonly StringBuilder _paragraph = new();
        private readonly List<string> _points = [];
        private IReadOnlyList<string> _heading = [];
        private List<IReadOnlyList<string>> _columns = [];
        private int _emptyHeadings;
        private int _underHeading;
        private int _line;
        private bool _quoted;
        private bool _isPoint;
        private string _intro = "";
        private string _introText = "";
        private int _introLine;

        public List<Passage> Cut(List<TextLine> lines)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i];
                if (line.IsBlank)
                {
                    EndParagraph();
                    continue;
                }

                if (_paragraph.Length > 0 && line.Quoted != _quoted)
                {
                    EndParagraph();
                }

                if (line.Text.Contains('\t', StringComparison.Ordinal))
                {
                    EndParagraph();
                    Row(line);
                }
                else if (!Heading(line, i + 1 < lines.Count ? lines[i + 1] : default, i > 0 && !lines[i - 1].IsBlank))
                {
                    Continue(line);
                }
            }

            EndParagraph();
            EndList();
            return _passages;
        }

        /// <summary>A heading on a line of its own, or a label in front of a line: <c>Purposes: …</c></summary>
        private bool Heading(TextLine line, TextLine next, bool afterText)
        {
            if (rules.IsClosing(line.Folded))
            {
                EndParagraph();
                Open([]);
                return false;
            }

            var colon = line.Folded.IndexOf(':', StringComparison.Ordinal);
            if (colon is > 0 and <= LongestHeading && rules.ItemsOf(line.Folded[..colon].Trim()) is { Count: > 0 } labelled && !rules.IsAsk(line.Folded))
            {
                EndParagraph();
                Open(labelled);
                var own = line.Text.IndexOf(':', StringComparison.Ordinal);
                if (line.Text[(own + 1)..].Trim() is { Length: > 0 } rest)
                {
                    Start(line);
                    _paragraph.Append(rest.TrimStart('*', ' '));
                }

                return true;
            }

            var bare = line.Folded.TrimEnd('*', '#', '_', ':', '?', ' ');
            var stands = line.Mark is LineMark.Number or LineMark.Heading || (line.Mark == LineMark.None && (!afterText || _paragraph.Length == 0));
            if (stands && bare.Length is > 0 and <= LongestHeading && bare[^1] is not ('.' or ',' or ';') && rules.ItemsOf(bare) is { Count: > 0 } items && !rules.IsAsk(bare))
            {
                EndParagraph();
                Open(items);
                return true;
            }

            // Another heading ends the section; one that is only short may as well be its content.
            if ((line.Mark == LineMark.Heading || (line.Mark == LineMark.Number && next.IsBlank)) && bare.Length is > 0 and <= 60 && bare[^1] is not ('.' or ',' or ';'))
            {
                EndParagraph();
                Open([]);
            }

            return false;
        }

        private void Open(IReadOnlyList<string> items)
        {
            EndList();
            _emptyHeadings = items.Count == 0 || _underHeading > 0 ? 0 : _emptyHeadings + 1;
            _heading = items;
            _underHeading = 0;
            _columns = [];
        }

        private void Continue(TextLine line)
        {
            if (line.Mark != LineMark.None)
            {
                EndParagraph();
            }

            if (_paragraph.Length == 0)
            {
                Start(line);
                _paragraph.Append(line.Text);
                return;
            }

            // “Verarbei-” + “tung” is one word; “Auskunfts-” + “und” are two.
            var joined = _paragraph[^1] == '-' && _paragraph.Length > 1 && char.IsLetter(_paragraph[^2]) && char.IsLower(line.Text[0])
                && line.Folded.Split(' ')[0] is not ("und" or "oder" or "and" or "or" or "et" or "ou" or "bzw.");
            if (joined)
            {
                _paragraph.Length--;
            }
            else
            {
                _paragraph.Append(' ');
            }

            _paragraph.Append(line.Text);
        }

        private void Start(TextLine line)
        {
            _line = line.Number;
            _quoted = line.Quoted;
            _isPoint = line.Mark != LineMark.None;

            // The paragraph behind a line with a colon may be what it announces; the one after that is not.
            if (!_isPoint && _points.Count > 0)
            {
                EndList();
            }
        }

        private void Row(TextLine line)
        {
            var cells = line.Text.Split('\t', StringSplitOptions.TrimEntries);
            var items = cells.Select(cell => rules.ItemsOf(Folding.Fold(cell).TrimEnd(':', ' '))).ToList();
            _quoted = line.Quoted;
            if (items.Count(item => item.Count > 0) >= 2)
            {
                EndList();
                _columns = items;
                return;
            }

            _line = line.Number;
            var heading = _heading;
            for (var i = 0; i < cells.Length; i++)
            {
                _heading = _columns.Count == cells.Length ? _columns[i] : i > 0 && items[0].Count > 0 ? items[0] : heading;
                Add(cells[i], "");
            }

            _heading = heading;
        }

        private void EndParagraph()
        {
            if (_paragraph.Length == 0)
            {
                return;
            }

            var text = _paragraph.ToString();
            _paragraph.Clear();
            if (text.EndsWith(':'))
            {
                EndList();
                var announced = Sentences.Of(text).Last();
                (_introText, _intro, _introLine) = (announced, Folding.Fold(announced), _line);
                Add(text[..^announced.Length], "");
                return;
            }

            if (_intro.Length > 0)
            {
                _points.Add(text.TrimEnd('.', ';', ','));
            }

            Add(text, _isPoint ? _intro : "");
        }

        /// <summary>The announcing line with its points, as one sentence.</summary>
        private void EndList()
        {
            if (_intro.Length == 0)
            {
                return;
            }

            var whole = new StringBuilder(_introText);
            foreach (var point in _points)
            {
                if (whole.Length + point.Length > LongestList)
                {
                    break;
                }

                whole.Append(whole.Length == _introText.Length ? " " : "; ").Append(point);
            }

            var intro = _intro;
            (_intro, _introText) = ("", "");
            _points.Clear();
            var line = _line;
            _line = _introLine;
            One(whole.ToString(), intro);
            _line = line;
        }

        private void Add(string paragraph, string intro)
        {
            foreach (var sentence in Sentences.Of(paragraph))
            {
                One(sentence, intro);
            }
        }

        private void One(string sentence, string intro)
        {
            if (sentence.Length < 2)
            {
                return;
            }

            var speaks = _emptyHeadings < QuestionList && _underHeading < LongestSection;
            var before = _passages.Count > 0 && _passages[^1].Quoted == _quoted ? _passages[^1].Folded : "";
            _passages.Add(new Passage(origin with { Number = _line }, sentence, Folding.Fold(sentence), speaks ? _heading : [], before, intro, _quoted));
            _underHeading++;
        }
    }
}
