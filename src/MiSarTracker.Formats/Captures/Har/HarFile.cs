using System.Globalization;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>
/// Reads HAR files of every dialect in formats.md §3.4, one entry at a time. A broken entry costs that entry; a file
/// that ends too early keeps what came before.
/// </summary>
internal sealed class HarFile : ICaptureFile
{
    private readonly ByteWindow _window;
    private readonly JsonScan _scan;
    private readonly HarEntry _entry;
    private readonly DamageBudget _damages;
    private readonly Limits _limits;
    private readonly byte[] _name = new byte[64];
    private HttpExchange? _lent;
    private string _version;
    private long _entries;
    private bool _hasEntries;
    private bool _isEnded;

    public HarFile(ByteWindow window, Limits limits)
    {
        _window = window;
        _limits = limits;
        _scan = new JsonScan(window, limits);
        _entry = new HarEntry(limits);
        _damages = new DamageBudget(limits);
        if (window.Span.StartsWith("\uFEFF"u8))
            window.Advance(3);
        _version = HarPeek.Version(window.Span) ?? "";
    }

    public string Format => _version.Length == 0 ? "har" : $"har-{_version}";

    public IEnumerable<CaptureItem> Read(CancellationToken cancellationToken)
    {
        foreach (var item in Members(isLog: false, cancellationToken))
        {
            yield return item;
            TakeBack();
        }

        if (!_hasEntries)
            throw Unreadable.Because(CaptureKind.OtherJson);
        if (_damages.Unreported() is { } rest)
            yield return rest;
    }

    /// <summary>Walks the members of the file's object, or of <c>log</c> in it.</summary>
    private IEnumerable<CaptureItem> Members(bool isLog, CancellationToken cancellationToken)
    {
        _window.Advance(Peek() == '{' ? 1 : 0);
        while (!_isEnded && Peek() is var mark and not '}')
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (mark == ',')
            {
                _window.Advance(1);
                continue;
            }

            if (mark != '"' || !TryName(out var name))
            {
                if (End(mark < 0) is { } end)
                    yield return end;
                yield break;
            }

            foreach (var item in Member(name, isLog, cancellationToken))
                yield return item;
        }

