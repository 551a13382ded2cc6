using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads.Declared;
using MiSarTracker.Formats.Uploads.Huami;
using MiSarTracker.Formats.Uploads.Leaves;
using MiSarTracker.Formats.Uploads.Xiaomi;
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
    private readonly LeafValues _leaves;
    private readonly XiaomiSession _xiaomi;
    private readonly HashSet<string> _ignored;
    private readonly Dictionary<string, bool> _isVendors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPayloadDecoder> _decoders;
    private readonly List<Damage> _damages = [];

    internal CaptureUploads(VendorProfile profile, Limits limits, Redaction redaction, string exhibit, UploadedBuilder into, bool isReadable)
    {
        (_profile, _limits, _redaction, _exhibit, _into) = (profile, limits, redaction, exhibit, into);
        _content = new RequestContent(limits);
        _responses = new ContentDecoder(limits);
        _common = new CommonFacts(profile);
        _sink = new UploadSink(into, _redaction, isReadable);
        _leaves = new LeafValues(limits, _sink);
        _xiaomi = new XiaomiSession(limits);
        _ignored = new HashSet<string>(profile.Ignored?.Names ?? [], StringComparer.OrdinalIgnoreCase);
        _decoders = HuamiDecoders.All(profile, _common).Append(new XiaomiLogin(_xiaomi)).ToDictionary(decoder => decoder.Name, StringComparer.Ordinal);
    }

    public long Exchanges { get; private set; }

    /// <summary>Exchanges with the vendor's hosts that carried data: decoded, opaque, or of a form that no rule knows.</summary>
    public long Uploads { get; private set; }

    public long Opaque { get; private set; }

    /// <summary>Exchanges that would have carried data, but failed or were refused by the server.</summary>
    public long Attempts { get; private set; }

    /// <summary>Exchanges whose answer shows what the vendor stores.</summary>
    public long StoredCopies { get; private set; }

    /// <summary>Uploads whose body can be read, though no rule says what it means.</summary>
    public long Unmapped { get; private set; }

    /// <summary>Uploads in which something does not fit together, such as a total and its minutes.</summary>
    public long Remarked { get; private set; }

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
        if (decoded is null && _into.KeepsValues)
        {
            DecodeForeign(http);
        }

        var isOpaque = decoded?.Outcome == UploadOutcome.Opaque;
        var isUpload = decoded?.Outcome is UploadOutcome.Decoded or UploadOutcome.Opaque or UploadOutcome.Unmapped;
        _into.Traffic(http.Host, http.StartedAt, isUpload, isOpaque, isRefused: false, http.RequestBody.WireLength, isForeign: decoded is null && http.RequestBody.WireLength > 0);
        Uploads += isUpload ? 1 : 0;
        Opaque += isOpaque ? 1 : 0;
        Attempts += decoded?.Outcome == UploadOutcome.Attempt ? 1 : 0;
        StoredCopies += decoded?.Outcome == UploadOutcome.StoredCopy ? 1 : 0;
        Unmapped += decoded?.Outcome == UploadOutcome.Unmapped ? 1 : 0;
        Remarked += decoded?.Remarks.Count > 0 ? 1 : 0;
        return decoded;
    }

    /// <summary>The view of a request to any host, for showing one; nothing is counted.</summary>
    public DecodedUpload Describe(HttpExchange http) => IsVendors(http.Host) ? Decode(http) : DecodeForeign(http);

    /// <summary>Enters the capture into the register of exhibits. Call once, at the end.</summary>
    /// <param name="sha256">Lower-case hex of the file.</param>
    /// <param name="format">The capture's format, as its reader names it.</param>
    public UploadExhibit Close(string sha256, string format)
    {
        var exhibit = new UploadExhibit(_exhibit, sha256, format, From, To, Exchanges, Uploads, Opaque) { StoredCopies = StoredCopies };
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
        var kind = rule?.Kind ?? RequestKind.Other;
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
        if (obstacle is not null && outcome is UploadOutcome.Decoded or UploadOutcome.Opaque or UploadOutcome.Unmapped)
        {
            (outcome, because) = (UploadOutcome.Attempt, obstacle);
        }
        else if (rule?.Answer is { } answer)
        {
            because = ReadAnswer(http, rule, answer) is { } problem ? $"{because}; {problem}" : because;
        }

        Report(_sink.Damages);
        return View(http, url, rule?.Id, outcome, because);
    }

    /// <summary>A request to a host that is not the vendor's: only its values are kept.</summary>
    private DecodedUpload DecodeForeign(HttpExchange http)
    {
        var isTaken = http.Status is > 0 and < 300 || (http.Status is not > 0 && http.Error is null);
        _content.Read(http);
        _sink.Begin(http, _exhibit, isTaken);
        var url = _sink.IsReadable ? _redaction.Url(http, _content.Query) : "";
        _sink.Line($"{http.Method} {url}");
        if (_sink.WantsValues)
        {
            _leaves.Read(_content, _ => false);
        }

        return View(http, url, null, _sink.Values > 0 ? UploadOutcome.Unmapped : UploadOutcome.Plain, "the host is not one of the vendor's; the profile knows nothing of it");
    }

    private DecodedUpload View(HttpExchange http, string url, string? endpoint, UploadOutcome outcome, string because) =>
        new()
        {
            Exchange = http.Number,
            SeenAt = http.StartedAt,
            Method = http.Method,
            Url = url,
            Host = http.Host,
            EndpointId = endpoint,
            Outcome = outcome,
            Observations = _sink.Counts,
            Stored = _sink.StoredCounts,
            UnmappedValues = _sink.Values,
            Remarks = _sink.Remarks.Count == 0 ? [] : [.. _sink.Remarks],
            Lines = _sink.IsReadable ? [.. _sink.Lines] : [],
            Because = because,
            Damages = _sink.Damages.Count == 0 ? [] : [.. _sink.Damages],
        };

    private (UploadOutcome Outcome, string Because) Carry(HttpExchange http, UploadRule? rule, RequestKind kind)
    {
        if (rule is null)
        {
            return CarryUnknown(http);
        }

        if (rule.Cipher is not null && !_xiaomi.Open(_content))
        {
            return (UploadOutcome.Opaque, _xiaomi.HasSecrets
                ? "it is encrypted, and no key in the capture opens it"
                : $"it is encrypted, and the capture does not hold the key; {rule.Because}");
        }

        switch (kind)
        {
            case RequestKind.StoredCopy:
                return (UploadOutcome.StoredCopy, rule.Because);
            case RequestKind.Other:
                return (UploadOutcome.Plain, rule.Because);
            case RequestKind.Opaque when !CarriesBody(http):
                return (UploadOutcome.Plain, "it has no body");
            case RequestKind.Opaque:
                ReadValues();
                return (UploadOutcome.Opaque, _content.Problem ?? rule.Because);
        }

        if (_content.Kind is ContentKind.Unavailable)
        {
            return (UploadOutcome.Opaque, _content.Problem ?? "the body is not there");
        }

        var isDecoded = DecodeBody(rule, kind);
        if (_content.Problem is { } problem)
        {
            _sink.Damaged("body", problem);
        }

        if (isDecoded)
        {
            return (kind == RequestKind.Deletion ? UploadOutcome.Plain : UploadOutcome.Decoded, rule.Because);
        }

        if (!CarriesBody(http))
        {
            return (UploadOutcome.Plain, "it has no body");
        }

        ReadValues();
        return (UploadOutcome.Opaque, "its body is not in the form that is known of this request");
    }

    private (UploadOutcome Outcome, string Because) CarryUnknown(HttpExchange http)
    {
        ReadValues();
        if (!CarriesBody(http))
        {
            return (UploadOutcome.Plain, "it carries nothing but what every request carries");
        }

        var isReadable = _content.Kind is ContentKind.Form or ContentKind.Multipart or ContentKind.Json
            || (_content.Kind == ContentKind.Unknown && LeafValues.IsText(_content.Bytes.Span));
        return isReadable
            ? (UploadOutcome.Unmapped, "no rule of the profile knows this request; its values are kept to be looked for in the answer")
            : (UploadOutcome.Opaque, _content.Problem ?? "no rule of the profile knows this request, and its body cannot be read");
    }

    /// <summary>Keeps the values of a body that no rule knows, but for those that any request carries.</summary>
    private void ReadValues()
    {
        if (_sink.WantsValues)
        {
            _leaves.Read(_content, name => _common.Knows(FieldPlace.Query, name) || _common.Knows(FieldPlace.Form, name) || _ignored.Contains(name));
        }
    }

    private bool DecodeBody(BodyRules rules, RequestKind kind) => rules.Decoder is { } name
        ? _decoders[name].Decode(_content, kind, _sink)
        : DeclaredBody.Decode(_profile, rules, (kind, _content), _limits, _common, _sink);

    /// <summary>Reads what the answer shows that the vendor stores. Returns what is to be said of it, or null.</summary>
    private string? ReadAnswer(HttpExchange http, UploadRule rule, AnswerRule answer)
    {
        if (http.Status is not (>= 200 and < 300))
        {
            return http.Status is { } status and > 0 ? $"the server answered with status {status}" : "no answer was recorded";
        }

        var nonce = rule.Cipher is null ? null : XiaomiSession.Nonce(_content);
        _content.ReadAnswer(http);
        if (_content.Kind is ContentKind.None or ContentKind.Unavailable)
        {
            return _content.Problem is { } problem ? $"the answer cannot be read: {problem}" : "the answer is empty";
        }

        if (nonce is not null && !_xiaomi.OpenAnswer(_content, nonce))
        {
            return "the answer is encrypted, and no key in the capture opens it";
        }

        // What is wrapped has an envelope of its own.
        if (rule.Cipher is null && _profile.Envelope is { } envelope && Refused(_content.Bytes, envelope) is { } refused)
        {
            return refused;
        }

        _sink.BeginStored();
        _sink.InWorkout = rule.InWorkout;
        var isDecoded = DecodeBody(answer, RequestKind.StoredCopy);
        return !isDecoded ? "the answer is not in the form that is known of it"
            : rule.Kind == RequestKind.StoredCopy && _sink.StoredCounts.Count == 0 ? "the answer holds nothing, which does not show that nothing is stored: a wrong region or parameter is answered in the same way"
            : null;
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
            && _responses.Response(http) is { IsDecoded: true, Bytes.IsEmpty: false } answer
            ? Refused(answer.Bytes, envelope)
            : null;
    }

    private static string? Refused(ReadOnlyMemory<byte> body, EnvelopeRule envelope)
    {
        if (body.Length > 1 << 20 || body.Span.TrimStart(" \r\n\t"u8) is not [(byte)'{', ..])
        {
            return null;
        }

        // An answer that cannot be read says nothing against the upload.
        using var answer = JsonBytes.Parse(body, out _);
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
