using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MiSarTracker.Tests.Formats.Captures;
using NodaTime.Text;

namespace MiSarTracker.TestBench.Inputs;

/// <summary>Writes a HAR of recorded flows to a stream, one entry after the other; images as base64, request bodies unpacked.</summary>
public sealed class HarWriter : IDisposable
{
    private readonly Stream _target;
    private readonly Utf8JsonWriter _json;

    public HarWriter(Stream target)
    {
        _target = target;
        _json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        _json.WriteStartObject("log");
        _json.WriteString("version", "1.2");
        _json.WriteStartObject("creator");
        _json.WriteString("name", "mitmproxy har_dump");
        _json.WriteString("version", "0.1");
        _json.WriteEndObject();
        _json.WriteStartArray("entries");
    }

    public void Write(RecordedFlow flow)
    {
        _json.WriteStartObject();
        _json.WriteString("startedDateTime", InstantPattern.ExtendedIso.Format(flow.StartedAt).Replace("Z", "+00:00", StringComparison.Ordinal));
        _json.WriteNumber("time", 250);
        Request(flow);
        Response(flow);
        _json.WriteStartObject("cache");
        _json.WriteEndObject();
        _json.WriteStartObject("timings");
        _json.WriteNumber("send", 1);
        _json.WriteNumber("wait", 200);
        _json.WriteNumber("receive", 49);
        _json.WriteEndObject();
        _json.WriteString("serverIPAddress", "203.0.113.9");
        _json.WriteEndObject();
        // The position of the target says how large it has become.
        _json.Flush();
    }

    /// <summary>Puts something between the entries that need not be JSON.</summary>
    public void WriteBroken(string text)
    {
        _json.WriteRawValue(text, skipInputValidation: true);
        _json.Flush();
    }

    public void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        _target.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void Request(RecordedFlow flow)
    {
        _json.WriteStartObject("request");
        _json.WriteString("method", flow.Method);
        _json.WriteString("url", $"{flow.Scheme}://{flow.Host}{flow.Target}");
        _json.WriteString("httpVersion", "HTTP/1.1");
        Headers(flow.Headers);
        if (flow.Body is { Length: > 0 } body)
        {
            var isPacked = flow.Headers.Contains(("Content-Encoding", "gzip"));
            _json.WriteStartObject("postData");
            _json.WriteString("mimeType", "application/x-www-form-urlencoded");
            _json.WriteString("text", Encoding.UTF8.GetString(isPacked ? Unpacked(body) : body));
            _json.WriteStartArray("params");
            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _json.WriteNumber("headersSize", -1);
        _json.WriteNumber("bodySize", flow.Body?.Length ?? 0);
        _json.WriteEndObject();
    }

    private void Response(RecordedFlow flow)
    {
        var body = flow.ResponseBody ?? [];
        var type = flow.ResponseHeaders.First(header => header.Name == "Content-Type").Value;
        _json.WriteStartObject("response");
        _json.WriteNumber("status", flow.Status ?? 0);
        _json.WriteString("statusText", "OK");
        _json.WriteString("httpVersion", "HTTP/1.1");
        Headers(flow.ResponseHeaders);
        _json.WriteStartObject("content");
        _json.WriteNumber("size", body.Length);
        _json.WriteNumber("compression", 0);
        _json.WriteString("mimeType", type);
        if (type.StartsWith("image/", StringComparison.Ordinal))
        {
            _json.WriteBase64String("text", body);
            _json.WriteString("encoding", "base64");
        }
        else
        {
            _json.WriteString("text", body);
        }

        _json.WriteEndObject();
        _json.WriteString("redirectURL", "");
        _json.WriteNumber("headersSize", -1);
        _json.WriteNumber("bodySize", body.Length);
        _json.WriteEndObject();
    }

    private void Headers(IReadOnlyList<(string Name, string Value)> headers)
    {
        _json.WriteStartArray("cookies");
        _json.WriteEndArray();
        _json.WriteStartArray("headers");
        foreach (var (name, value) in headers)
        {
            _json.WriteStartObject();
            _json.WriteString("name", name);
            _json.WriteString("value", value);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private static byte[] Unpacked(byte[] body)
    {
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        gzip.CopyTo(whole);
        return whole.ToArray();
    }
}
