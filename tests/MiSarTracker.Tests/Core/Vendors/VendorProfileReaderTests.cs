using System.Text;
using System.Text.Json.Nodes;
using MiSarTracker.Core;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Tests.Formats.Uploads;
using Xunit;

namespace MiSarTracker.Tests.Core.Vendors;

public sealed class VendorProfileReaderTests
{
    [Fact]
    public void TheShippedProfileAddressesXiaomiFirstAndWarnsOfTheAnswerOf2019()
    {
        var controller = Profiles.MiFit.DefaultController;

        Assert.Equal("privacy@xiaomi.com", controller.Email);
        Assert.Contains(controller.Notes, note => note is { Warning: true, Date: { Year: 2019, Month: 11, Day: 7 } } && note.Text.Contains("privacy@huami.com", StringComparison.Ordinal));
        Assert.Equal("Autoriteit Persoonsgegevens", Profiles.MiFit.Controllers.Single(one => one.Id == "xiaomi-netherlands").Establishment!.Authority);
        Assert.All(Profiles.MiFit.Controllers, one => Assert.Null(one.Representative));
    }

    [Theory]
    [InlineData("api-mifit-de2.huami.com", "data")]
    [InlineData("api-mifit-us3.zepp.com", "data")]
    [InlineData("account-us2.huami.com", "login")]
    [InlineData("api-user.zepp.com", "registration")]
    [InlineData("api-watch.huami.com", "watch")]
    [InlineData("app-analytics.huami.com", "analytics")]
    [InlineData("hm.xiaomi.com", "data")]
    [InlineData("de.hlth.io.mi.com", "data")]
    [InlineData("s3-us-west-2.amazonws.com", "login redirect")]
    [InlineData("huami.com.evil.example", null)]
    [InlineData("nothuami.com", null)]
    public void HostsAreKnownByTheirRole(string host, string? role) => Assert.Equal(role, Profiles.MiFit.Host(host)?.Role);

    [Fact]
    public void EveryRuleOfTheShippedProfileSaysHowCertainItIs()
    {
        var reasons = Profiles.MiFit.Uploads.Select(rule => rule.Because).Concat(Profiles.MiFit.Exports.Select(rule => rule.Because));
        Assert.All(reasons.Where(reason => !reason.StartsWith("without ", StringComparison.Ordinal)), reason =>
            Assert.Matches(@"\[[VSU]\]", reason));
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "controllers/0/emial", "\"x@example.org\"", "$.controllers[0].emial" },
        { "hosts/0/match", "\"(\"", "$.hosts[0].match" },
        { "uploads/0/because", "\" \"", "$.uploads[0].because" },
        { "uploads/0/decoder", "\"huami-moon-phase\"", "$.uploads[0].decoder" },
        { "uploads/0/kind", "\"guess\"", "$.uploads[0].kind" },
        { "controllers/1/default", "true", "$.controllers" },
        { "controllers/0/country", "\"Germany\"", "$.controllers[0].country" },
        { "controllers/0/email", "\"x@example.org\\r\\nBcc: y@example.org\"", "$.controllers[0].email" },
        { "exports/0/category", "\"moon\"", "$.exports[0].category" },
        { "exports/0/required", "[\"moon\"]", "$.exports[0].required[0]" },
        { "products/0", "null", "$.products[0]" },
        { "defaultController", "7", "$.defaultController" },
        { "tolerances/0/unit", "\"percent\"", "$.tolerances[0].unit" },
        { "exports/0/each", "\"@.rows\"", "$.exports[0].each" },
        { "samples/0/file", "\"/etc/passwd\"", "$.samples[0].file" },
        { "samples/0/expect", "{\"moon\":1}", "$.samples[0].expect.moon" },
        { "tolerances/0/amount", "-1", "$.tolerances[0].amount" },
        { "cutOff/0/match", "\"[0-9]+\"", "$.cutOff[0].match" },
        { "common/0/fields", "[]", "$.common[0]" },
        { "exports/6/values", "{\"LIGHT\":\"dozing\"}", "$.exports[6].values.LIGHT" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AFaultIsRefusedWithItsPath(string place, string value, string path)
    {
        var json = JsonNode.Parse(Profiles.MiFitJson)!;
        var steps = place.Split('/');
        var node = json;
        foreach (var step in steps[..^1])
        {
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        }

        if (int.TryParse(steps[^1], out var last))
        {
            node[last] = JsonNode.Parse(value);
        }
        else
        {
            node[steps[^1]] = JsonNode.Parse(value);
        }

        var refused = Assert.Throws<BadInput>(() => Read(json.ToJsonString()));
        Assert.Equal(path, refused.Where);
        Assert.Equal("p.json", refused.InputName);
    }

    [Fact]
    public void AMissingReasonIsRefused()
    {
        var json = JsonNode.Parse(Profiles.MiFitJson)!;
        json["uploads"]![0]!.AsObject().Remove("because");

        var refused = Assert.Throws<BadInput>(() => Read(json.ToJsonString()));
        Assert.Equal("$.uploads[0]", refused.Where);
        Assert.Contains("because", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}")]
    public void WhatIsNoProfileIsRefused(string json) => Assert.Throws<BadInput>(() => Read(json));

    [Fact]
    public void AToleranceIsFoundByCategoryAndField()
    {
        Assert.Equal(4, Profiles.MiFit.Tolerance(Category.Sleep, "end")!.Amount);
        Assert.Null(Profiles.MiFit.Tolerance(Category.Steps, "end"));
    }

    private static VendorProfile Read(string json) => VendorProfileReader.Read(Encoding.UTF8.GetBytes(json), "p.json");
}
