namespace MiSarTracker.Formats.Answers.Json;

/// <summary>
/// JSON in which no string and no number is longer than a limit: what is longer is cut, and counted. A reader of JSON wants a
/// whole token in memory, however long somebody made it.
/// </summary>
internal sealed class ShortTokens(Stream utf8, int longest) : ForwardStream
{
    private readonly byte[] _raw = new byte[1 << 16];
    private int _at;
    private int _end;
    private bool _inText;
    private bool _escaped;
    private int _length;
    private int _hexLeft;

    /// <summary>Tokens that were cut.</summary>
    public long Cut { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, utf8.Read(_raw));
                if (_end == 0)
                    return 0;
            }

            var count = Math.Min(buffer.Length, _end - _at);
            var written = Copy(_raw.AsSpan(_at, count), buffer);
            _at += count;
            if (written > 0)
                return written;
        }
    }

    private int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var written = 0;
        foreach (var value in from)
        {
            var ends = _inText ? value == '"' && !_escaped : value is (byte)',' or (byte)':' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'"' or <= (byte)' ';
            if (ends)
            {
                _inText = !_inText && value == '"';
                (_length, _escaped, _hexLeft) = (0, false, 0);
                to[written++] = value;
                continue;
            }

            // An escape, and a character of several bytes, is kept whole or left out whole.
            var begins = !_escaped && _hexLeft == 0 && (value & 0xC0) != 0x80;
            if (_length < longest || (_length < longest + 16 && !begins))
            {
                to[written++] = value;
                _length++;
            }
            else
            {
                Cut += _length < int.MaxValue ? 1 : 0;
                _length = int.MaxValue;
            }

            _hexLeft = _escaped && value == 'u' ? 4 : Math.Max(0, _hexLeft - 1);
            _escaped = _inText && value == '\\' && !_escaped;
        }

        return written;
    }
}
