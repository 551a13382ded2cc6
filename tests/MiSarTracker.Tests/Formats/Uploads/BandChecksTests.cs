using System.Globalization;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>What a day says of itself is held against its minutes, and what does not fit is said without being an error.</summary>
public sealed class BandChecksTests
{
    [Theory]
    [InlineData(300, false)]
    [InlineData(310, false)]
    [InlineData(340, true)]
    [InlineData(200, true)]
    public void ATotalThatDoesNotFitItsMinutesIsSaid(int total, bool isSaid)
    {
        var view = Send(new Traffic(), $"\\\"stp\\\":{{\\\"ttl\\\":{total}}}", unsynced: 0);

        Assert.Equal(isSaid, view.Remarks.Any(remark => remark.Contains($"the total is {total} steps, the minutes come to 300", StringComparison.Ordinal)));
        Assert.Empty(view.Damages);
    }

    [Fact]
    public void MinutesThatAreStillMissingExplainAHigherTotalAndNeverALowerOne()
    {
        Assert.Empty(Send(new Traffic(), "\\\"stp\\\":{\\\"ttl\\\":900}", unsynced: 5).Remarks);
        Assert.Single(Send(new Traffic(), "\\\"stp\\\":{\\\"ttl\\\":100}", unsynced: 5).Remarks);
    }

    [Fact]
    public void AStretchAndANightThatDoNotFitAreSaid()
    {
        var traffic = new Traffic();
        var view = Send(traffic, "\\\"stp\\\":{\\\"ttl\\\":300,\\\"stage\\\":[{\\\"start\\\":600,\\\"stop\\\":601,\\\"mode\\\":1,\\\"step\\\":200},{\\\"start\\\":602,\\\"stop\\\":602,\\\"mode\\\":1,\\\"step\\\":400}]},\\\"slp\\\":{\\\"st\\\":1711751100,\\\"ed\\\":1711778400,\\\"dp\\\":100,\\\"lt\\\":100,\\\"wk\\\":3}", unsynced: 0);

        Assert.Equal(2, view.Remarks.Count);
        Assert.Contains(view.Remarks, remark => remark.Contains("stage[1]: it states 400 steps, its minutes come to 100", StringComparison.Ordinal));
        Assert.Contains(view.Remarks, remark => remark.Contains("the night lasts 455 minutes", StringComparison.Ordinal));
        Assert.Equal(1, traffic.Capture().Remarked);
    }

    [Theory]
    [InlineData(23, "+05:45")]
    [InlineData(-14, "-03:30")]
    [InlineData(51, "+12:45")]
    public void OffsetsAreQuartersOfAnHour(int quarters, string offset)
    {
        var traffic = new Traffic();
        traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data\":[{{\"start\":0,\"stop\":0,\"value\":\"ARgK\",\"tz\":{quarters},\"did\":\"A\",\"src\":1}}]}}]");

        Assert.Equal(offset, traffic.Uploaded().Minutes[0].Offset!.Value.ToString("+HH:mm", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2024-03-31", 8, true)]
    [InlineData("2024-10-27", 4, true)]
    [InlineData("2024-06-01", 8, false)]
    public void ADayOnWhichTheClocksChangedIsNamed(string date, int quarters, bool isNamed)
    {
        var view = new Traffic().BandData($"[{{\"date\":\"{date}\",\"data\":[{{\"start\":0,\"stop\":0,\"value\":\"ARgK\",\"tz\":{quarters},\"did\":\"A\",\"src\":1}}]}}]");

        Assert.Equal(isNamed, view.Remarks.Any(remark => remark.Contains("clocks of Europe/Berlin changed", StringComparison.Ordinal)));
    }

    [Fact]
    public void RecordsAndSummaryOnTwoClocksAreNamed()
    {
        var view = new Traffic().BandData("[{\"date\":\"2024-06-01\",\"data\":[{\"start\":0,\"stop\":0,\"value\":\"ARgK\",\"tz\":8,\"did\":\"A\",\"src\":1}],\"summary\":\"{\\\"tz\\\":\\\"3600\\\"}\"}]");

        Assert.Contains("the records say UTC+02, the summary UTC+01", Assert.Single(view.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void TheAncestorOfBandDataIsReadTheSameWay()
    {
        var traffic = new Traffic();
        var form = "userid=3000000001&data_type=0&data_len=1&security=abc&data_json=" + Uri.EscapeDataString("[{\"date\":\"2015-06-01\",\"data\":[{\"start\":0,\"stop\":0,\"value\":\"ARgK\",\"tz\":32,\"did\":\"A\",\"src\":0}]}]");
        var view = traffic.Send(traffic.Request("POST", "/huami.health.receiveData.json", System.Text.Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded", host: "hm.xiaomi.com"))!;

        Assert.Equal(("receive-data", UploadOutcome.Decoded), (view.EndpointId, view.Outcome));
        Assert.Equal((10, Offset.FromHours(8)), (traffic.Uploaded().Minutes.Single(day => day.Category == Category.Steps).Values[0], traffic.Uploaded().Minutes[0].Offset!.Value));
    }

    [Fact]
    public void FourByteRecordsCarryTheHeartRateAndInvalidOnesNothing()
    {
        byte[] records = [0x01, 30, 75, 88, 0xFF, 0xFF, 0xFF, 255, 0x5B, 1, 0, 254];
        var traffic = new Traffic();
        traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data\":[{{\"start\":10,\"stop\":12,\"value\":\"{Convert.ToBase64String(records)}\",\"tz\":4,\"did\":\"X\",\"src\":1}}]}}]");
        short[] Of(Category category) => traffic.Uploaded().Minutes.Single(day => day.Category == category).Values[10..13];

        Assert.Equal([75, -1, -1], Of(Category.Steps));
        Assert.Equal([88, -1, -1], Of(Category.HeartRate));
        Assert.Equal([0x01, -1, 0x5B], Of(Category.ActivityKind));
    }

    [Fact]
    public void ADeletedMeasurementIsNotHeldAgainstTheVendor()
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request("POST", "/users/3000000001/heartRate", """[{"heartRateData":"TQ==","generatedTime":1711872000,"deviceId":"A"},{"heartRateData":"Tg==","generatedTime":1711872060,"deviceId":"A"}]"""u8.ToArray(), "application/json"));
        var view = traffic.Send(traffic.Request("DELETE", "/v1/data/heart_rate.json?userid=3000000001&timestamp_list=%5B1711872000%5D", [], "", Traffic.Noon + Duration.FromHours(1)))!;

        Assert.Equal("heart-rate-delete", view.EndpointId);
        Assert.Equal("78", Assert.Single(traffic.Uploaded().Occurrences)["bpm"]!.Display);
    }

    private static DecodedUpload Send(Traffic traffic, string summary, int unsynced)
    {
        var records = new byte[4320];
        for (var minute = 0; minute < unsynced; minute++)
        {
            records[3 * minute] = 0x7E;
        }

        for (var minute = 600; minute < 603; minute++)
        {
            (records[3 * minute], records[(3 * minute) + 2]) = (1, 100);
        }

        return traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data\":[{{\"start\":0,\"stop\":1439,\"value\":\"{Convert.ToBase64String(records)}\",\"tz\":4,\"did\":\"A\",\"src\":1}}],\"summary\":\"{{{summary}}}\"}}]");
    }
}
