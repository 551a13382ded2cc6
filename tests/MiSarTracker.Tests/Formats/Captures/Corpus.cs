using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>The sample captures, and ways to read one whole with copies of what the reader lends.</summary>
internal static class Corpus
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "samples", name));

    public static ReadCapture Read(byte[] bytes, Limits? limits = null, Action<HttpExchange>? take = null) =>
        Read(new MemoryStream(bytes), limits, take);

    public static ReadCapture Read(Stream stream, Limits? limits = null, Action<HttpExchange>? take = null)
    {
        var file = CaptureReader.Open(stream, limits ?? Limits.Default);
        var result = new ReadCapture(file);
        foreach (var item in file.Read(TestContext.Current.CancellationToken))
        {
            result.Keep(item);
            if (item is CaptureItem.Exchange exchange)
                take?.Invoke(exchange.Http);
        }

        return result;
    }
}

/// <summary>A capture that was read to its end.</summary>
internal sealed class ReadCapture(ICaptureFile file)
{
    public string Format => file.Format;

    public List<Kept> Exchanges { get; } = [];

    public List<Damage> Damages { get; } = [];

    public List<string> Counted { get; } = [];

    public List<HostConnection> Connections { get; } = [];

    public List<CaptureItem.InterceptionRefused> Refused { get; } = [];

    public void Keep(CaptureItem item)
    {
        switch (item)
        {
            case CaptureItem.Exchange exchange:
                Exchanges.Add(new Kept(exchange.Http));
                break;
            case CaptureItem.Damaged damaged:
                Damages.Add(damaged.Damage);
                break;
            case CaptureItem.Counted counted:
                Counted.Add(counted.Kind);
                break;
            case CaptureItem.InterceptionRefused refused:
                Refused.Add(refused);
                break;
            case CaptureItem.Connection connection:
                Connections.Add(connection.Seen);
                break;
            default:
                Assert.Fail($"unknown item {item}");
                break;
        }
    }
}

/// <summary>An exchange with its bodies copied before the reader moved on.</summary>
internal sealed class Kept
{
    public Kept(HttpExchange http)
    {
        Http = http;
        Request = http.RequestBody.Bytes.ToArray();
        Response = http.ResponseBody.Bytes.ToArray();
        RequestHeaders = [.. http.RequestHeaders];
        ResponseHeaders = [.. http.ResponseHeaders];
    }

    public HttpExchange Http { get; }

    public byte[] Request { get; }

    public byte[] Response { get; }

    public IReadOnlyList<HttpHeader> RequestHeaders { get; }

    public IReadOnlyList<HttpHeader> ResponseHeaders { get; }

    public string RequestText => Encoding.UTF8.GetString(Request);

    public string Line => $"{Http.Method} {Http.Scheme}://{Http.Host}:{Http.Port}{Http.Target} {Http.Status}";
}
