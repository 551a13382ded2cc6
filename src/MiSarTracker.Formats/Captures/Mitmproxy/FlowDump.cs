using System.Globalization;

namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>
/// Reads mitmproxy's flow dumps of version 0.11 to 21 and later ones of the same make (formats.md §3.2, §3.3), one
/// flow at a time.
/// </summary>
internal sealed class FlowDump(ByteWindow window, Limits limits) : ICaptureFile
{
    /// <summary>Flows up to this size are read in one piece, larger ones without what evidence does not need.</summary>
    private const int InOnePiece = 8 << 20;

    private readonly FlowConverter _converter = new(limits);
    private readonly LargeFlow _large = new(window, limits);
    private readonly DamageBudget _damages = new(limits);
    private readonly Queue<CaptureItem> _ready = new();
    private FlowVersion? _version = FlowPeek.Version(window.Span);
    private HttpExchange? _lent;
    private long _exchanges;

    public string Format => _version is { } version ? $"mitmproxy-{version}" : "mitmproxy";

    public IEnumerable<CaptureItem> Read(CancellationToken cancellationToken)
    {
        while (Next(cancellationToken))
        {
            while (_ready.TryDequeue(out var item))
                yield return item;
            TakeBack();
        }

        if (_damages.Unreported() is { } rest)
            yield return rest;
    }

    /// <summary>Reads one flow or reports one damage; false at the end.</summary>
    private bool Next(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SkipLineEnds();
        window.Ensure(FlowHeader.Sight);
        if (window.Length == 0)
            return false;
        if (FlowHeader.Read(window.Span) is not { } header)
        {
            Lose(window.Offset, CutInPrefix() ? Truncated(window.Offset + window.Length) : "here a flow should begin, but there is none");
            FlowSearch.Forward(window, cancellationToken);
        }
        else if (header.Whole > Math.Min(InOnePiece, limits.MaxExchangeBytes))
        {
            ReadLarge(header, cancellationToken);
        }
        else
        {
            ReadSmall(header, cancellationToken);
        }

        return true;
    }

    private void ReadSmall(FlowHeader header, CancellationToken cancellationToken)
    {
        var at = window.Offset;
        var whole = (int)header.Whole;
        if (!window.Ensure(whole))
        {
            var isCut = FlowSearch.IndexIn(window.Span, ended: true) < 0;
            Lose(at, isCut ? Truncated(at + window.Length) : "the flow's length is damaged");
            FlowSearch.Forward(window, cancellationToken);
            return;
        }

        var flow = window.Memory.Slice(header.Length, (int)header.Payload);
        var isDict = window.Span[whole - 1] == Tnetstring.Dict;
        if (isDict && FlowParts.TryRead(flow.Span, out var parts))
        {
            Convert(at, flow, parts, default);
            window.Advance(whole);
            return;
        }

        Lose(at, "the flow's structure is damaged");
        window.Ensure(whole + FlowHeader.Sight);
        // Its length is right when another flow or the end stands behind it, whatever became of its tag.
        if (isDict && window.Length == whole)
            window.Advance(whole);
        else if (IsFlowBehindTag(whole - 1))
            window.Advance(whole);
        else
            FlowSearch.Forward(window, cancellationToken);
    }

    /// <summary>True when a flow begins behind the byte; a digit there would be a part of the flow's own length.</summary>
    private bool IsFlowBehindTag(int at) =>
        window.Length > at + 1 && !char.IsAsciiDigit((char)window.Span[at]) && FlowHeader.IsPlausible(window.Span[(at + 1)..]);

    private void ReadLarge(FlowHeader header, CancellationToken cancellationToken)
    {
        var at = window.Offset;
        switch (_large.Read(header, cancellationToken))
        {
            case LargeFlow.Outcome.Whole when FlowParts.TryRead(_large.Flow.Span, out var parts):
                Convert(at, _large.Flow, parts, _large.LeftOut);
                break;
            case LargeFlow.Outcome.TooLarge:
                Lose(at, string.Create(CultureInfo.InvariantCulture, $"the flow has {header.Payload} bytes, more than the {limits.MaxExchangeBytes} that one exchange may have"));
                break;
            case LargeFlow.Outcome.CutOff:
                Lose(at, Truncated(window.Offset + window.Length));
                break;
            default:
                Lose(at, "the flow's structure is damaged");
                window.Ensure(1 + FlowHeader.Sight);
                if (FlowHeader.IsPlausible(window.Span))
                    break;
                if (IsFlowBehindTag(0))
                    window.Advance(1);
                else
                    FlowSearch.Forward(window, cancellationToken);
                break;
        }
    }

    private void Convert(long at, ReadOnlyMemory<byte> flow, in FlowParts parts, FlowConverter.LeftOut leftOut)
    {
        var version = FlowVersion.From(flow.Span, parts.Version);
        if (version is { IsTooOld: true } && _exchanges == 0)
            throw TooOld(version.Value, at);
        if (version is { IsTooOld: true })
        {
            Lose(at, $"the flow is of version {version}, which cannot be read");
            return;
        }

        if (version > _version || _version is null)
            _version = version ?? _version;
        var type = parts.Type.IsString ? parts.Type.TextIn(flow.Span)! : "http";
        if (type != "http")
        {
            _ready.Enqueue(new CaptureItem.Counted(OtherTraffic.Of(type)));
            return;
        }

        var (exchange, reason) = _converter.Convert(flow, parts, version, leftOut, _exchanges + 1);
        if (exchange is null)
        {
            Lose(at, reason!);
            return;
        }

        _exchanges++;
        _lent = exchange;
        _ready.Enqueue(new CaptureItem.Exchange(exchange));
        if (parts.WebSocket.Tag == Tnetstring.Dict)
            _ready.Enqueue(new CaptureItem.Counted("websocket"));
    }

    private void Lose(long at, string reason)
    {
        if (_damages.Report(string.Create(CultureInfo.InvariantCulture, $"byte {at}"), reason) is { } item)
            _ready.Enqueue(item);
    }

    private void TakeBack()
    {
        _lent?.TakeBack();
        _lent = null;
    }

    /// <summary>An editor or a shell may have put line ends between or after flows; they are not worth a report.</summary>
    private void SkipLineEnds()
    {
        while (window.Ensure(1) && window.Span[0] is (byte)'\n' or (byte)'\r')
            window.Advance(1);
    }

    private bool CutInPrefix() => window.Length <= Tnetstring.MaxDigits && window.Span.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static string Truncated(long end) =>
        string.Create(CultureInfo.InvariantCulture, $"the file is truncated at byte {end}, inside this flow; all flows before it were read");

    private static ImportException TooOld(FlowVersion version, long at) => new(
        $"mitmproxy-{version}",
        null,
        string.Create(CultureInfo.InvariantCulture, $"byte {at}"),
        $"flow dumps of mitmproxy {version} cannot be read: they keep requests and connections in another shape, and mitmproxy itself cannot convert them",
        "Capture again with mitmproxy 0.11 or later (any current version), or export the old capture as HAR.");
}
