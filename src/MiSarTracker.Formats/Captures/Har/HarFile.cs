using System.Globalization;
using System.Text.Json;
using MiSarTracker.Formats.Captures.Json;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>
/// Reads HAR files of every dialect in formats.md §3.4, one entry at a time. A broken entry costs that entry; a file
/// that ends too early keeps what came before.
/// </summary>
internal sealed class HarFile : ICaptureFile
{
    /// <summary>Entries up to this size are read in one pass; larger ones are scanned first, and cut where they are too large.</summary>
    private const int LargestInOnePass = 8 << 20;

    private readonly ByteWindow _window;
    private readonly JsonScan _scan;
    private readonly HarEntry _entry;
    private readonly DamageBudget _damages;
    private readonly Limits _limits;
    private readonly JsonCursor _cursor;
    private readonly JsonSearch _search;
    private readonly int _onePass;
    private HarEntryParts _parts;
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
        _cursor = new JsonCursor(window, _scan);
        _search = new JsonSearch(window, _scan, limits, "request"u8.ToArray(), "startedDateTime"u8.ToArray());
        _onePass = (int)Math.Min(Math.Min(LargestInOnePass, _scan.LongestString), limits.MaxExchangeBytes);
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
        _window.Advance(_cursor.Peek() == '{' ? 1 : 0);
        while (!_isEnded && _cursor.Peek() is var mark and not '}')
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (mark == ',')
            {
                _window.Advance(1);
                continue;
            }

            if (mark != '"' || !_cursor.TryName(out var name))
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
        var mark = _cursor.Peek();
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
        while (!_isEnded && _cursor.NextElement() is { } mark)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _entries++;
            var at = _window.Offset;
            if (mark == '{' && TryInOnePass(out var length))
            {
                foreach (var item in Converted(at, length, _entry.Convert(_window.Memory[..length], _parts, [], _entries)))
                    yield return item;
                continue;
            }

            var end = _scan.Scan(keep: mark == '{', out length);
            if (end == ScanEnd.Malformed)
            {
                if (Lose(at, "the entry's JSON is broken") is { } broken)
                    yield return broken;
                _isEnded = !_search.Forward(cancellationToken);
                continue;
            }

            foreach (var item in Entry(at, mark, end, length))
                yield return item;
        }
    }

    /// <summary>Reads an entry that fits into the buffer at once; whatever is wrong with others, the scan finds out.</summary>
    private bool TryInOnePass(out int length)
    {
        length = 0;
        try
        {
            while (!HarEntryParts.TryRead(_window.Span, _limits, out _parts, out length))
            {
                // Twice as much each time, so that what is parsed again is no more than what is new.
                var had = _window.Length;
                if (had < _onePass)
                    _window.Ensure(Math.Min(_onePass, 2 * had));
                if (_window.Length == had)
                    return false;
            }

            return length <= _onePass;
        }
        catch (JsonException)
        {
            return false;
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

        foreach (var item in Converted(at, length, _entry.Convert(_window.Memory[..length], _scan.Cut, _entries)))
            yield return item;
    }

    private IEnumerable<CaptureItem> Converted(long at, int length, HarEntry.Reading reading)
    {
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
        while (!_isEnded && _cursor.NextElement() is { } mark)
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
        _lent?.TakeBack();
        _lent = null;
    }
}
