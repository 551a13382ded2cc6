using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>What <see cref="RowReader.Next"/> found.</summary>
internal enum RowOutcome
{
    /// <summary>A row, in fields.</summary>
    Row,

    /// <summary>A line that makes no row; reading goes on at the next line.</summary>
    Unreadable,

    /// <summary>The end of the table.</summary>
    End,
}

/// <summary>
/// Splits bytes into rows and fields (RFC 4180, and what tools make of it): LF, CRLF and CR end a row, quotes may hold
/// delimiters, line ends and doubled quotes. A quote that is never closed costs its line, not the file: quotes may
/// span lines only while everything inside them is well formed and shorter than <see cref="Limits.MaxFieldBytes"/>.
/// </summary>
internal sealed partial class RowReader : IDisposable
{
    private readonly Stream _bytes;
    private readonly byte _delimiter;
    private readonly Marks _marks;
    private readonly int _longestField;
    private readonly int _longestRow;
    private readonly int _mostFields;

    private int _row;
    private int _next;
    private long _nextLine = 1;
    private (int Start, int Length)[] _fields = new (int, int)[64];
    private FieldShape[] _shapes = new FieldShape[64];

    public RowReader(Stream bytes, byte delimiter, Limits limits)
    {
        _bytes = bytes;
        _delimiter = delimiter;
        _marks = new Marks(delimiter);
        _longestField = Math.Clamp(limits.MaxFieldBytes, 1, 1 << 28);
        _longestRow = Math.Max(FirstLength, 2 * _longestField);
        _mostFields = limits.MaxColumns + 1;
    }

    /// <summary>The line on which the row begins, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Fields of the row; further than <see cref="Limits.MaxColumns"/> they are counted, not kept.</summary>
    public int Count { get; private set; }

    /// <summary>How any field of the row is written.</summary>
    public FieldShape Shapes { get; private set; }

    /// <summary>True when the row ends with the bytes, without a line end.</summary>
    public bool EndsWithBytes { get; private set; }

    /// <summary>Why the line makes no row.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>True when there may be NUL or non-ASCII bytes in the row.</summary>
    public bool NeedsLook { get; private set; }

    /// <summary>The bytes that the fields point into; they may be changed.</summary>
    public Span<byte> Bytes => _buffer.AsSpan(0, _end);

    public Span<(int Start, int Length)> Fields => _fields.AsSpan(0, Math.Min(Count, _fields.Length));

    public ReadOnlySpan<FieldShape> FieldShapes => _shapes.AsSpan(0, Math.Min(Count, _shapes.Length));

    /// <summary>
    /// Where the row begins in <see cref="Bytes"/>, and where its line end begins; of an unreadable line too, but empty
    /// when it was too long to be kept.
    /// </summary>
    public (int Start, int End) Extent { get; private set; }

    public RowOutcome Next()
    {
        _row = _next;
        Line = _nextLine;
        return Split(backslashEscapes: false);
    }

    private RowOutcome Split(bool backslashEscapes)
    {
        while (true)
        {
            Count = 0;
            Shapes = FieldShape.Plain;
            EndsWithBytes = false;
            switch (Scan(backslashEscapes, out var at))
            {
                case Stop.RowEnd:
                    if (at == _row)
                    {
                        Accept(at); // An empty line: counted, no row.
                        _row = _next;
                        Line = _nextLine;
                        continue;
                    }

                    Accept(at);
                    return RowOutcome.Row;
                case Stop.BadQuote:
                    return BadQuote(backslashEscapes);
                default:
                    if (Fill())
                        break;
                    if (_bytesEnded)
                        return AtEnd(backslashEscapes);
                    return (Shapes & FieldShape.Open) != 0
                        ? BadQuote(backslashEscapes)
                        : GiveUpLine($"the row has more than {_longestRow} bytes");
            }
        }
    }

    /// <summary>
    /// Takes back a row that spans lines: its quote was not meant to. The line on which it begins becomes unreadable, and
    /// the lines behind it are read as rows.
    /// </summary>
    public void TakeBack() =>
        GiveUpLine("a quote opens in this line and swallows the lines behind it; the line was skipped and reading goes on behind it");

    private enum Stop
    {
        RowEnd,
        BadQuote,
        OutOfBytes,
    }

