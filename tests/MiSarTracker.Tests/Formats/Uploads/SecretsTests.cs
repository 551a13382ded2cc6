using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

public sealed class SecretsTests
{
    private static readonly HttpHeader[] SecretHeaders =
        [new("apptoken", "c4nary-1"), new("Cookie", "serviceToken=c4nary-2; a=b"), new("Authorization", "Bearer c4nary-3"), new("X-Api-Token", "c4nary-4")];

    public static TheoryData<string, string> Bodies => new()
    {
        { "application/x-www-form-urlencoded", "state=x&password=c4nary%21&apptoken=c4nary-5&data=%7B%22auth_key%22%3A%22c4nary-6%22%7D" },
        { "application/json", "{\"password\":\"c4nary\\\"c4nary\",\"auth_key\" : \"c4nary-7\",\"code\":31337,\"additionalInfo\":\"{\\\"auth_key\\\":\\\"c4nary-8\\\",\\\"n\\\":1}\"}" },
        { "application/json", "{\"ok\":1,\"access_token\":\"c4nary-cut-o" },
        { "application/json", "not json, but \"password\": \"c4nary\" all the same" },
        { "multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"password\"\r\nContent-Length: 6\r\n\r\nc4nary-9\r\n--B--\r\n" },
        { "text/plain", "grant=1&refresh_token=c4nary-10" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void NoSecretIsShownAsCaptured(string contentType, string body)
    {
        var traffic = new Traffic();
        var http = traffic.Request("POST", "/registrations/erika%40c4nary.example/tokens?access=c4nary-0", Encoding.UTF8.GetBytes(body), contentType, host: "api-user.huami.com", headers: SecretHeaders);
        var captured = new CapturedRequest(Profiles.MiFit, Limits.Default, Traffic.Key);
        var everything = string.Join('\n', captured.Head(http)) + captured.Body(http, 10_000);

        Assert.DoesNotContain("c4nary", everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("31337", everything, StringComparison.Ordinal);
        Assert.Contains("sha256:", captured.Body(http, 10_000), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoSecretIsShownByteForByte()
    {
        var traffic = new Traffic();
        const string Body = "userid=3000000001&data_json=%5B%7B%22date%22%3A%222024-03-30%22%7D%5D&note=a+b%2Bc";
        var http = traffic.Request("POST", "/v1/data/band_data.json", Encoding.UTF8.GetBytes(Body), "application/x-www-form-urlencoded");

        Assert.Equal(Body, new CapturedRequest(Profiles.MiFit, Limits.Default, Traffic.Key).Body(http, 10_000));
    }

    [Fact]
    public void BytesAreShownInHexAndThoseOfASignInNotAtAll()
    {
        var traffic = new Traffic();
        var captured = new CapturedRequest(Profiles.MiFit, Limits.Default, Traffic.Key);

        Assert.Equal("000000  00 01 fe ff", captured.Body(traffic.Request("POST", "/x", [0, 1, 0xFE, 0xFF], "application/octet-stream"), 100));
        Assert.StartsWith("(not shown", captured.Body(traffic.Request("POST", "/v2/registrations/tokens", [0, 1, 0xFE, 0xFF], "application/octet-stream"), 100), StringComparison.Ordinal);
    }

    // Python: hmac.new(bytes(range(32)), b'pa55w0rd!', 'sha256'), and of b'erika@example.org'.
    [Fact]
    public void WhatCouldBeGuessedIsCommittedToUnderTheCasesKey()
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request("POST", "/registrations/erika%40example.org/tokens", "password=pa55w0rd%21"u8.ToArray(), "application/x-www-form-urlencoded", host: "api-user.huami.com"));
        var facts = traffic.Uploaded().Facts;

        Assert.Equal("hmac-sha256:961d81e77570ab4899c9f92ffe66d111b625313f0ca66380faed566637610070", facts.Single(fact => fact.Name == "password").Value);
        Assert.Equal("hmac-sha256:c5187a0dbf9a62b3263103a2d424ff4d4c384f77cc4917b23e1d11794a300f47", facts.Single(fact => fact.Name == "registration-contact").Value);
    }

    [Fact]
    public void EqualSecretsStayRecognisableInOneCaseAndNotAcrossCases()
    {
        static string Of(byte[]? key)
        {
            var builder = new MiSarTracker.Core.Observations.UploadedBuilder();
            var capture = new UploadDecoder(Profiles.MiFit, Limits.Default, key).Open("E-001", builder);
            capture.Take(new Traffic().Request("POST", "/registrations/e%40x.example/tokens", "password=1234"u8.ToArray(), "application/x-www-form-urlencoded", host: "api-user.huami.com"));
            return builder.Build().Facts.Single(fact => fact.Name == "password").Value;
        }

        Assert.Equal(Of(Traffic.Key), Of(Traffic.Key));
        Assert.NotEqual(Of(Traffic.Key), Of(new byte[32]));
        Assert.NotEqual(Of(null), Of(null));
    }

    [Fact]
    public void ThePathOfTheSecondVersionOfRegistrationsIsNoSecret()
    {
        var traffic = new Traffic();
        var view = traffic.Send(traffic.Request("POST", "/v2/registrations/tokens", [1, 2, 3, 0xFF], "application/octet-stream", host: "api-user.huami.com"))!;

        Assert.EndsWith("/v2/registrations/tokens", view.Url, StringComparison.Ordinal);
        Assert.Equal(UploadOutcome.Opaque, view.Outcome);
    }
}
