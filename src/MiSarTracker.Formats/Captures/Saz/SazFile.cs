using System.Globalization;

namespace MiSarTracker.Formats.Captures.Saz;

/// <summary>
/// Reads Fiddler's session archives (formats.md §3.5), one session at a time, in the order of their numbers. What is wrong
/// with an entry costs that entry.
/// </summary>
internal sealed class SazFile(SazArchive archive, Limits limits) : ICaptureFile
{
    /// <summary>Room for the head of a message beside its body.</summary>
    private const int LargestHead = 1 << 20;
    private const int LargestMetadata = 1 << 20;

    private readonly DamageBudget _damages = new(limits);
    private readonly SazExchange _exchange = new(limits);
    private readonly Queue<CaptureItem> _ready = new();
    private byte[] _client = [];
    private byte[] _server = [];
    private byte[] _metadata = [];

    public string Format => "fiddler-saz";

    public string? Password => archive.Password;

    public IEnumerable<CaptureItem> Read(CancellationToken cancellationToken)
    {
        foreach (var problem in archive.Problems)
            Lose(problem.At, problem.Reason);
        foreach (var (number, session) in archive.Sessions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var lent = Session(number, session);
            while (_ready.TryDequeue(out var item))
                yield return item;
            lent?.TakeBack();
        }

        while (_ready.TryDequeue(out var item))
            yield return item;
        if (_damages.Unreported() is { } rest)
            yield return rest;
    }

    private HttpExchange? Session(long number, SazSession session)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"session {number}");
        if (session.Client is not { } place)
        {
            Lose(at, "the session's request is missing");
            return null;
        }

        var metadata = Metadata(at, session);
        var most = limits.MaxBodyBytes + LargestHead;
        var length = archive.Read(place, ref _client, most, out var fault, out var isCutOff);
        if (fault is not null)
        {
            Lose(at, $"its request: {fault}");
            return null;
        }

        var request = new SazExchange.Part(_client.AsMemory(0, length), isCutOff ? place.Entry.Size : null, metadata.RequestBodyDropped);
        var reading = _exchange.Convert(number, request, Server(at, session, metadata), metadata);
        if (reading.Problem is { } problem)
            Lose(at, problem);
        if (reading.Exchange is { } exchange)
            _ready.Enqueue(new CaptureItem.Exchange(exchange));
        if (reading.Connection is { } connection)
            _ready.Enqueue(new CaptureItem.Connection(connection));
        else if (reading.IsTunnel)
            _ready.Enqueue(new CaptureItem.Counted("tunnel"));
        if (session.HasWebSocket)
            _ready.Enqueue(new CaptureItem.Counted("websocket"));
        return reading.Exchange;
    }

    private SazExchange.Part Server(string at, SazSession session, SazMetadata metadata)
    {
        if (session.Server is not { } place)
            return default;
        var length = archive.Read(place, ref _server, limits.MaxBodyBytes + LargestHead, out var fault, out var isCutOff);
        if (fault is null)
            return new SazExchange.Part(_server.AsMemory(0, length), isCutOff ? place.Entry.Size : null, metadata.ResponseBodyDropped);
        Lose(at, $"its response: {fault}");
        return new SazExchange.Part(default, null, IsDropped: true);
    }

    private SazMetadata Metadata(string at, SazSession session)
    {
        if (session.Metadata is not { } place)
        {
            Lose(at, "its metadata is missing, and with it its time; the rest of it was read");
            return SazMetadata.None;
        }

        var length = archive.Read(place, ref _metadata, LargestMetadata, out var fault, out var isCutOff);
        var metadata = fault is null && !isCutOff ? SazMetadata.Read(_metadata.AsMemory(0, length)) : SazMetadata.None;
        if ((fault ?? metadata.Problem ?? (isCutOff ? "its metadata is larger than is believable" : null)) is { } problem)
            Lose(at, $"{problem}; the rest of it was read");
        else if (metadata.StartedAt is null)
            Lose(at, "its metadata has no time; the rest of it was read");
        return metadata;
    }

    private void Lose(string at, string reason)
    {
        if (_damages.Report(at, reason) is { } item)
            _ready.Enqueue(item);
    }
}