        if (!_isEnded && _window.Length > 0)
            _window.Advance(1);
    }

    private IEnumerable<CaptureItem> Member(string name, bool isLog, CancellationToken cancellationToken)
    {
        var mark = Peek();
        if (name == "log" && !isLog && mark == '{')
            return Members(isLog: true, cancellationToken);
        if (name == "entries" && mark == '[')
            return Entries(cancellationToken);
        if (name == "_tlsErrors" && mark == '[')
            return RefusedInterceptions(cancellationToken);
        return Small(name, isLog);
    }

    /// <summary>A member that is either one of the few small ones that say something, or passed over.</summary>
    private IEnumerable<CaptureItem> Small(string name, bool isLog)
    {
        var isWanted = isLog && name is "version" or "creator";
        var end = _scan.Scan(keep: isWanted, out var length);
        if (end == ScanEnd.Whole && isWanted)
        {
            var value = _window.Span[..length];
            if (name == "creator")
                _entry.Creator = HarPeek.Name(value) ?? "";
            else
                _version = HarPeek.Text(value) ?? _version;
            _window.Advance(length);
        }

        if (end is ScanEnd.CutOff or ScanEnd.Malformed && End(end == ScanEnd.CutOff) is { } damage)
            yield return damage;
    }

    private IEnumerable<CaptureItem> Entries(CancellationToken cancellationToken)
    {
        _hasEntries = true;
        _window.Advance(1);
        while (NextElement() is { } mark)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _entries++;
            var at = _window.Offset;
            var end = _scan.Scan(keep: mark == '{', out var length);
            if (end == ScanEnd.Malformed)
            {
                if (Lose(at, "the entry's JSON is broken") is { } broken)
                    yield return broken;
                _isEnded = !HarSearch.Forward(_window, _scan, length, cancellationToken);
                continue;
            }

            foreach (var item in Entry(at, mark, end, length))
                yield return item;
        }
    }

    private IEnumerable<CaptureItem> Entry(long at, int mark, ScanEnd end, int length)
    {
        var reason = end switch
        {
            ScanEnd.CutOff => Truncated(),
            ScanEnd.PassedOver => _scan.PassedOverBecause,
            _ => mark == '{' ? null : "the entry is not an object",
        };
        _isEnded |= end == ScanEnd.CutOff;
        if (reason is not null)
        {
            if (Lose(at, reason) is { } lost)
                yield return lost;
            yield break;
        }

        var reading = _entry.Convert(_window.Memory[..length], _scan.Cut, _entries);
        if (reading.Problem is { } problem && Lose(at, problem) is { } lostPart)
            yield return lostPart;
        if (reading.Exchange is { } exchange)
        {
            _lent = exchange;
            yield return new CaptureItem.Exchange(exchange);
        }

        if (reading.OtherTraffic is { } kind)
            yield return new CaptureItem.Counted(kind);
        _window.Advance(length);
    }

    private IEnumerable<CaptureItem> RefusedInterceptions(CancellationToken cancellationToken)
    {
        _window.Advance(1);
        while (NextElement() is { } mark)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = _scan.Scan(keep: mark == '{', out var length);
            if (end is ScanEnd.CutOff or ScanEnd.Malformed)
            {
                if (End(end == ScanEnd.CutOff) is { } damage)
                    yield return damage;
                yield break;
            }

            if (end == ScanEnd.Whole && mark == '{')
            {
                var refused = HarPeek.Refused(_window.Span[..length]);
                _window.Advance(length);
                if (refused is not null)
                    yield return refused;
            }
        }
    }

    /// <summary>Steps to the next element of a list, or behind its end and returns null; null also at the file's end.</summary>
    private int? NextElement()
    {
        while (!_isEnded)
        {
            var mark = Peek();
            if (mark == ',')
            {
                _window.Advance(1);
                continue;
            }

            if (mark == ']')
                _window.Advance(1);
            return mark is < 0 or ']' ? null : mark;
        }

        return null;
    }

    /// <summary>The next byte that is no white space, or -1 at the end.</summary>
    private int Peek()
    {
        while (_window.Length > 0 || _window.Fill())
        {
            var step = _window.Span.IndexOfAnyExcept(" \t\r\n"u8);
            if (step >= 0)
            {
                _window.Advance(step);
                return _window.Span[0];
            }

            _window.Advance(_window.Length);
        }

        return -1;
    }

    /// <summary>A member's name and the colon behind it; long ones are none that matter.</summary>
    private bool TryName(out string name)
    {
        name = "";
        if (_scan.Scan(keep: true, out var length) != ScanEnd.Whole)
            return false;
        if (length - 2 <= _name.Length)
        {
            _window.Span[1..(length - 1)].CopyTo(_name);
            name = Wire.Text(_name.AsSpan(0, length - 2));
        }

        _window.Advance(length);
        if (Peek() != ':')
            return false;
        _window.Advance(1);
        return Peek() >= 0;
    }

    /// <summary>The end of what can be read, unless that was said already.</summary>
    private CaptureItem.Damaged? End(bool isCut)
    {
        var wasEnded = _isEnded;
        _isEnded = true;
        if (wasEnded || !_hasEntries)
            return null;
        var at = string.Create(CultureInfo.InvariantCulture, $"byte {_window.Offset}");
        return _damages.Report(at, isCut ? Truncated() : "the JSON around the entries is broken; what follows was not read");
    }

    private CaptureItem.Damaged? Lose(long at, string reason) =>
        _damages.Report(string.Create(CultureInfo.InvariantCulture, $"entry {_entries} (byte {at})"), reason);

    private string Truncated() =>
        string.Create(CultureInfo.InvariantCulture, $"the file is truncated at byte {_window.Offset + _window.Length}; everything before was read");

    private void TakeBack()
    {
        (_lent?.RequestHeaders as HarHeaders)?.Close();
        (_lent?.ResponseHeaders as HarHeaders)?.Close();
        _lent = null;
    }
}
