using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>
/// Uploads as the Mi Fit app does: the same hosts, paths, headers and encodings, through an HTTPS proxy whose certificate the
/// "phone" trusts. The bodies are the corpus's (user 3000000001; two days around the change of the clocks in March 2024).
/// </summary>
public sealed class BandClient : IDisposable
{
    public const string ApiHost = "api-mifit-de.huami.com";
    public const string AccountHost = "account.huami.com";
    private const string Query = "?r=5c1f2f2a-0d53-4cf8-9d5e-9d6f4f3f8e11&t=1711886400123";
    private readonly HttpClient _client;

    /// <param name="proxyPort">Where the intercepting proxy listens on this machine.</param>
    /// <param name="proxyAuthority">The PEM file of the proxy's own certificate authority.</param>
    public BandClient(int proxyPort, string proxyAuthority)
    {
        var handler = new SocketsHttpHandler
        {
            Proxy = new WebProxy("127.0.0.1", proxyPort),
            AutomaticDecompression = DecompressionMethods.None,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(proxyAuthority) },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>The uploads of one synchronisation: ten requests: eight uploads that can be decoded, one that is encrypted, one that reads back.</summary>
    public async Task SynchroniseAsync(CancellationToken stop)
    {
        await PostAsync(AccountHost, "/v2/client/login", Form(Encoding.ASCII.GetBytes("app_name=com.xiaomi.hm.health&grant_type=access_token&code=fake-code&device_id=fake")), stop);
        await PostAsync(ApiHost, "/v1/data/band_data.json", Form(Sample("band.form")), stop);
        await PostAsync(ApiHost, "/v1/data/band_data.json", Gzipped(Sample("band.form.gz")), stop);
        await PostAsync(ApiHost, "/v1/data/band_data.json", Multipart(Sample("band.multipart")), stop);
        await PostAsync(ApiHost, "/v1/sport/run/summary.json", Form(Sample("summary.form")), stop);
        await PostAsync(ApiHost, "/v1/sport/run/detail.json", Form(Sample("detail.form")), stop, chunked: true);
        await PostAsync(ApiHost, "/users/3000000001/heartRate", Json(Sample("hr.json")), stop);
        await PostAsync(ApiHost, "/huami.health.scale.save.json", Form(Sample("weight.form")), stop);
        await PostAsync(ApiHost, "/v1/data/band_data.json", Opaque(), stop, encrypted: true);
        await GetAsync(ApiHost, "/v1/data/band_data.json", "&query_type=summary&device_type=android_phone&userid=3000000001&from_date=2024-03-30&to_date=2024-03-31", stop);
    }

    public void Dispose() => _client.Dispose();

    private static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "samples", "uploads", name));

    private static ByteArrayContent Form(byte[] body) => Typed(body, "application/x-www-form-urlencoded; charset=UTF-8");

    private static ByteArrayContent Json(byte[] body) => Typed(body, "application/json");

    private static ByteArrayContent Gzipped(byte[] body)
    {
        ByteArrayContent content = Form(body);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    /// <summary>The body's first line is its boundary.</summary>
    private static ByteArrayContent Multipart(byte[] body)
    {
        string boundary = Encoding.ASCII.GetString(body, 2, Array.IndexOf(body, (byte)'\r') - 2);
        return Typed(body, $"multipart/form-data; boundary={boundary}");
    }

    private static ByteArrayContent Opaque() => Typed([.. Enumerable.Range(0, 512).Select(i => (byte)(i * 73 + 11))], "application/octet-stream");

    private static ByteArrayContent Typed(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private Task PostAsync(string host, string path, HttpContent content, CancellationToken stop, bool chunked = false, bool encrypted = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"https://{host}{path}{Query}") { Content = content };
        if (chunked)
            request.Headers.TransferEncodingChunked = true;
        if (encrypted)
            request.Headers.Add("x-hm-ekv", "1");
        return SendAsync(request, stop);
    }

    private Task GetAsync(string host, string path, string query, CancellationToken stop) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, $"https://{host}{path}{Query}{query}"), stop);

    private async Task SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", "MiFit/5.9.2 (MCE16; Android 10; Density/2.75)");
            foreach ((string name, string value) in new[]
            {
                ("apptoken", "FAKE-TOKEN-FOR-TESTS"), ("appname", "com.xiaomi.hm.health"), ("appplatform", "android_phone"), ("v", "2.0"),
                ("cv", "50545_5.9.2-play"), ("lang", "de_DE"), ("country", "DE"), ("timezone", "Europe/Berlin"), ("channel", "play"),
            })
                request.Headers.TryAddWithoutValidation(name, value);
            using HttpResponseMessage response = await _client.SendAsync(request, stop);
            response.EnsureSuccessStatusCode();
        }
    }
}
