using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Routing;
using MiSarTracker.Service;
using MiSarTracker.Web;
using Xunit;

namespace MiSarTracker.Tests.Web;

/// <summary>Every route against everybody who must not come in. Asked from outside, over a socket.</summary>
public sealed partial class GatesTests(OpenedService opened) : IClassFixture<OpenedService>
{
    private const string Case = "/cases/SAR-2026-0001";

    /// <summary>One address for each route, and some that are none.</summary>
    private static readonly string[] Addresses =
    [
        "/", "/Index", "/jobs", "/problem", Case, $"{Case}/findings", $"{Case}/report.pdf", $"{Case}/comparison.json", $"{Case}/letters/L-001",
        $"{Case}/exhibits/E-001", "/style.css", "/favicon.svg", "/favicon.ico",
        "/hangfire", "/hangfire/jobs/scheduled", "/hangfire/recurring", Stats,
        "/nothing", "/cases/SAR-2026-0002", "/cases/..%2f..%2fetc%2fpasswd", $"{Case}/letters/..%2f..%2fmisar.db", "/cases/../../../../etc/passwd",
    ];

    /// <summary>The dashboard's page asks for its figures with POST only.</summary>
    private const string Stats = "/hangfire/stats";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRouteRefusesWhoeverIsNotThePerson()
    {
        var service = opened.Service;
        using var person = await service.OpenedAsync();
        using var stranger = service.Stranger();
        var origin = service.Root.GetLeftPart(UriPartial.Authority);
        var token = service.Opening.Query["?token=".Length..];
        (string Who, HttpClient Client, Action<HttpRequestMessage> As)[] others =
        [
            ("no token", stranger, _ => { }),
            ("a wrong cookie", stranger, r => r.Headers.Add("Cookie", $"misar-{service.Root.Port}={new string('A', 43)}")),
            ("half of the token", stranger, r => r.Headers.Add("Cookie", $"misar-{service.Root.Port}={token[..21]}")),
            ("the token under another name", stranger, r => r.Headers.Add("Cookie", $"token={token}")),
            ("a foreign name that points here", person, r => r.Headers.Host = "evil.example"),
            ("a name that begins like ours", person, r => r.Headers.Host = $"127.0.0.1.evil.example:{service.Root.Port}"),
            ("a name that ends like ours", person, r => r.Headers.Host = $"evil-localhost:{service.Root.Port}"),
            ("another site's page", person, r => r.Headers.Add("Sec-Fetch-Site", "cross-site")),
            ("a page at another port", person, r => r.Headers.Add("Sec-Fetch-Site", "same-site")),
            ("another site's script", person, r => r.Headers.Add("Origin", "http://evil.example")),
            ("a page without an origin", person, r => r.Headers.Add("Origin", "null")),
        ];
        (string What, Func<string, HttpRequestMessage> Request)[] doings =
        [
            ("GET", address => new(HttpMethod.Get, address)),
            ("HEAD", address => new(HttpMethod.Head, address)),
            ("POST text", address => new(HttpMethod.Post, address) { Content = new StringContent("reference=SAR-2026-0001&item=L-001", Encoding.UTF8, "text/plain") }),
            ("POST form", address => new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([new("reference", "SAR-2026-0001"), new("item", "L-001")]) }),
        ];
        var dashboard = DashboardFile().Matches(await person.GetStringAsync("/hangfire", Stop)).Select(file => file.Value).ToList();
        Assert.NotEmpty(dashboard);
        foreach (var address in Addresses.Concat(dashboard))
        {
            foreach (var (what, request) in doings)
            {
                foreach (var (who, client, @as) in others)
                {
                    using var message = request(address);
                    @as(message);
                    using var answer = await client.SendAsync(message, Stop);
                    Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{what} {address} as {who}: {answer.StatusCode}");
                    Assert.DoesNotContain("Set-Cookie", answer.Headers.Select(h => h.Key));
                    AuditHeaders(answer, $"{what} {address} as {who}");
                }
            }
        }
    }

    [Fact]
    public async Task EveryAnswerToThePersonCarriesTheHeadersToo()
    {
        var service = opened.Service;
        using var person = await service.OpenedAsync();
        foreach (var address in Addresses.Except([Stats]))
        {
            using var answer = await person.GetAsync(address, Stop);
            Assert.True((int)answer.StatusCode is 200 or 404 or 405 or 302, $"{address}: {answer.StatusCode}");
            AuditHeaders(answer, address);
        }
    }

    [Fact]
    public async Task NoOtherMethodIsTaken()
    {
        var service = opened.Service;
        using var person = await service.OpenedAsync();
        foreach (var method in new[] { "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND" })
        {
            foreach (var address in Addresses)
            {
                using var answer = await person.SendAsync(new HttpRequestMessage(new HttpMethod(method), address), Stop);
                Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            }
        }
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData("none", null, HttpStatusCode.Forbidden)]
    [InlineData("same-origin", null, HttpStatusCode.BadRequest)]
    [InlineData(null, "own", HttpStatusCode.BadRequest)]
    public async Task AFormFromElsewhereOrWithoutItsMarkChangesNothing(string? site, string? origin, HttpStatusCode expected)
    {
        var service = opened.Service;
        using var person = await service.OpenedAsync();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/jobs") { Content = new FormUrlEncodedContent([new("reference", "SAR-2026-0001"), new("item", "L-001")]) };
        if (site is not null)
            message.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null)
            message.Headers.Add("Origin", service.Root.GetLeftPart(UriPartial.Authority));
        using var answer = await person.SendAsync(message, Stop);
        Assert.Equal(expected, answer.StatusCode);
        AuditHeaders(answer, "POST /jobs");
    }

    [Fact]
    public async Task AWrongKeyOpensNothingAndTheRightOneStandsInAStrictCookie()
    {
        var service = opened.Service;
        using var stranger = service.Stranger();
        using var wrong = await stranger.GetAsync("/?token=" + new string('A', 43), Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var right = await stranger.GetAsync(service.Opening, Stop);
        var cookie = Assert.Single(right.Headers.GetValues("Set-Cookie"));
        Assert.EndsWith("; path=/; samesite=strict; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/", right.Headers.Location!.OriginalString);
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(service.Opening.Query.AsSpan("?token=".Length)).Length);
    }

    [Fact]
    public async Task AGigabyteIsRefusedBeforeItIsSent()
    {
        var service = opened.Service;
        var token = service.Opening.Query["?token=".Length..];
        string[] cookies = ["", $"Cookie: misar-{service.Root.Port}={token}\r\nSec-Fetch-Site: same-origin\r\n"];
        foreach (var cookie in cookies)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", service.Root.Port, Stop);
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /jobs HTTP/1.1\r\nHost: 127.0.0.1:{service.Root.Port}\r\n{cookie}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1073741824\r\n\r\n"), Stop);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            Assert.StartsWith("HTTP/1.1 4", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TheListOfAddressesAboveLeavesNoRouteOut()
    {
        using var office = await FilledOffice.OpenAsync();
        await using var app = ServiceHost.Build(
            new ServiceParts(office.Workspace, new Settings(), Templates.Shipped, null, office.Clock, new ServeOptions { Urls = "" }),
            ListenAddresses.Parse("http://127.0.0.1:0"), AccessToken.Draw());
        await app.StartAsync(Stop);
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        await app.StopAsync(Stop);
        Assert.InRange(routes.Count, 10, 40);
        foreach (var route in routes)
        {
            var template = Microsoft.AspNetCore.Routing.Template.TemplateParser.Parse(route.RoutePattern.RawText!);
            var matcher = new Microsoft.AspNetCore.Routing.Template.TemplateMatcher(template, []);
            Assert.True(Addresses.Any(address => matcher.TryMatch(address, [])), $"No address asks for {route.RoutePattern.RawText}.");
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<=(href|src)="")/hangfire/[a-z]+[0-9]+[^""]*")]
    private static partial System.Text.RegularExpressions.Regex DashboardFile();

    private static void AuditHeaders(HttpResponseMessage answer, string what)
    {
        var dashboard = answer.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/hangfire", StringComparison.Ordinal);
        var expected = new Dictionary<string, string>
        {
            ["Content-Security-Policy"] = dashboard
                ? "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
                : "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            ["Cache-Control"] = "no-store",
            ["X-Content-Type-Options"] = "nosniff",
            ["Referrer-Policy"] = "no-referrer",
        };
        foreach (var (name, value) in expected)
        {
            Assert.True(answer.Headers.TryGetValues(name, out var values), $"{what} lacks {name}");
            Assert.Equal(value, Assert.Single(values));
        }

        Assert.False(answer.Headers.Contains("Server"), what);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }
}
