using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

public sealed class CaptureUploadsTests
{
    private static readonly string[] Canaries = ["tok-5ecr3t-A", "tok-5ecr3t-B", "tok-5ecr3t-C", "pa55w0rd!", "erika@example.org", "c00kie-5ecret", "auth-key-5ecret", "bearer-5ecret"];

    [Fact]
    public void SecretsAreNeverInAnyObservationLineUrlOrDamage()
    {
        var traffic = new Traffic();
        var views = new List<DecodedUpload?>
        {
            traffic.Send(traffic.Request(
                "POST", "/registrations/erika%40example.org/tokens?access=tok-5ecr3t-B",
                Encoding.UTF8.GetBytes("state=x&client_id=HuaMi&token=tok-5ecr3t-A&password=pa55w0rd%21"), "application/x-www-form-urlencoded", host: "api-user.huami.com",
                headers: [new HttpHeader("apptoken", "tok-5ecr3t-C"), new HttpHeader("Cookie", "serviceToken=c00kie-5ecret; cUserId=42"), new HttpHeader("Authorization", "Bearer bearer-5ecret")])),
            traffic.Send(traffic.Request(
                "POST", "/users/3000000001/devices",
                Encoding.UTF8.GetBytes("{\"deviceId\":\"AABBCCFFFEDDEEFF\",\"macAddress\":\"AA:BB:CC:DD:EE:FF\",\"auth_key\":\"auth-key-5ecret\",\"additionalInfo\":\"{\\\"auth_key\\\":\\\"auth-key-5ecret\\\",\\\"n\\\":1}\"}"), "application/json")),
            traffic.Send(traffic.Request("POST", "/v1/unknown?apptoken=tok-5ecr3t-A&password=pa55w0rd%21", [1, 2, 3], "application/octet-stream")),
        };
        var uploaded = traffic.Uploaded();
        var everything = string.Join('\n', views.SelectMany(view => view!.Lines.Append(view.Url).Append(view.Because).Concat(view.Damages.Select(damage => damage.Reason))))
            + string.Join('\n', uploaded.Facts.Select(fact => $"{fact.Name} {fact.Value} {fact.Origin.Part}"));

        foreach (var canary in Canaries)
        {
            Assert.DoesNotContain(canary, everything, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Uri.EscapeDataString(canary), everything, StringComparison.OrdinalIgnoreCase);
        }

        // SHA-256 of tok-5ecr3t-C, by sha256sum.
        Assert.Contains(uploaded.Facts, fact => fact is { Name: "app-token", Value: "sha256:431916c1330cf9ef203e294b2c027994fa247698d97bd814766662c6bed3821f" });
        Assert.Contains(uploaded.Facts, fact => fact is { Name: "registration-contact", Identifies: true });
        Assert.Contains(uploaded.Facts, fact => fact is { Category.Name: "device", Value: "AA:BB:CC:DD:EE:FF" });
    }

    [Fact]
    public void AnUploadThatTheServerRefusedIsAnAttemptAndCountsForNothing()
    {
        foreach (var (status, error, answer) in new (int?, string?, string)[] { (401, null, "{}"), (null, "connection reset", ""), (200, null, "{\"code\":-50000}"), (503, null, "") })
        {
            var traffic = new Traffic();
            var body = Encoding.UTF8.GetBytes("userid=3000000001&data_json=" + Uri.EscapeDataString("[{\"date\":\"2024-01-01\",\"data_hr\":\"Rg==\"}]"));
            var view = traffic.Send(traffic.Request(
                "POST", "/v1/data/band_data.json", body, "application/x-www-form-urlencoded", status: status, error: error, answer: answer))!;

            Assert.Equal(UploadOutcome.Attempt, view.Outcome);
            Assert.Equal(1, view.Observations[Category.HeartRate]);
            Assert.Empty(traffic.Uploaded().Minutes);
            Assert.Equal((0, 1), (traffic.Capture().Uploads, traffic.Capture().Attempts));
            Assert.Equal((1, 0), traffic.Uploaded().Hosts.Select(host => (host.Requests, host.Uploads)).Single());
        }
    }

    [Fact]
    public void AnAnswerThatWasNotRecordedSaysNothingAgainstTheUpload()
    {
        var traffic = new Traffic();
        var body = Encoding.UTF8.GetBytes("data_json=" + Uri.EscapeDataString("[{\"date\":\"2024-01-01\",\"data_hr\":\"Rg==\"}]"));

        Assert.Equal(UploadOutcome.Decoded, traffic.Send(traffic.Request(
            "POST", "/v1/data/band_data.json", body, "application/x-www-form-urlencoded", status: null))!.Outcome);
    }

