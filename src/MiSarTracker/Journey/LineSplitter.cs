namespace MiSarTracker.Journey;

/// <summary>Splits a stream into lines of bytes.</summary>
internal sealed class LineSplitter(Stream bytes)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _end;

    /// <summary>The next line without its end, lent until the next call; false at the end of the stream, whatever stands before it without a line end.</summary>
    public bool Next(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_at + searched, _end - _at - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = _buffer.AsMemory(_at, searched + newline);
                _at += searched + newline + 1;
                return true;
            }

            searched = _end - _at;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        (_at, _end) = (0, _end - _at);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);

        int read;
        try
        {
            read = bytes.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (IOException)
        {
            return false; // The other side is gone.
        }

        _end += read;
        return read > 0;
    }
}
