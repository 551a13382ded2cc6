using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>The bytes under the rows: a buffer that begins with the row, and the marks in it.</summary>
internal sealed partial class RowReader
{
    private const int FirstLength = 1 << 18;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstLength + Marks.Width);
    private int _end;
    private bool _bytesEnded;

    // The marks not yet looked at: a bit each in the 64 bytes from _word.
    private int _word = -Marks.Width;
    private ulong _pending;

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>What stands behind the row, as far as it was read, and the line on which it begins.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(_next, _end - _next);

    public long AheadLine => _nextLine;

    /// <summary>Steps over whole rows, one line each, that somebody else has read.</summary>
    public void Pass(int bytes, int rows)
    {
        (_next, _nextLine) = (_next + bytes, _nextLine + rows);
        Rescan(_next);
    }

    /// <summary>Takes the row up to its line end (or the end of the bytes), and steps behind it.</summary>
    private void Accept(int end)
    {
        Extent = (_row, Math.Min(end, _end));
        EndsWithBytes |= end >= _end;
        _nextLine = Line + 1;
        if ((Shapes & FieldShape.Lines) != 0)
            _nextLine += Lines.In(_buffer.AsSpan(_row, end - _row));

        _next = Math.Min(end + 1, _end);
        if (end >= _end)
            Rescan(_end);
        else if (end + 1 < _end && _buffer[end] == '\r' && _buffer[end + 1] == '\n')
        {
            _next = end + 2;
            Rescan(_next);
        }
    }

    /// <summary>The line on which the row begins is no row; goes on behind its first line end.</summary>
    private RowOutcome GiveUpLine(string reason)
    {
        Reason = reason;
        var searched = _row;
        var kept = true;
        Extent = (0, 0);
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOfAny((byte)'\n', (byte)'\r');
            if (at >= 0 && (searched + at + 1 < _end || _bytesEnded))
            {
                var end = searched + at;
                Extent = kept ? (_row, end) : (0, 0);
                _next = end + (_buffer[end] == '\r' && end + 1 < _end && _buffer[end + 1] == '\n' ? 2 : 1);
                break;
            }

            // Nothing of the line is needed any more, unless it is the last one and whole.
            if (_bytesEnded)
                Extent = kept ? (_row, _end) : (0, 0);

            kept = _bytesEnded;
            _row = at >= 0 ? searched + at : _end;
            searched = 0;
            if (!Fill() && _bytesEnded)
            {
                EndsWithBytes = true;
                _next = _end;
                break;
            }

            _row = 0;
        }

        _nextLine = Line + 1;
        Rescan(_next);
        return RowOutcome.Unreadable;
    }

    /// <summary>Moves the row to the front and reads more behind it; false at the end, or when the row is too long.</summary>
    private bool Fill()
    {
        var kept = _end - _row;
        if (kept >= _longestRow || _bytesEnded)
        {
            Rescan(_row);
            return false;
        }

        var target = _buffer;
        if (kept > (_buffer.Length - Marks.Width) / 2)
            target = ArrayPool<byte>.Shared.Rent((2 * _buffer.Length) + Marks.Width);

        _buffer.AsSpan(_row, kept).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        var read = _bytes.ReadAtLeast(_buffer.AsSpan(kept, _buffer.Length - Marks.Width - kept), _buffer.Length - Marks.Width - kept, throwOnEndOfStream: false);
        _bytesEnded = kept + read < _buffer.Length - Marks.Width;
        _end = kept + read;
        (_row, _next) = (0, 0);
        NeedsLook = Lines.NeedLook(_buffer.AsSpan(0, _end));
        Rescan(0);
        return true;
    }

    private void Rescan(int from) => (_word, _pending) = (from - Marks.Width, 0);

    private bool TryNextMark(out int at)
    {
        while (_pending == 0)
        {
            _word += Marks.Width;
            if (_word >= _end)
            {
                // Stay where the next call asks again, and finds nothing again.
                _word -= Marks.Width;
                at = 0;
                return false;
            }

            _pending = MarksAt(ref MemoryMarshal.GetArrayDataReference(_buffer), _word);
        }

        at = _word + BitOperations.TrailingZeroCount(_pending);
        _pending &= _pending - 1;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong MarksAt(ref byte bytes, int word)
    {
        var marks = _marks.In(ref Unsafe.Add(ref bytes, word));
        return _end - word >= Marks.Width ? marks : marks & ((1UL << (_end - word)) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(int index, int start, int length, FieldShape shape)
    {
        if (index >= _fields.Length && !Widen(index))
            return;

        _fields[index] = (start, length);
        _shapes[index] = shape;
    }

    private bool Widen(int index)
    {
        if (index >= _mostFields)
            return false;

        Array.Resize(ref _fields, Math.Min(_mostFields, 2 * _fields.Length));
        Array.Resize(ref _shapes, _fields.Length);
        return index < _fields.Length;
    }
}