    [Theory]
    [InlineData("application/octet-stream", "1", "encrypted")]
    [InlineData("application/x-www-form-urlencoded", "1", "encrypted")]
    [InlineData("application/octet-stream", null, null)]
    public void ABodyThatCannotBeReadIsOpaqueAndNeverNoData(string contentType, string? flag, string? rule)
    {
        var traffic = new Traffic();
        var random = new Random(7);
        var body = new byte[500];
        random.NextBytes(body);
        var view = traffic.Send(traffic.Request(
            "POST", "/v1/data/band_data.json", body, contentType, headers: flag is null ? [] : [new HttpHeader("x-hm-ekv", flag)]))!;

        Assert.Equal((UploadOutcome.Opaque, rule), (view.Outcome, view.EndpointId));
        var host = traffic.Uploaded().Hosts.Single();
        Assert.Equal((1, 1, 1, 500), (host.Requests, host.Uploads, host.Opaque, host.Bytes));
    }

    [Theory]
    [InlineData(BodyState.NotCaptured)]
    [InlineData(BodyState.TooLarge)]
    public void ABodyThatTheToolDidNotKeepIsOpaque(BodyState state)
    {
        var traffic = new Traffic();
        var http = new HttpExchange
        {
            Number = 1,
            Method = "POST",
            Scheme = "https",
            Host = Traffic.DataHost,
            Target = "/v1/data/band_data.json",
            RequestHeaders = [],
            RequestBody = new Body(state, default, 600_000, true),
            Status = 200,
        };

        Assert.Equal(UploadOutcome.Opaque, traffic.Send(http)!.Outcome);
    }

    [Fact]
    public void AnEncryptedFlagOverAPlainBodyDoesNotHideIt()
    {
        var traffic = new Traffic();
        var body = Encoding.UTF8.GetBytes("data_json=" + Uri.EscapeDataString("[{\"date\":\"2024-01-01\",\"data_hr\":\"Rg==\"}]"));

        Assert.Equal(UploadOutcome.Decoded, traffic.Send(traffic.Request(
            "POST", "/v1/data/band_data.json", body, "application/x-www-form-urlencoded", headers: new HttpHeader("x-hm-ekv", "1")))!.Outcome);
    }

    [Fact]
    public void WhatIsReadBackIsCountedAndNotMixedWithUploads()
    {
        var traffic = new Traffic();
        var get = traffic.Send(traffic.Request("GET", "/v1/data/band_data.json?query_type=detail&userid=3000000001", [], ""))!;
        var query = traffic.Form("/v1/data/band_data.json", [("userid", "3000000001"), ("data_len", "1")]);

        Assert.Equal((UploadOutcome.StoredCopy, UploadOutcome.StoredCopy), (get.Outcome, query.Outcome));
        Assert.Equal((2, 0), (traffic.Capture().StoredCopies, traffic.Capture().Uploads));
        Assert.Empty(traffic.Uploaded().Minutes);
    }

    [Fact]
    public void OtherHostsAreOnlyListedAsTraffic()
    {
        var traffic = new Traffic();

        Assert.Null(traffic.Send(traffic.Request("POST", "/v1/data/band_data.json", [1, 2], "application/octet-stream", host: "graph.facebook.com")));
        Assert.Empty(traffic.Uploaded().Facts);
        Assert.Equal((1, 0, 0, 2), traffic.Uploaded().Hosts.Select(host => (host.Requests, host.Uploads, host.Opaque, host.Bytes)).Single());
    }

    [Fact]
    public void ARefusedInterceptionIsKept()
    {
        var traffic = new Traffic();
        traffic.Capture().Take(new CaptureItem.InterceptionRefused("api-mifit.zepp.com", "unknown_ca", Traffic.Noon));

        Assert.Equal((0, 1), traffic.Uploaded().Hosts.Select(host => (host.Requests, host.Refused)).Single());
    }

    [Fact]
    public void ACoordinateOutsideAWorkoutIsMarkedSo()
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request("GET", "/weather?latitude=52.5&longitude=13.4", [], ""));
        var place = Assert.Single(traffic.Uploaded().Facts, fact => fact.Category == Category.Location);

        Assert.Equal(("coordinate", "52.5,13.4", false), (place.Name, place.Value, place.InWorkout!.Value));
    }

    [Fact]
    public void AFactIsCountedOnceForEachExchangeThatCarriesIt()
    {
        var traffic = new Traffic();
        traffic.Form("/v1/data/band_data.json?userid=3000000001", [("userid", "3000000001"), ("data_json", "[]")]);
        traffic.Form("/v1/data/band_data.json?userid=3000000001", [("userid", "3000000001"), ("data_json", "[]")], Traffic.Noon - Duration.FromDays(1));
        var user = Assert.Single(traffic.Uploaded().Facts, fact => fact.Name == "user-id");

        Assert.Equal((2, 2, Traffic.Noon - Duration.FromDays(1)), (user.Count, user.Origin.Number, user.SeenAt!.Value));
    }

    [Fact]
    public void LinesTellTheDayInWords()
    {
        var traffic = new Traffic();
        var view = traffic.Read("captures/mifit-upload-http1.v17.mitm")[1];

        Assert.Contains("day 2024-03-30, device D4000000FFFF0001, source 24, UTC+01", view.Lines);
        Assert.Contains("  totals: 7724 steps, 5561 m, 270 kcal, 36 min walking, 30 min running (3049 m)", view.Lines);
        Assert.Contains("  night: 2024-03-29 23:25 to 2024-03-30 07:00, 3 stages", view.Lines);
    }
}
