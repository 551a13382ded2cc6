using System.Globalization;
using System.Text;
using MimeKit.Text;
using MiSarTracker.Formats.Answers.Tables;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>
/// The tables of a page, each a member of its own (<c>page.html!table 1</c>). Reads tokens, not a tree: time and memory grow with the
/// page and with nothing else, however its tags are nested. A table around tables, and one of a single row or column, lays the page
/// out; it is text.
/// </summary>
internal sealed class HtmlTables
{
    private const int WidestSpan = 1_000;
    private const int DeepestTable = 32;
    private const int MostCells = 4_000_000;

    private readonly List<OpenTable> _open = [];
    private readonly List<OpenTable> _found = [];
    private int _cells;

    /// <summary>Whether there was more than is kept.</summary>
    public bool IsCut { get; private set; }

    public static void Read(TextReader page, AnswerMember member, AnswerReading reading)
    {
        var tables = new HtmlTables();
        var tokens = new HtmlTokenizer(page) { DecodeCharacterReferences = true, IgnoreTruncatedTags = true };
        while (tokens.ReadNextToken(out var token))
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            if (token is HtmlTagToken tag)
                tables.Tag(tag);
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && tables._open.Count > 0)
                tables._open[^1].Words(data.Data);
        }

        while (tables._open.Count > 0)
            tables.Close();

        tables.Hand(member, reading);
    }

    private void Hand(AnswerMember page, AnswerReading reading)
    {
        var number = 0;
        foreach (var table in _found.Where(table => table.IsData))
        {
            var member = new AnswerMember(string.Create(CultureInfo.InvariantCulture, $"{page.Name}!table {++number}"), "table", 0);
            reading.Announce(member);
            var rows = new LooseTable(reading, member);
            for (var i = 0; i < table.Rows.Count; i++)
                rows.Row(i + 1, table.Rows[i]);

            rows.End();
        }

        if (IsCut)
            reading.Damage(page.Name, $"its tables have more than {MostCells} cells or are nested more than {DeepestTable} deep; only what stands before was read as tables");
    }

    private void Tag(HtmlTagToken tag)
    {
        if (tag.Id == HtmlTagId.Table)
        {
            if (tag.IsEndTag)
                Close();
            else if (!tag.IsEmptyElement)
                Open();

            return;
        }

        if (_open.Count == 0)
            return;

        var table = _open[^1];
        switch (tag.Id)
        {
            case HtmlTagId.TR:
                table.EndRow();
                break;
            case HtmlTagId.TD or HtmlTagId.TH when tag.IsEndTag:
                table.EndCell();
                break;
            case HtmlTagId.TD or HtmlTagId.TH:
                var (across, down) = (Span(tag, "colspan"), Span(tag, "rowspan"));
                IsCut |= (_cells += across) > MostCells;
                if (_cells <= MostCells)
                    table.BeginCell(across, down);

                break;
            case HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI:
                table.Words(" ");
                break;
        }
    }

    private void Open()
    {
        if (_open.Count >= DeepestTable)
            IsCut = true;
        if (_open.Count > 0)
            _open[^1].HoldsTables = true;

        var table = new OpenTable();
        _open.Add(table);
        if (_open.Count <= DeepestTable)
            _found.Add(table);
    }

    private void Close()
    {
        if (_open.Count == 0)
            return;

        _open[^1].EndRow();
        _open.RemoveAt(_open.Count - 1);
    }

    private static int Span(HtmlTagToken tag, string name)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return int.TryParse(attribute.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var span) ? Math.Clamp(span, 1, WidestSpan) : 1;
        }

        return 1;
    }

    /// <summary>A table whose end has not come.</summary>
    private sealed class OpenTable
    {
        private readonly Dictionary<int, (int Rows, string Text)> _hanging = [];
        private readonly List<(int Column, int Rows, string Text)> _next = [];
        private readonly StringBuilder _words = new();
        private List<string>? _row;
        private (int Across, int Down)? _cell;

        public List<List<string>> Rows { get; } = [];

        public bool HoldsTables { get; set; }

        public bool IsData => !HoldsTables && Rows.Count > 1 && Rows.Max(row => row.Count) > 1;

        public void BeginCell(int across, int down)
        {
            EndCell();
            _row ??= [];
            _cell = (across, down);
        }

        public void Words(string text)
        {
            if (_cell is not null)
                _words.Append(text);
        }

        public void EndCell()
        {
            if (_cell is not var (across, down) || _row is null)
                return;

            var text = string.Join(' ', _words.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            _words.Clear();
            _cell = null;
            Hang(_row);
            if (down > 1)
                _next.Add((_row.Count, down - 1, text));

            _row.Add(text);
            for (var i = 1; i < across; i++)
                _row.Add("");
        }

        public void EndRow()
        {
            EndCell();
            if (_row is not { } row)
                return;

            Hang(row);
            foreach (var (column, rows, text) in _next)
                _hanging[column] = (rows, text);

            _next.Clear();
            Rows.Add(row);
            _row = null;
        }

        /// <summary>Cells of rows above that reach down into this one come first where they stand.</summary>
        private void Hang(List<string> row)
        {
            while (_hanging.Remove(row.Count, out var from))
            {
                if (from.Rows > 1)
                    _next.Add((row.Count, from.Rows - 1, from.Text));

                row.Add(from.Text);
            }
        }
    }
}
