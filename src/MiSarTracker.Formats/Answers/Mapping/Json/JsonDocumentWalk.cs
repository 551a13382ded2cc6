using System.Globalization;
using System.Text.Json;

namespace MiSarTracker.Formats.Answers.Mapping.Json;

/// <summary>
/// Walks through a JSON document of any size in one pass: units are cut out one at a time, everything else is handed to the
/// search value by value. Only one unit is ever in memory.
/// </summary>
internal sealed class JsonDocumentWalk(Stream source, JsonReaderOptions options, long mostUnitBytes)
{
    private readonly List<Frame> _open = [];
    private byte[] _buffer = new byte[64 << 10];
    private int _at;
    private int _end;
    private long _passed;
    private bool _isFinal;
    private JsonReaderState _state = new(options);
    private JsonShape? _named;
    private bool _isTooLarge;

    /// <summary>Reads the document to its end, or to where it is none. Returns what is wrong with it, or null.</summary>
    /// <param name="root">What is wanted.</param>
    /// <param name="values">Takes the values that belong to no unit.</param>
    /// <param name="tooLarge">Called for a unit that is too large to be taken.</param>
    public string? Read(JsonShape root, JsonValueWalk values, Action tooLarge)
    {
        Fill();
        _at = _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            while (true)
            {
                if (Token(root, values))
                {
                    continue;
                }

                if (_isFinal)
                {
                    return null;
                }

                if (_end - _at >= mostUnitBytes && !MakeSmaller(tooLarge))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"a single text in it has more than {mostUnitBytes} bytes; nothing was read from byte {_passed + _at} on");
                }

                Fill();
            }
        }
        catch (JsonException broken)
        {
            var problem = broken.Message.Split(" LineNumber:")[0].TrimEnd('.');
            return string.Create(CultureInfo.InvariantCulture, $"it is no JSON from byte {_passed + _at} on ({problem}); what stands before it was read");
        }
    }

    // A unit that does not fit is gone through value by value instead.
    private bool MakeSmaller(Action tooLarge)
    {
        if (_isTooLarge)
        {
            return false;
        }

        _isTooLarge = true;
        tooLarge();
        return true;
    }

    /// <summary>Takes one token, or a whole unit; false when the bytes at hand do not suffice.</summary>
    private bool Token(JsonShape root, JsonValueWalk values)
    {
        var bytes = _buffer.AsSpan(_at, _end - _at);
        var reader = new Utf8JsonReader(bytes, _isFinal, _state);
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _named = _open[^1].Shape.Property(ref reader);
        }
        else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            _open.RemoveAt(_open.Count - 1);
        }
        else if (!Value(ref reader, bytes, Place(root), values))
        {
            return false;
        }

        _at += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        _isTooLarge = false;
        return true;
    }

    private bool Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, JsonShape shape, JsonValueWalk values)
    {
        if (shape.Unit is { } unit && !_isTooLarge)
        {
            var start = (int)reader.TokenStartIndex;
            if (!reader.TrySkip())
            {
                return false;
            }

            unit.Take(bytes[start..(int)reader.BytesConsumed], shape.UnitDepth);
        }
        else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            Count();
            _open.Add(new Frame(shape, reader.TokenType == JsonTokenType.StartArray));
            return true;
        }
        else
        {
            values.Simple(ref reader, shape);
        }

        Count();
        return true;
    }

    private JsonShape Place(JsonShape root) =>
        _open.Count == 0 ? root : _open[^1] is { IsList: true } list ? list.Shape.Element(list.Index) : _named!;

    private void Count()
    {
        if (_open.Count > 0)
        {
            _open[^1].Index++;
        }
    }

    private void Fill()
    {
        if (_at > 0)
        {
            _passed += _at;
            _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
            (_at, _end) = (0, _end - _at);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        while (_end < _buffer.Length)
        {
            var read = source.Read(_buffer.AsSpan(_end));
            if (read == 0)
            {
                _isFinal = true;
                return;
            }

            _end += read;
        }
    }

    private sealed class Frame(JsonShape shape, bool isList)
    {
        public JsonShape Shape { get; } = shape;

        public bool IsList { get; } = isList;

        public int Index { get; set; }
    }
}
