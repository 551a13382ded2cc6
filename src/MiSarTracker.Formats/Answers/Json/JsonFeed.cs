using System.Buffers;
using System.Text.Json;

namespace MiSarTracker.Formats.Answers.Json;

/// <summary>
/// The tokens of a JSON text of any length, one at a time, from a stream. Values may follow each other (JSON Lines). A
/// value's text is lent until the next token.
/// </summary>
internal sealed class JsonFeed(Stream utf8, JsonReaderOptions options) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
    private byte[] _unescaped = [];
    private JsonReaderState _state = new(options);
    private int _at;
    private int _end;
    private long _before;
    private bool _ended;
    private int _valueStart;
    private int _valueLength;
    private bool _isUnescaped;

    public JsonTokenType Token { get; private set; }

    /// <summary>Levels around the token.</summary>
    public int Depth { get; private set; }

    /// <summary>Bytes before the place that was reached.</summary>
    public long Position => _before + _at;

    /// <summary>The text of a name, string, number, true, false or null: unescaped, without quotes.</summary>
    public ReadOnlySpan<byte> Value => (_isUnescaped ? _unescaped : _buffer).AsSpan(_valueStart, _valueLength);

    /// <summary>Steps to the next token; false at the end.</summary>
    /// <exception cref="JsonException">What stands here is no JSON, or the text breaks off.</exception>
    public bool Next()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_at, _end - _at), _ended, _state);
            if (reader.Read())
            {
                Keep(ref reader);
                return true;
            }

            _state = reader.CurrentState;
            _at += (int)reader.BytesConsumed;
            if (_ended)
                return false;

            Fill();
        }
    }

    /// <summary>Takes what comes next from the stream for a new text.</summary>
    public void Restart()
    {
        _state = new JsonReaderState(options);
        (_at, _end, _ended) = (0, 0, false);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Keep(ref Utf8JsonReader reader)
    {
        Token = reader.TokenType;
        Depth = reader.CurrentDepth;
        _isUnescaped = reader.ValueIsEscaped;
        if (_isUnescaped)
        {
            if (_unescaped.Length < reader.ValueSpan.Length)
                _unescaped = new byte[2 * reader.ValueSpan.Length];

            (_valueStart, _valueLength) = (0, Unescape(ref reader));
        }
        else
        {
            var isText = Token is JsonTokenType.String or JsonTokenType.PropertyName;
            _valueStart = _at + (int)reader.TokenStartIndex + (isText ? 1 : 0);
            _valueLength = reader.ValueSpan.Length;
        }

        _state = reader.CurrentState;
        _at += (int)reader.BytesConsumed;
    }

    private int Unescape(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.CopyString(_unescaped);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair behind \u: the text is kept as it is written.
            reader.ValueSpan.CopyTo(_unescaped);
            return reader.ValueSpan.Length;
        }
    }

    private void Fill()
    {
        var kept = _end - _at;
        var target = kept > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(2 * _buffer.Length) : _buffer;
        _buffer.AsSpan(_at, kept).CopyTo(target);
        if (target != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);

        _buffer = target;
        _before += _at;
        (_at, _end) = (0, kept);
        var read = utf8.Read(_buffer.AsSpan(_end));
        _end += read;
        _ended = read == 0;
    }
}
