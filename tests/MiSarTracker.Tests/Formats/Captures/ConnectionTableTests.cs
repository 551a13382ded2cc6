using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class ConnectionTableTests
{
    private const string Header = "IPProto,SrcIP,SrcPort,DstIp,DstPort,UID,App,PackageName,Proto,Status,Info,BytesSent,BytesRcvd,PktsSent,PktsRcvd,FirstSeen,LastSeen";
    private const string Times = "2024-03-31T22:10:08.198+0200,2024-03-31T22:11:08.198+0200";

    [Theory]
    [InlineData("Zepp Life")]
    [InlineData("Zepp Life, Mi Band, and more")]
    public void ARowIsAConnectionWhateverCommasTheAppsNameHas(string app)
    {
        var seen = Single(Header, $"6,10.0.0.1,4000,203.0.113.9,443,10123,{app},com.xiaomi.hm.health,TLS,Closed,API-mifit-de.huami.com,1234,567,3,4,{Times}");

        var first = Instant.FromUnixTimeMilliseconds(1711915808198);
        Assert.Equal(
            new HostConnection("api-mifit-de.huami.com", 443, "TLS", app, "com.xiaomi.hm.health", 1234, 567, first, first + Duration.FromMinutes(1)), seen);
    }

    [Theory]
    [InlineData("1711915808", 1711915808000)]
    [InlineData("1711915808198", 1711915808198)]
    public void OldTablesHaveNoPackageAndCountSecondsOrMilliseconds(string time, long expected)
    {
        var seen = Single(Header.Replace("PackageName,", "", StringComparison.Ordinal), $"6,10.0.0.1,4000,203.0.113.9,443,10123,Mi, Fit,TLS,Closed,,12,5,3,4,{time},{time}");

        Assert.Equal(("203.0.113.9", "Mi, Fit", null), (seen.Host, seen.App, seen.Package));
        Assert.Equal(Instant.FromUnixTimeMilliseconds(expected), seen.FirstSeen);
    }

    [Fact]
    public void AFurtherColumnAtTheEndChangesNothing() => Assert.Equal(
        "a.example",
        Single(Header + ",Malicious", $"6,10.0.0.1,4000,203.0.113.9,443,1,A,p,HTTPS,Closed,https://A.example:8443/x?y,1,2,3,4,{Times},no").Host);

    [Fact]
    public void BrokenLinesCostThemselvesAndNameQuestionsAreCounted()
    {
        var good = $"6,1,1,203.0.113.9,443,1,A,p,TLS,Closed,a.example,1,2,3,4,{Times}";
        var text = string.Join("\r\n", "\uFEFF" + Header, good, good.Replace("TLS", "DNS", StringComparison.Ordinal), "6,1,1", good.Replace(",1,2,3,4,", ",x,2,3,4,", StringComparison.Ordinal), "", new string('x', 100_000), good, good[..60]);

        var items = Items(Encoding.UTF8.GetBytes(text));

        Assert.Equal(2, items.OfType<CaptureItem.Connection>().Count());
        Assert.Equal("dns", Assert.Single(items.OfType<CaptureItem.Counted>()).Kind);
        Assert.Equal(["line 4", "line 5", "line 7", "line 9"], items.OfType<CaptureItem.Damaged>().Select(item => item.Damage.At));
    }

    [Fact]
    public void OnlyTheAppThatTalksToTheVendorMakesItsOtherHostsRecipients()
    {
        var summary = new ConnectionSummary();
        var at = Instant.FromUtc(2024, 3, 31, 12, 0);
        foreach (var (host, app) in (ReadOnlySpan<(string, string)>)[("api.vendor", "Fit"), ("tracker", "Fit"), ("tracker", "Fit"), ("tracker", "Browser"), ("news", "Browser")])
            summary.Add(new HostConnection(host, 443, "TLS", app, null, 10, 1, at, at));

        var rows = summary.Rows(host => host == "api.vendor");

        Assert.Equal(["api.vendor Fit 1 True", "news Browser 1 False", "tracker Browser 1 False", "tracker Fit 2 True"], rows.Select(row => $"{row.Host} {row.App} {row.Connections} {row.IsVendorApp}"));
        Assert.Equal(20, rows[3].BytesSent);
    }

    private static HostConnection Single(string header, string row) =>
        Assert.IsType<CaptureItem.Connection>(Assert.Single(Items(Encoding.UTF8.GetBytes($"{header}\n{row}\n")))).Seen;

    private static List<CaptureItem> Items(byte[] bytes) =>
        [.. CaptureReader.Open(new MemoryStream(bytes), Limits.Default).Read(TestContext.Current.CancellationToken)];
}
