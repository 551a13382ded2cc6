using System.Globalization;
using System.IO.Compression;
using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>What no rule knows is kept value by value, so that it can be looked for in the answer.</summary>
public sealed class UnmappedValuesTests
{
    private const string Foreign = "collect.tracker.example";

    [Fact]
    public void ValuesOfARequestToAnyHostAreKeptWithTheirPaths()
    {
        var inner = Convert.ToBase64String(Gzip("""{"user":{"name":"Erika","steps":[4211,4212]}}"""));
        var traffic = new Traffic();
        Assert.Null(traffic.Send(traffic.Request(
            "POST", "/c?aid=38400000-8cf0-11bd", Encoding.UTF8.GetBytes($"{{\"e\":[{{\"v\":1.5}},{{\"v\":2.5}}],\"p\":\"{inner}\",\"j\":\"{{\\\"deep\\\":\\\"x1\\\"}}\",\"n\":null,\"b\":true}}"), "application/json", host: Foreign)));
        var uploaded = traffic.Uploaded();

        Assert.Equal(
            ["$.e[*].v=1.5", "$.e[*].v=2.5", "$.j.deep=x1", "$.p(base64)(gzip).user.name=Erika", "$.p(base64)(gzip).user.steps[*]=4211", "$.p(base64)(gzip).user.steps[*]=4212", "query.aid=38400000-8cf0-11bd"],
            uploaded.Values.Select(value => $"{value.Field}={value.Value}"));
        Assert.All(uploaded.Values, value => Assert.Equal((Foreign, "POST /c", 1L, "E-001"), (value.Host, value.Endpoint, value.Count, value.Origin.Exhibit)));
        Assert.Empty(uploaded.Facts);
        Assert.False(uploaded.ValuesAreCut);
    }

    [Fact]
    public void FormsAndMultipartBodiesAreOpenedToo()
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request("POST", "/f", "a=b%20c&d=%7B%22x%22%3A7%7D"u8.ToArray(), "application/x-www-form-urlencoded", host: Foreign));
        traffic.Send(traffic.Request("POST", "/m", "--B\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\nv1\r\n--B--\r\n"u8.ToArray(), "multipart/form-data; boundary=B", host: Foreign));

        Assert.Equal(["form.a=b c", "form.d.x=7", "form.k=v1"], traffic.Uploaded().Values.Select(value => $"{value.Field}={value.Value}"));
    }

    [Fact]
    public void AReadableRequestThatNoRuleKnowsIsUnmappedAndNotOpaque()
    {
        var traffic = new Traffic();
        var view = traffic.Form("/v1/scale/weight/save.json?r=1&t=2", [("userid", "3000000001"), ("wt", "71.35")]);

        Assert.Equal(UploadOutcome.Unmapped, view.Outcome);
        Assert.Equal((1, 0, 1), (traffic.Capture().Uploads, traffic.Capture().Opaque, traffic.Capture().Unmapped));
        Assert.Equal(["form.wt=71.35"], traffic.Uploaded().Values.Select(value => $"{value.Field}={value.Value}"));
        Assert.Contains(traffic.Uploaded().Facts, fact => fact is { Name: "user-id", Value: "3000000001" });
    }

    [Fact]
    public void SecretsAreReplacedWhateverTheHost()
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request(
            "POST", "/x?access_token=c4nary-c4nary-c4nary-1", Encoding.UTF8.GetBytes("{\"user_password\":\"c4nary2\",\"deviceToken\":\"c4nary-c4nary-c4nary-3\",\"in\":\"{\\\"apptoken\\\":[\\\"c4nary-c4nary-c4nary-4\\\"]}\"}"), "application/json", host: Foreign));
        var values = traffic.Uploaded().Values;

        Assert.Equal(4, values.Count);
        Assert.All(values, value => Assert.True(value.IsSecret));
        Assert.DoesNotContain(values, value => value.Value.Contains("c4nary", StringComparison.Ordinal) || value.Endpoint.Contains("c4nary", StringComparison.Ordinal));
        Assert.StartsWith("hmac-sha256:", values.Single(value => value.Field == "$.user_password").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void BrokenJsonKeepsTheValuesBeforeTheBreak()
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request("POST", "/b", "{\"a\":1,\"b\":[2,3"u8.ToArray(), "application/json", host: Foreign));

        // The 3 may be the beginning of 35.
        Assert.Equal(["1", "2"], traffic.Uploaded().Values.Select(value => value.Value));
        Assert.Empty(traffic.Capture().Damages);
    }

    [Fact]
    public void WhatIsKeptDoesNotDependOnTheOrderAndCountsAreExact()
    {
        static Uploaded Read(IEnumerable<int> order)
        {
            var traffic = new Traffic();
            foreach (var i in order)
            {
                var body = string.Create(CultureInfo.InvariantCulture, $"{{\"n\":\"{i % 6_000:00000}{new string('x', 900)}\",\"same\":5}}");
                traffic.Capture().Take(new HttpExchange
                {
                    Number = i + 1,
                    StartedAt = Traffic.Noon,
                    Method = "POST",
                    Scheme = "https",
                    Host = Foreign,
                    Target = "/o",
                    Status = 200,
                    RequestHeaders = [new HttpHeader("Content-Type", "application/json")],
                    RequestBody = new Body(BodyState.Present, Encoding.UTF8.GetBytes(body), body.Length, true),
                });
            }

            return traffic.Uploaded();
        }

        var forwards = Read(Enumerable.Range(0, 8_000));
        var backwards = Read(Enumerable.Range(0, 8_000).Reverse());

        Assert.True(forwards.ValuesAreCut);
        Assert.Equal(forwards.Values, backwards.Values);
        Assert.Equal(8_000, forwards.Values.Single(value => value.Field == "$.same").Count);
        Assert.All(forwards.Values.Where(value => value.Field == "$.n"), value =>
            Assert.Equal(int.Parse(value.Value.AsSpan(0, 5), CultureInfo.InvariantCulture) < 2_000 ? 2 : 1, value.Count));
    }

    [Fact]
    public void NothingIsKeptWhenNobodyWillLook()
    {
        var builder = new UploadedBuilder { KeepsValues = false };
        var capture = new UploadDecoder(Profiles.MiFit, MiSarTracker.Formats.Limits.Default).Open("E-001", builder);
        capture.Take(new Traffic().Request("POST", "/x", "{\"a\":1}"u8.ToArray(), "application/json", host: Foreign));

        Assert.Empty(builder.Build().Values);
    }

    [Fact]
    public void AnUploadThatFailedGivesNoValues()
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request("POST", "/x", "{\"a\":1}"u8.ToArray(), "application/json", host: Foreign, status: 500));

        Assert.Empty(traffic.Uploaded().Values);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
