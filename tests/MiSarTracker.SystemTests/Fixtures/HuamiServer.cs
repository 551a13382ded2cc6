using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using MiSarTracker.Tests.Mail;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>
/// A local HTTPS server that answers as the vendor's data API does (<c>{"code":1,"message":"success"}</c>) and remembers what was
/// asked of it, so that a test can tell whether a request really went all the way.
/// </summary>
public sealed class HuamiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentQueue<string> _requests = new();

    private HuamiServer(TestCertificates authority)
    {
        _certificate = authority.Issue(["*.huami.com", "localhost", "127.0.0.1"]);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(_certificate);
        }));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>Each request as "POST api-mifit-de.huami.com/v1/data/band_data.json", in the order of arrival.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task<HuamiServer> StartAsync(TestCertificates authority, CancellationToken cancellationToken)
    {
        var server = new HuamiServer(authority);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        await request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        _requests.Enqueue($"{request.Method} {request.Host.Value}{request.Path}");
        context.Response.ContentType = "application/json;charset=UTF-8";
        await context.Response.WriteAsync("""{"code":1,"message":"success","data":{}}""", context.RequestAborted);
    }
}
