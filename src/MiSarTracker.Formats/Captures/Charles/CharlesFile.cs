using System.Globalization;
using MiSarTracker.Formats.Captures.Json;

namespace MiSarTracker.Formats.Captures.Charles;

/// <summary>
/// Reads Charles's JSON sessions (<c>.chlsj</c>, formats.md §3.6), one session at a time. A broken session costs that
/// session; a file that ends too early keeps what came before.
/// </summary>
internal sealed class CharlesFile : ICaptureFile
{
    private readonly ByteWindow _window;
    private readonly JsonScan _scan;
    private readonly JsonCursor _cursor;
    private readonly JsonSearch _search;
    private readonly CharlesSession _session;
    private readonly DamageBudget _damages;
    private long _sessions;
    private bool _isEnded;

    public CharlesFile(ByteWindow window, Limits limits)
    {
        _window = window;
        _scan = new JsonScan(window, limits);
        _cursor = new JsonCursor(window, _scan);
        _search = new JsonSearch(window, _scan, limits, "host"u8.ToArray(), "request"u8.ToArray());
        _session = new CharlesSession(limits);
        _damages = new DamageBudget(limits);
        if (window.Span.StartsWith("\uFEFF"u8))
            window.Advance(3);
    }

    public string Format => "charles-json";

    public IEnumerable<CaptureItem> Read(CancellationToken cancellationToken)
    {
        _window.Advance(_cursor.Peek() == '[' ? 1 : 0);
        int mark;
        while (!_isEnded && (mark = _cursor.Peek()) is >= 0 and not ']')
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (mark == ',')
            {
                _window.Advance(1);
                continue;
            }

            foreach (var item in Next(mark, cancellationToken))
                yield return item;
        }

        if (!_isEnded && _window.Length == 0 && Lose(_window.Offset, Truncated()) is { } cut)
            yield return cut;
        if (_damages.Unreported() is { } rest)
            yield return rest;
    }

    private IEnumerable<CaptureItem> Next(int mark, CancellationToken cancellationToken)
    {
        _sessions++;
        var at = _window.Offset;
        var end = _scan.Scan(keep: mark == '{', out var length);
        if (end == ScanEnd.Whole && mark == '{')
        {
            foreach (var item in Session(at, length))
                yield return item;
            yield break;
        }

        var reason = end switch
        {
            ScanEnd.CutOff => Truncated(),
            ScanEnd.PassedOver => _scan.PassedOverBecause,
            ScanEnd.Malformed => "the session's JSON is broken",
            _ => "the session is not an object",
        };
        _isEnded = end == ScanEnd.CutOff || (end == ScanEnd.Malformed && !_search.Forward(cancellationToken));
        if (Lose(at, reason) is { } lost)
            yield return lost;
    }

    private IEnumerable<CaptureItem> Session(long at, int length)
    {
        var reading = _session.Convert(_window.Memory[..length], _scan.Cut, _sessions);
        if (reading.Problem is { } problem && Lose(at, problem) is { } lost)
            yield return lost;
        if (reading.Exchange is { } exchange)
        {
            yield return new CaptureItem.Exchange(exchange);
            exchange.TakeBack();
        }

        if (reading.Connection is { } connection)
            yield return new CaptureItem.Connection(connection);
        if (reading.IsWebSocket)
            yield return new CaptureItem.Counted("websocket");
        _window.Advance(length);
    }

    private CaptureItem.Damaged? Lose(long at, string reason) =>
        _damages.Report(string.Create(CultureInfo.InvariantCulture, $"session {_sessions} (byte {at})"), reason);

    private string Truncated() =>
        string.Create(CultureInfo.InvariantCulture, $"the file is truncated at byte {_window.Offset + _window.Length}; everything before was read");
}
