namespace MiSarTracker.Formats.Answers.Json;

/// <summary>One line of a text after another, each as if it were a file of its own.</summary>
internal sealed class LineWindow(Stream text) : ForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _end;
    private bool _atLineEnd;

    public override int Read(Span<byte> buffer)
    {
        if (_atLineEnd || !Ready())
            return 0;

        var bytes = _buffer.AsSpan(_at, Math.Min(_end - _at, buffer.Length));
        var newline = bytes.IndexOf((byte)'\n');
        var count = newline < 0 ? bytes.Length : newline;
        bytes[..count].CopyTo(buffer);
        _at += count;
        _atLineEnd = newline >= 0;

        // An empty rest before the line end is the line's end.
        return count;
    }

    /// <summary>Goes on behind the line's end; false at the end of the text.</summary>
    public bool NextLine()
    {
        while (!_atLineEnd && Ready())
        {
            var newline = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            _at = newline < 0 ? _end : _at + newline;
            _atLineEnd = newline >= 0;
        }

        if (!_atLineEnd)
            return false;

        _atLineEnd = false;
        _at++;
        return Ready();
    }

    private bool Ready()
    {
        if (_at == _end)
            (_at, _end) = (0, text.Read(_buffer));

        return _end > 0;
    }
}
