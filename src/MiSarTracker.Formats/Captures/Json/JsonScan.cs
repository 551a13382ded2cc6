using System.Buffers;
using System.Runtime.CompilerServices;

namespace MiSarTracker.Formats.Captures.Json;

/// <summary>How the scan of one JSON value ended.</summary>
internal enum ScanEnd
{
    /// <summary>The value is complete.</summary>
    Whole,

    /// <summary>It is complete, but too large or too deep to be kept; it was passed over.</summary>
    PassedOver,

    /// <summary>The file ends inside it.</summary>
    CutOff,

    /// <summary>Something stands where JSON allows nothing of the kind.</summary>
    Malformed,
}

/// <summary>
/// Finds where a JSON value ends in a stream, without wanting it in one piece: strings above a limit are cut out of the
/// window while they pass, and a value that nobody wants is not kept at all. It looks at the structure only, but
/// closely enough that a broken value does not swallow its neighbours.
/// </summary>
internal sealed class JsonScan(ByteWindow window, Limits limits)
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private static readonly SearchValues<byte> BetweenStructure = SearchValues.Create(" \t\r\n,:0123456789+-.eEtrufalsn"u8);
    private static readonly SearchValues<byte> LiteralEnds = SearchValues.Create(" \t\r\n,]}"u8);

    /// <summary>Base64 of a body at the limit fits; one that JSON escapes sixfold may not.</summary>
    public long LongestString { get; } = (limits.MaxBodyBytes / 3 * 4) + 4_096;

    private readonly List<CutString> _cut = [];
    private int _at;
    private int _stringAt;
    private long _cutBytes;
    private bool _keeps;
    private bool _isCutting;
    private int _depth;
    private ulong _objects;
    private byte _before;

    /// <summary>A string that was cut out: where its content would begin in the value, and how many bytes it had.</summary>
    internal readonly record struct CutString(int Start, long Length);

    /// <summary>The strings that are missing from the value that was scanned last.</summary>
    public IReadOnlyList<CutString> Cut => _cut;

    /// <summary>Why the value was passed over.</summary>
    public string PassedOverBecause { get; private set; } = "";

    /// <summary>
    /// Scans the value that the window begins with. When it is whole and was to be kept, the window still begins with
    /// it and <paramref name="length"/> says how far it goes; when it is malformed, it says where. Otherwise the value has
    /// been passed.
    /// </summary>
    public ScanEnd Scan(bool keep, out int length)
    {
        _cut.Clear();
        _at = 0;
        _cutBytes = 0;
        _keeps = keep;
        _isCutting = false;
        _depth = 0;
        _objects = 0;
        _before = (byte)':';
        var end = window.Length == 0 && !window.Fill() ? ScanEnd.CutOff : Value(window.Span[0]);
        length = _at;
        if (_keeps && _at + _cutBytes > limits.MaxExchangeBytes)
            Abandon("it is larger than one exchange may be");
        if (end == ScanEnd.Whole && keep && !_keeps)
            end = ScanEnd.PassedOver;
        if (end == ScanEnd.Whole && keep)
            return end;
        if (end == ScanEnd.Malformed && keep)
            return end;
        window.Advance(_at);
        length = 0;
        return end;
    }

    private ScanEnd Value(byte first)
    {
        if (first == '"')
        {
            _at = 1;
            return String();
        }

        return first is (byte)'{' or (byte)'[' ? Structure() : Literal();
    }

    private ScanEnd Literal()
    {
        while (true)
        {
            var end = window.Span[_at..].IndexOfAny(LiteralEnds);
            if (end >= 0)
            {
                _at += end;
                return _at == 0 ? ScanEnd.Malformed : ScanEnd.Whole;
            }

            _at = window.Length;
            if (_at > 64)
                return ScanEnd.Malformed;
            if (!window.Fill())
                return ScanEnd.CutOff;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ScanEnd Structure()
    {
        while (true)
        {
            if (_at == window.Length && !More())
                return ScanEnd.CutOff;
            var step = window.Span[_at..].IndexOfAnyExcept(BetweenStructure);
            if (step < 0)
            {
                _at = window.Length;
                continue;
            }

            _at += step;
            var mark = window.Span[_at];
            if (!Fits(mark))
                return ScanEnd.Malformed;
            _at++;
            if (mark == '"' && String() is var end and not ScanEnd.Whole)
                return end;
            if (mark is (byte)'{' or (byte)'[')
                Open(mark);
            if (mark is (byte)'}' or (byte)']' && --_depth == 0)
                return ScanEnd.Whole;
        }
    }

    private void Open(byte mark)
    {
        _depth++;
        if (_depth <= 64)
            _objects = (_objects << 1) | (mark == '{' ? 1ul : 0);
        if (_depth > limits.MaxDepth)
            Abandon("it is nested too deep");
    }

    /// <summary>True when the mark may stand here, by the structure it is in and by what stands before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Fits(byte mark)
    {
        // Deeper than 64 levels only the depth is known; such a value is not kept anyway.
        var isKnown = _depth is > 0 and <= 64;
        var inObject = (_objects & 1) == 1;
        var before = Before();
        switch (mark)
        {
            case (byte)'{' or (byte)'[':
                return !isKnown || (inObject ? before == ':' : before is (byte)'[' or (byte)',');
            case (byte)'"':
                return !isKnown || (inObject ? before is (byte)':' or (byte)'{' or (byte)',' : before is (byte)'[' or (byte)',');
            case (byte)'}' or (byte)']':
                var fits = !isKnown || inObject == (mark == '}');
                if (isKnown)
                    _objects >>= 1;
                return fits && before is not (byte)':';
            default:
                return false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private byte Before()
    {
        var span = window.Span[.._at];
        var last = span.LastIndexOfAnyExcept(" \t\r\n"u8);
        return last < 0 ? _before : span[last];
    }

    /// <summary>Goes to the end of a string whose quote was passed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ScanEnd String()
    {
        _stringAt = _at;
        while (true)
        {
            if (_at >= window.Length)
            {
                CutWhenLong();
                if (!More())
                    return ScanEnd.CutOff;
            }

            var step = window.Span[_at..].IndexOfAny(StringStops);
            if (step < 0)
            {
                _at = window.Length;
                continue;
            }

            _at += step;
            switch (window.Span[_at])
            {
                case (byte)'"':
                    EndCutting();
                    _at++;
                    return ScanEnd.Whole;
                case (byte)'\\':
                    // An escape may be split by the window's end every time: then this is where a long text is cut.
                    if (_at + 1 >= window.Length)
                    {
                        CutWhenLong();
                        if (!More())
                            return ScanEnd.CutOff;
                    }

                    _at += 2;
                    break;
                default:
                    return ScanEnd.Malformed;
            }
        }
    }

    private void CutWhenLong()
    {
        if (!_keeps || (!_isCutting && _at - _stringAt <= LongestString))
            return;
        if (!_isCutting)
            _cut.Add(new CutString(_stringAt, 0));
        _isCutting = true;
        CutOut();
    }

    private void EndCutting()
    {
        if (!_isCutting)
            return;
        CutOut();
        _isCutting = false;
    }

    private void CutOut()
    {
        _cut[^1] = _cut[^1] with { Length = _cut[^1].Length + (_at - _stringAt) };
        _cutBytes += _at - _stringAt;
        window.Remove(_stringAt, _at - _stringAt);
        _at = _stringAt;
    }

    private bool More()
    {
        if (_keeps && _at + _cutBytes > limits.MaxExchangeBytes)
            Abandon("it is larger than one exchange may be");
        if (!_keeps)
            Drop();
        return window.Fill();
    }

    /// <summary>Goes on to the end of the value without keeping it.</summary>
    private void Abandon(string reason)
    {
        if (!_keeps)
            return;
        PassedOverBecause = reason;
        _keeps = false;
        _isCutting = false;
    }

    private void Drop()
    {
        var passed = Math.Min(_at, window.Length);
        if (passed > 0)
            _before = Before();
        window.Advance(passed);
        _at -= passed;
        _stringAt = 0;
    }
}