    /// <summary>Walks the marks from where it stands to the end of the row. One loop over locals: it sees every mark of millions of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Stop Scan(bool backslashEscapes, out int at)
    {
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(_buffer);
        var (word, pending, fieldStart, count) = (_word, _pending, _row, 0);
        at = 0;
        while (true)
        {
            while (pending == 0)
            {
                word += Marks.Width;
                if (word >= _end)
                {
                    Count = count;
                    return Stop.OutOfBytes;
                }

                pending = MarksAt(ref bytes, word);
            }

            at = word + BitOperations.TrailingZeroCount(pending);
            pending &= pending - 1;
            var mark = Unsafe.Add(ref bytes, at);
            if (mark == '"')
            {
                if (at != fieldStart)
                    continue;

                (_word, _pending, Count) = (word, pending, count);
                var stop = Quoted(backslashEscapes, at, out var close, out var shape);
                if (stop != Stop.RowEnd)
                    return stop;

                (word, pending) = (_word, _pending);
                Keep(count++, fieldStart + 1, close - fieldStart - 1, shape);
                at = close + 1;
                mark = at < _end ? Unsafe.Add(ref bytes, at) : (byte)'\n';
            }
            else
            {
                Keep(count++, fieldStart, at - fieldStart, FieldShape.Plain);
            }

            if (mark == _delimiter)
            {
                fieldStart = at + 1;
                continue;
            }

            (_word, _pending, Count) = (word, pending, count);
            return mark == '\r' && at + 1 == _end && !_bytesEnded ? Stop.OutOfBytes : Stop.RowEnd;
        }
    }

    /// <summary>Finds the quote that closes a field, and passes the mark behind it.</summary>
    private Stop Quoted(bool backslashEscapes, int open, out int close, out FieldShape shape)
    {
        shape = FieldShape.Quoted;
        close = -1;
        while (TryNextMark(out var at))
        {
            var mark = _buffer[at];
            if (mark == '"')
            {
                if (at + 1 == _end && !_bytesEnded)
                    return Stop.OutOfBytes;

                var next = at + 1 < _end ? _buffer[at + 1] : (byte)'\n';
                var escaped = IsEscaped(open, at);
                if (next == '"' && !(backslashEscapes && escaped))
                {
                    shape |= FieldShape.Doubled;
                    TryNextMark(out _);
                }
                else if ((next == _delimiter || next is (byte)'\n' or (byte)'\r') && !(backslashEscapes && escaped))
                {
                    close = at;
                    Shapes |= shape;
                    TryNextMark(out _);
                    return Stop.RowEnd;
                }
                else
                {
                    shape |= escaped ? FieldShape.Backslashes : FieldShape.LoneQuotes;
                }
            }
            else if (mark is (byte)'\n' or (byte)'\r')
            {
                shape |= FieldShape.Lines;
            }

            Shapes |= shape;
            var malformed = (shape & FieldShape.Lines) != 0 && (shape & (FieldShape.Backslashes | FieldShape.LoneQuotes)) != 0;
            if (malformed || at - open > _longestField)
                return Stop.BadQuote;
        }

        Shapes |= shape | FieldShape.Open;
        return Stop.OutOfBytes;
    }

    private RowOutcome AtEnd(bool backslashEscapes)
    {
        if ((Shapes & FieldShape.Open) != 0)
            return BadQuote(backslashEscapes);

        if (_row >= _end)
            return RowOutcome.End;

        var last = Count == 0 ? _row : RawEnd(Count - 1) + 1;
        Keep(Count, last, _end - last, FieldShape.Plain);
        Count++;
        EndsWithBytes = true;
        Accept(_end);
        return RowOutcome.Row;
    }

    /// <summary>A quote that is not closed properly: perhaps its inner quotes stand behind backslashes; else it costs its line.</summary>
    private RowOutcome BadQuote(bool backslashEscapes)
    {
        if (backslashEscapes || (Shapes & FieldShape.Backslashes) == 0)
            return GiveUpLine("a quote opens in this line and is not closed properly; the line was skipped and reading goes on behind it");

        Rescan(_row);
        return Split(backslashEscapes: true);
    }

    private int RawEnd(int field)
    {
        field = Math.Min(field, _fields.Length - 1);
        var (start, length) = _fields[field];
        return start + length + ((_shapes[field] & FieldShape.Quoted) != 0 ? 1 : 0);
    }

    private bool IsEscaped(int open, int quote)
    {
        var backslashes = 0;
        for (var at = quote - 1; at > open && _buffer[at] == '\\'; at--)
            backslashes++;

        return (backslashes & 1) != 0;
    }
}
