using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>Makes requests, and feeds them or whole captures to a decoder.</summary>
internal sealed class Traffic(VendorProfile? profile = null)
{
    public const string DataHost = "api-mifit-de.huami.com";

    public static Instant Noon { get; } = Instant.FromUtc(2024, 4, 2, 12, 0);

    /// <summary>The case's key for commitments: the bytes 0 to 31.</summary>
    public static byte[] Key { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly UploadDecoder _decoder = new(profile ?? Profiles.MiFit, Limits.Default, Key);
    private readonly Dictionary<string, CaptureUploads> _captures = [];
    private long _number;

    public UploadedBuilder Builder { get; } = new();

    public CaptureUploads Capture(string exhibit = "E-001")
    {
        if (!_captures.TryGetValue(exhibit, out var capture))
        {
            _captures[exhibit] = capture = _decoder.Open(exhibit, Builder, isReadable: true);
        }

        return capture;
    }

    public Uploaded Uploaded() => Builder.Build();

    /// <summary>Feeds a request and returns how it was taken.</summary>
    public DecodedUpload? Send(HttpExchange http, string exhibit = "E-001") => Capture(exhibit).Take(http);

    /// <summary>Feeds a form that was posted to the data host.</summary>
    public DecodedUpload Form(string path, IEnumerable<(string Name, string Value)> fields, Instant? at = null)
    {
        var form = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        return Send(Request("POST", path, Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded", at))!;
    }

    public DecodedUpload BandData(string dataJson, Instant? at = null, string device = "AABBCCFFFEDDEEFF") => Form(
        "/v1/data/band_data.json",
        [("userid", "3000000001"), ("data_json", dataJson), ("last_deviceid", device), ("timezone", "Europe/Berlin")], at);

    /// <summary>Feeds a GET with its JSON answer.</summary>
    public DecodedUpload Get(string target, string answer, string host = DataHost, int? status = 200) =>
        Send(Request("GET", target, [], "", host: host, status: status, answer: answer))!;

    public HttpExchange Request(
        string method, string target, byte[] body, string contentType, Instant? at = null, string host = DataHost, int? status = 200,
        string? error = null, string answer = "{\"code\":1}", params HttpHeader[] headers) => new()
        {
            Number = ++_number,
            StartedAt = at ?? Noon,
            Method = method,
            Scheme = "https",
            Host = host,
            Port = 443,
            Target = target,
            RequestHeaders = [new HttpHeader("Content-Type", contentType), .. headers],
            RequestBody = body.Length == 0 ? Body.None : new Body(BodyState.Present, body, body.Length, true),
            Status = status,
            ResponseBody = status is null ? Body.None : new Body(BodyState.Present, Encoding.UTF8.GetBytes(answer), answer.Length, true),
            Error = error,
        };

    /// <summary>Feeds a sample capture and returns the views of the vendor's requests.</summary>
    public List<DecodedUpload> Read(string sample, string exhibit = "E-001")
    {
        using var stream = new MemoryStream(Profiles.Sample(sample));
        var file = CaptureReader.Open(stream, Limits.Default);
        var views = new List<DecodedUpload>();
        foreach (var item in file.Read(TestContext.Current.CancellationToken))
        {
            if (Capture(exhibit).Take(item) is { } view)
            {
                views.Add(view);
            }
        }

        return views;
    }
}
