using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads.Declared;
using MiSarTracker.Formats.Uploads.Huami;
using NodaTime;

namespace MiSarTracker.Formats.Uploads;

/// <summary>One capture's traffic, decoded exchange by exchange. Not for several threads.</summary>
public sealed class CaptureUploads
{
    private readonly VendorProfile _profile;
    private readonly Limits _limits;
    private readonly string _exhibit;
    private readonly UploadedBuilder _into;
    private readonly RequestContent _content;
    private readonly ContentDecoder _responses;
    private readonly Redaction _redaction;
    private readonly CommonFacts _common;
    private readonly UploadSink _sink;
    private readonly Dictionary<string, bool> _isVendors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPayloadDecoder> _decoders;
    private readonly List<Damage> _damages = [];

    internal CaptureUploads(VendorProfile profile, Limits limits, string exhibit, UploadedBuilder into, bool isReadable)
    {
        (_profile, _limits, _exhibit, _into) = (profile, limits, exhibit, into);
        _content = new RequestContent(limits);
        _responses = new ContentDecoder(limits);
        _redaction = new Redaction(profile.Secrets);
        _common = new CommonFacts(profile);
        _sink = new UploadSink(into, _redaction, isReadable);
        _decoders = HuamiDecoders.All(profile, _common).ToDictionary(decoder => decoder.Name, StringComparer.Ordinal);
    }

    public long Exchanges { get; private set; }

    /// <summary>Exchanges with the vendor's hosts that carried data that was decoded, or an opaque body.</summary>
    public long Uploads { get; private set; }

    public long Opaque { get; private set; }

    /// <summary>Exchanges that would have carried data, but failed or were refused by the server.</summary>
    public long Attempts { get; private set; }

    /// <summary>Exchanges whose answer shows what the vendor stores.</summary>
    public long StoredCopies { get; private set; }

    /// <summary>What the capture shows from outside: connections without their content, refused interceptions.</summary>
    public ConnectionSummary Outside { get; } = new();

    /// <summary>The connections by host and app.</summary>
    public IReadOnlyList<HostConnections> Connections => Outside.Rows(IsVendors);

    public Instant? From { get; private set; }

    public Instant? To { get; private set; }

    /// <summary>Fields that could not be read, up to <see cref="Limits.MaxReportedDamages"/>; see <see cref="DamageCount"/>.</summary>
    public IReadOnlyList<Damage> Damages => _damages;

    public long DamageCount { get; private set; }

