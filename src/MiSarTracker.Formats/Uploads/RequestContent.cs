using System.Buffers;
using System.Text;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;

namespace MiSarTracker.Formats.Uploads;

/// <summary>What a request's body turned out to be.</summary>
internal enum ContentKind
{
    /// <summary>There was none.</summary>
    None,

    Form,

    Multipart,

    Json,

    /// <summary>Bytes of no form that is known here.</summary>
    Unknown,

    /// <summary>There was one, but its bytes are not there or could not be decompressed.</summary>
    Unavailable,
}

/// <summary>
/// A request's body, or its answer's, as fields or JSON, decoded once. Lent for one exchange: the slices live in buffers that the next
/// body uses again.
/// </summary>
internal sealed class RequestContent(Limits limits)
{
    private static readonly SearchValues<byte> NotInNames = SearchValues.Create(" <>{}\"\\"u8);

    private readonly ContentDecoder _decoder = new(limits);
    private readonly List<(string Name, ReadOnlyMemory<byte> Coded, bool IsCoded)> _fields = [];
    private readonly List<(string Name, string Value)> _query = [];
    private byte[] _scratch = [];
    private int _used;

    public ContentKind Kind { get; private set; }

    /// <summary>The body without its Content-Encoding; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>What is wrong with the body as a whole, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>The query's parameters, decoded.</summary>
    public IReadOnlyList<(string Name, string Value)> Query => _query;

    /// <summary>The names of a form's or multipart's fields, in their order.</summary>
    public IEnumerable<string> FieldNames => _fields.Select(one => one.Name);

    public void Read(HttpExchange http)
    {
        _query.Clear();
        foreach (var parameter in FormBody.Read(http.Query))
        {
            _query.Add((parameter.Name, parameter.Value));
        }

        Clear();
        if (HasBytes(http.RequestBody))
        {
            Take(_decoder.Request(http), http.RequestHeader("Content-Type"));
        }
    }

    /// <summary>Puts the answer's body in the place of the request's; the query stays.</summary>
    public void ReadAnswer(HttpExchange http)
    {
        Clear();
        if (HasBytes(http.ResponseBody))
        {
            Take(_decoder.Response(http), http.ResponseHeader("Content-Type"));
        }
    }

    /// <summary>Puts what a field or the body was found to hold in its place.</summary>
    /// <param name="name">The field; null for the body, which becomes JSON.</param>
    public void Replace(string? name, ReadOnlyMemory<byte> plain)
    {
        if (name is null)
        {
            (Kind, Bytes, Problem) = (ContentKind.Json, plain, null);
            _fields.Clear();
            return;
        }

        _fields.RemoveAll(field => field.Name == name);
        _fields.Add((name, plain, false));
        Kind = Kind == ContentKind.Multipart ? Kind : ContentKind.Form;
    }

    public bool HasField(string name) =>
        _fields.Exists(field => field.Name == name) || _query.Exists(parameter => parameter.Name == name);

    /// <summary>The first field of that name, decoded, or null; a field of the body goes before one of the query.</summary>
    public ReadOnlyMemory<byte>? Field(string name)
    {
        foreach (var field in _fields)
        {
            if (field.Name == name)
            {
                return field.IsCoded ? Decode(field.Coded) : field.Coded;
            }
        }

        foreach (var parameter in _query)
        {
            if (parameter.Name == name)
            {
                return Encoding.UTF8.GetBytes(parameter.Value);
            }
        }

        return null;
    }

    /// <summary>The first field of that name as text, or null.</summary>
    public string? Text(string name) => Field(name) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private void Clear()
    {
        (_used, Problem, Bytes, Kind) = (0, null, default, ContentKind.None);
        _fields.Clear();
    }

    private static bool HasBytes(Body body) => body.State != BodyState.None && (body.State != BodyState.Present || !body.Bytes.IsEmpty);

    private void Take(DecodedBody body, string? contentType)
    {
        if (!body.IsDecoded)
        {
            (Kind, Problem) = (ContentKind.Unavailable, body.Reason);
            return;
        }

        Bytes = body.Bytes;
        ReadAs(contentType ?? "");
    }

    private void ReadAs(string contentType)
    {
        var start = Bytes.Span.TrimStart(" \t\r\n\uFEFF"u8);
        if (!start.IsEmpty && start[0] is (byte)'{' or (byte)'[')
        {
            // Whatever the header says: neither form begins with a bracket.
            Kind = ContentKind.Json;
            Bytes = Bytes[(Bytes.Length - start.Length)..];
        }
        else if (contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var multipart = MultipartBody.Read(Bytes, contentType);
            Problem = multipart.Problem;
            Kind = multipart.Parts.Count > 0 ? ContentKind.Multipart : ContentKind.Unknown;
            _fields.AddRange(multipart.Parts.Select(part => (part.Name, part.Content, false)));
        }
        else if (IsForm(start, contentType))
        {
            Kind = ContentKind.Form;
            _fields.AddRange(FormBody.Read(Bytes).Select(field => (field.Name, field.Coded, true)));
        }
        else
        {
            Kind = ContentKind.Unknown;
        }
    }

    // A form is printable ASCII with a name before its first "="; encrypted bytes under a form's Content-Type are not.
    private static bool IsForm(ReadOnlySpan<byte> body, string contentType)
    {
        var isDeclared = contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
        if (!isDeclared && contentType.Length > 0 && !contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var head = body[..Math.Min(body.Length, 1024)];
        var equals = head.IndexOf((byte)'=');
        return equals > 0
            && head.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var odd && (odd < 0 || (isDeclared && odd > equals))
            && !head[..equals].ContainsAny(NotInNames);
    }

    private Memory<byte> Decode(ReadOnlyMemory<byte> coded)
    {
        if (_scratch.Length - _used < coded.Length)
        {
            // Slices that were lent before keep the old array alive until the exchange is done.
            _scratch = new byte[Math.Max(Math.Max(64 << 10, 2 * _scratch.Length), coded.Length)];
            _used = 0;
        }

        var length = new FormField("", coded).Decode(_scratch.AsSpan(_used));
        var decoded = _scratch.AsMemory(_used, length);
        _used += length;
        return decoded;
    }
}