    /// <summary>Takes what the capture reader yields. Returns the view of a request to one of the vendor's hosts, else null.</summary>
    public DecodedUpload? Take(CaptureItem item)
    {
        Outside.Take(item);
        switch (item)
        {
            case CaptureItem.Exchange exchange:
                return Take(exchange.Http);
            case CaptureItem.InterceptionRefused refused:
                _into.Traffic(refused.Host, refused.At, isUpload: false, isOpaque: false, isRefused: true, bytes: 0);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Takes an exchange. Returns the view of a request to one of the vendor's hosts, else null.</summary>
    public DecodedUpload? Take(HttpExchange http)
    {
        Exchanges++;
        From = http.StartedAt is { } at && (From is null || at < From) ? at : From;
        To = http.StartedAt is { } last && (To is null || last > To) ? last : To;
        var decoded = IsVendors(http.Host) ? Decode(http) : null;
        var isOpaque = decoded?.Outcome == UploadOutcome.Opaque;
        var isUpload = isOpaque || decoded?.Outcome == UploadOutcome.Decoded;
        _into.Traffic(http.Host, http.StartedAt, isUpload, isOpaque, isRefused: false, http.RequestBody.WireLength);
        Uploads += isUpload ? 1 : 0;
        Opaque += isOpaque ? 1 : 0;
        Attempts += decoded?.Outcome == UploadOutcome.Attempt ? 1 : 0;
        StoredCopies += decoded?.Outcome == UploadOutcome.StoredCopy ? 1 : 0;
        return decoded;
    }

    /// <summary>Enters the capture into the register of exhibits. Call once, at the end.</summary>
    /// <param name="sha256">Lower-case hex of the file.</param>
    /// <param name="format">The capture's format, as its reader names it.</param>
    public UploadExhibit Close(string sha256, string format)
    {
        var exhibit = new UploadExhibit(_exhibit, sha256, format, From, To, Exchanges, Uploads, Opaque);
        _into.Exhibit(exhibit);
        foreach (var row in Connections.Where(row => row.IsVendorApp))
        {
            _into.Connections(row.Host, row.Connections, row.BytesSent, row.FirstSeen, row.LastSeen);
        }

        return exhibit;
    }

    private bool IsVendors(string host)
    {
        if (!_isVendors.TryGetValue(host, out var isVendors))
        {
            if (_isVendors.Count > 100_000)
            {
                _isVendors.Clear();
            }

            _isVendors[host] = isVendors = _profile.Host(host) is not null;
        }

        return isVendors;
    }

    private DecodedUpload Decode(HttpExchange http)
    {
        _content.Read(http);
        var rule = _profile.Uploads.FirstOrDefault(rule => Matches(rule.Match, http));
        var kind = rule?.Kind ?? (CarriesBody(http) ? RequestKind.Opaque : RequestKind.Other);
        var obstacle = Obstacle(http, kind);
        _sink.Begin(http, _exhibit, obstacle is null);
        _sink.InWorkout = rule?.InWorkout ?? false;
        var url = _redaction.Url(http, _content.Query);
        _sink.Line($"{http.Method} {url}");

        // A server that refuses a request has read its headers all the same; a failed connection shows nothing.
        if (http.Error is null || http.Status is > 0)
        {
            _common.Take(http, _content, _sink);
        }

        var (outcome, because) = Carry(http, rule, kind);
        if (obstacle is not null && outcome is UploadOutcome.Decoded or UploadOutcome.Opaque)
        {
            (outcome, because) = (UploadOutcome.Attempt, obstacle);
        }

        Report(_sink.Damages);
        return new DecodedUpload
        {
            Exchange = http.Number,
            SeenAt = http.StartedAt,
            Method = http.Method,
            Url = url,
            Host = http.Host,
            EndpointId = rule?.Id,
            Outcome = outcome,
            Observations = _sink.Counts,
            Lines = _sink.IsReadable ? [.. _sink.Lines] : [],
            Because = because,
            Damages = _sink.Damages.Count == 0 ? [] : [.. _sink.Damages],
        };
    }

    private (UploadOutcome Outcome, string Because) Carry(HttpExchange http, UploadRule? rule, RequestKind kind)
    {
        switch (kind)
        {
            case RequestKind.StoredCopy:
                return (UploadOutcome.StoredCopy, rule!.Because);
            case RequestKind.Other:
                return (UploadOutcome.Plain, rule?.Because ?? "it carries nothing but what every request carries");
            case RequestKind.Opaque when !CarriesBody(http):
                return (UploadOutcome.Plain, "it has no body");
            case RequestKind.Opaque:
                return (UploadOutcome.Opaque, _content.Problem ?? rule?.Because ?? "no rule of the profile knows this request");
        }

        if (_content.Kind is ContentKind.Unavailable)
        {
            return (UploadOutcome.Opaque, _content.Problem ?? "the body is not there");
        }

        var isDecoded = rule!.Decoder is { } name
            ? _decoders[name].Decode(_content, rule, _sink)
            : DeclaredBody.Decode(_profile, rule, _content, _limits, _common, _sink);
        if (_content.Problem is { } problem)
        {
            _sink.Damaged("body", problem);
        }

        if (isDecoded)
        {
            return (kind == RequestKind.Deletion ? UploadOutcome.Plain : UploadOutcome.Decoded, rule.Because);
        }

        return CarriesBody(http)
            ? (UploadOutcome.Opaque, "its body is not in the form that is known of this request")
            : (UploadOutcome.Plain, "it has no body");
    }

    private bool Matches(RequestMatch match, HttpExchange http) =>
        (match.Methods.Count == 0 || match.Methods.Contains(http.Method, StringComparer.Ordinal))
        && (match.Header is null || (http.RequestHeader(match.Header) is { } value && match.HeaderValue?.IsMatch(value) != false))
        && match.Path.IsMatch(http.Path)
        && match.Host?.IsMatch(http.Host) != false
        && (match.HasField is null || _content.HasField(match.HasField));

    private static bool CarriesBody(HttpExchange http) =>
        http.RequestBody.State is BodyState.NotCaptured or BodyState.TooLarge
        || (http.RequestBody.State == BodyState.Present && !http.RequestBody.Bytes.IsEmpty);

    /// <summary>Why nothing shows that the vendor has the data, or null when it was taken.</summary>
    private string? Obstacle(HttpExchange http, RequestKind kind)
    {
        if (http.Status is not > 0)
        {
            return http.Error is { } error ? $"the connection failed: {error}" : null;
        }

        // A redirected upload is sent again, to where it leads.
        if (http.Status >= 300)
        {
            return $"the server refused it with status {http.Status}";
        }

        return kind is RequestKind.Upload or RequestKind.Amendment or RequestKind.Deletion && _profile.Envelope is { } envelope
            ? Refused(http, envelope)
            : null;
    }

    private string? Refused(HttpExchange http, EnvelopeRule envelope)
    {
        var body = _responses.Response(http);
        if (!body.IsDecoded || body.Bytes.IsEmpty || body.Bytes.Length > 1 << 20 || body.Bytes.Span.TrimStart(" \r\n\t"u8) is not [(byte)'{', ..])
        {
            return null;
        }

        // An answer that cannot be read says nothing against the upload.
        using var answer = JsonBytes.Parse(body.Bytes, out _);
        return answer?.RootElement.At(envelope.Field)?.ToString() is { } code && !envelope.Success.Contains(code, StringComparer.Ordinal)
            ? $"the server answered {envelope.Field} {code}, which is no success"
            : null;
    }

    private void Report(IReadOnlyList<Damage> damages)
    {
        foreach (var damage in damages)
        {
            DamageCount++;
            if (_damages.Count < _limits.MaxReportedDamages)
            {
                _damages.Add(damage);
            }
        }
    }
}
