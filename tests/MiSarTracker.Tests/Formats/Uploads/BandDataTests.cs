using System.Globalization;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

public sealed class BandDataTests
{
    private static readonly byte[] NotSynced = [0x7E, 0, 0];
    private static readonly byte[] Invalid = [0xFF, 0xFF, 0xFF];

    [Fact]
    public void UnsyncedAndInvalidMinutesAreAbsentAndTheirStepsDoNotCount()
    {
        var traffic = new Traffic();
        traffic.BandData(Day("2024-01-01", Records([0x01, 30, 75], NotSynced, Invalid, [0x50, 12, 0])));
        var uploaded = traffic.Uploaded();

        var steps = One(uploaded, Category.Steps);
        Assert.Equal([75, -1, -1, -1], steps.Values[..4]);
        Assert.Equal([0x01, -1, -1, 0x50], One(uploaded, Category.ActivityKind).Values[..4]);
        Assert.Equal([30, -1, -1, 12], One(uploaded, Category.ActivityIntensity).Values[..4]);
        Assert.Equal(1 + 1436, steps.Unsynced);
    }

    [Fact]
    public void HeartRatesOf0And254And255AreNoSamplesAndOnly254IsUnsynced()
    {
        var rates = Enumerable.Repeat((byte)255, 1440).ToArray();
        (rates[0], rates[1], rates[2], rates[3], rates[4]) = (1, 0, 253, 254, 255);
        var traffic = new Traffic();
        traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data_hr\":\"{Convert.ToBase64String(rates)}\"}}]");

        var day = One(traffic.Uploaded(), Category.HeartRate);
        Assert.Equal([1, -1, 253, -1, -1], day.Values[..5]);
        Assert.Equal(1, day.Unsynced);
    }

    [Theory]
    [InlineData(-20, -5)]
    [InlineData(32, 8)]
    [InlineData(4, 1)]
    public void TheRecordsZoneIsInQuarterHours(int quarters, int hours)
    {
        var traffic = new Traffic();
        traffic.BandData(Day("2024-01-01", Records([0x01, 30, 75]), tz: quarters));

        Assert.Equal(Offset.FromHours(hours), One(traffic.Uploaded(), Category.Steps).Offset);
    }

    [Theory]
    [InlineData("\"-21600\"")]
    [InlineData("-21600")]
    public void WithoutItTheSummarysSecondsCount(string seconds)
    {
        var traffic = new Traffic();
        traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data_hr\":\"{Convert.ToBase64String(new byte[] { 70 })}\",\"summary\":\"{{\\\"tz\\\":{seconds.Replace("\"", "\\\"", StringComparison.Ordinal)}}}\"}}]");

        Assert.Equal(Offset.FromHours(-6), One(traffic.Uploaded(), Category.HeartRate).Offset);
    }

    [Fact]
    public void RecordsOfEightBytesCarryTheHeartRate()
    {
        byte[] records = [0x01, 30, 75, 88, 0, 0, 0, 0, 0x7E, 0, 0, 254, 0, 0, 0, 0, 0x50, 1, 0, 61, 0, 0, 0, 0];
        var traffic = new Traffic();
        traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data\":[{{\"start\":600,\"stop\":602,\"value\":\"{Convert.ToBase64String(records)}\",\"tz\":4,\"did\":\"X\",\"src\":1}}]}}]");
        var uploaded = traffic.Uploaded();

        Assert.Equal([75, -1, -1], One(uploaded, Category.Steps).Values[600..603]);
        Assert.Equal([88, -1, 61], One(uploaded, Category.HeartRate).Values[600..603]);
    }

    [Fact]
    public void TheStatedRecordSizeDecidesWhenTheValueIsShorterThanItsRange()
    {
        var records = new byte[8 * 540];
        records[8 * 100 + 2] = 42;
        var traffic = new Traffic();
        traffic.BandData($"[{{\"date\":\"2024-01-01\",\"summary\":\"{{\\\"byteLength\\\":8}}\",\"data\":[{{\"start\":0,\"stop\":1439,\"value\":\"{Convert.ToBase64String(records)}\",\"tz\":4}}]}}]");

        Assert.Equal(42, One(traffic.Uploaded(), Category.Steps).Values[100]);
    }

    [Fact]
    public void RecordsOfNoKnownSizeAreReportedAndTheRestOfTheDayIsKept()
    {
        var traffic = new Traffic();
        var view = traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data_hr\":\"Rg==\",\"data\":[{{\"start\":0,\"stop\":1,\"value\":\"{Convert.ToBase64String(new byte[10])}\"}}]}}]");

        Assert.Equal("exchange 1", Assert.Single(view.Damages).At);
        Assert.Equal(70, One(traffic.Uploaded(), Category.HeartRate).Values[0]);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\\/")]
    [InlineData("\\u002f\\u002B")]
    [InlineData("\\r\\n")]
    public void Base64SurvivesWhatFormsAndJsonWritersDoToIt(string kind)
    {
        var value = new byte[1440];
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = (byte)(i % 2 == 0 ? 0xFB : 0xEF);
        }

        var text = Convert.ToBase64String(value);
        Assert.Contains('+', text);
        text = kind switch
        {
            " " => text.Replace('+', ' '),
            "\\/" => text.Replace("/", "\\/", StringComparison.Ordinal),
            "\\r\\n" => string.Concat(text.Chunk(76).Select(line => new string(line) + "\\r\\n")),
            _ => text.Replace("+", "\\u002b", StringComparison.Ordinal).Replace("/", "\\u002F", StringComparison.Ordinal),
        };
        var traffic = new Traffic();
        var view = traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data_hr\":\"{text.TrimEnd('=')}\"}}]");

        Assert.Empty(view.Damages);
        Assert.Equal(1440, SampleCounts.Of(One(traffic.Uploaded(), Category.HeartRate)));
        Assert.Equal((251, 239), (One(traffic.Uploaded(), Category.HeartRate).Values[0], One(traffic.Uploaded(), Category.HeartRate).Values[1]));
    }

    // The real night of the published description: asleep on 2 August 23:51, awake on 3 August 07:15, at UTC+2.
    [Theory]
    [InlineData("2019-08-02", 1431)]
    [InlineData("2019-08-03", 1431)]
    public void StagesCountFromWhicheverMidnightFitsTheNight(string label, int firstMinute)
    {
        var start = Instant.FromUtc(2019, 8, 2, 21, 51).ToUnixTimeSeconds();
        var end = Instant.FromUtc(2019, 8, 3, 5, 15).ToUnixTimeSeconds();
        var summary = string.Create(CultureInfo.InvariantCulture, $"{{\\\"tz\\\":\\\"7200\\\",\\\"slp\\\":{{\\\"st\\\":{start},\\\"ed\\\":{end},\\\"dp\\\":100,\\\"lt\\\":344,\\\"wk\\\":0,\\\"stage\\\":[{{\\\"start\\\":{firstMinute},\\\"stop\\\":1530,\\\"mode\\\":5}},{{\\\"start\\\":1531,\\\"stop\\\":1874,\\\"mode\\\":4}}]}}}}");
        var traffic = new Traffic();
        traffic.BandData($"[{{\"date\":\"{label}\",\"summary\":\"{summary}\"}}]");
        var stages = traffic.Uploaded().Occurrences.Where(one => one.Category == Category.SleepStage).ToList();

        Assert.Equal(["deep", "light"], stages.Select(stage => stage["stage"]!.Text));
        Assert.Equal(Instant.FromUnixTimeSeconds(start), stages[0].Start.Instant);
        Assert.Equal(Instant.FromUnixTimeSeconds(end), stages[1].End!.Value.Instant);
    }

    [Fact]
    public void AnEmptyNightIsNoNight()
    {
        var traffic = new Traffic();
        traffic.BandData("[{\"date\":\"2018-05-05\",\"summary\":\"{\\\"tz\\\":\\\"7200\\\",\\\"slp\\\":{\\\"st\\\":1525384800,\\\"ed\\\":1525384800,\\\"dp\\\":0,\\\"lt\\\":0}}\"}]");

        Assert.Empty(traffic.Uploaded().Occurrences);
    }

    [Fact]
    public void TheSameNightUnderTwoLabelsIsOneNight()
    {
        static string Night(string label, long st, long ed, int deep) => string.Create(
            CultureInfo.InvariantCulture, $"[{{\"date\":\"{label}\",\"summary\":\"{{\\\"tz\\\":\\\"7200\\\",\\\"slp\\\":{{\\\"st\\\":{st},\\\"ed\\\":{ed},\\\"dp\\\":{deep},\\\"lt\\\":300}}}}\"}}]");

        var traffic = new Traffic();
        traffic.BandData(Night("2019-08-03", 1564782660, 1564809300, 111), Traffic.Noon + Duration.FromHours(1));
        traffic.BandData(Night("2019-08-02", 1564782660, 1564805000, 100));

        Assert.Equal(111, Assert.Single(traffic.Uploaded().Occurrences)["deep"]!.Number);
    }

    [Fact]
    public void ALaterUploadWithoutHeartRatesDoesNotEraseThoseOfAnEarlierOne()
    {
        var traffic = new Traffic();
        traffic.BandData($"[{{\"date\":\"2024-01-01\",\"data_hr\":\"{Convert.ToBase64String(new byte[] { 70, 71 })}\",\"data\":[{{\"start\":0,\"stop\":0,\"value\":\"ARgK\",\"tz\":4,\"did\":\"A\",\"src\":1}}]}}]");
        traffic.BandData("[{\"date\":\"2024-01-01\",\"data\":[{\"start\":0,\"stop\":0,\"value\":\"ARgU\",\"tz\":4,\"did\":\"A\",\"src\":1}]}]", Traffic.Noon + Duration.FromHours(1));
        var uploaded = traffic.Uploaded();

        Assert.Equal((20, 1), (One(uploaded, Category.Steps).Values[0], One(uploaded, Category.Steps).EarlierVersions));
        Assert.Equal((70, 0), (One(uploaded, Category.HeartRate).Values[0], One(uploaded, Category.HeartRate).EarlierVersions));
    }

    [Fact]
    public void ACutListOfDaysKeepsTheDaysBeforeTheCut()
    {
        var whole = Day("2024-01-01", Records([0x01, 30, 75])).TrimEnd(']');
        var traffic = new Traffic();
        var view = traffic.BandData(whole + ",{\"date\":\"2024-01-02\",\"data\":[{\"sta");

        Assert.Equal(UploadOutcome.Decoded, view.Outcome);
        Assert.StartsWith("data_json[1]: it is no JSON from here on", Assert.Single(view.Damages).Reason, StringComparison.Ordinal);
        Assert.Equal(75, One(traffic.Uploaded(), Category.Steps).Values[0]);
    }

    [Fact]
    public void TheBandsBluetoothAddressFollowsFromItsId()
    {
        var traffic = new Traffic();
        traffic.BandData("[]", device: "AABBCCFFFEDDEEFF");
        var mac = traffic.Uploaded().Facts.Single(fact => fact.Name == "mac-address");

        Assert.Equal(("AA:BB:CC:DD:EE:FF", true), (mac.Value, mac.Identifies));
    }

    [Fact]
    public void ADayOfTwoDevicesIsTwoDays()
    {
        var traffic = new Traffic();
        traffic.BandData("[{\"date\":\"2024-01-01\",\"data\":[{\"start\":0,\"stop\":0,\"value\":\"ARgK\",\"tz\":4,\"did\":\"A\",\"src\":1},{\"start\":0,\"stop\":0,\"value\":\"ARgU\",\"tz\":4,\"did\":\"-1\",\"src\":7}]}]");

        Assert.Equal([(null, 20), ("A", 10)], traffic.Uploaded().Minutes.Where(day => day.Category == Category.Steps).Select(day => (day.Device, (int)day.Values[0])));
    }

    [Fact]
    public void TotalsOfADayThatWasNotCompleteAreLowerBounds()
    {
        static string WithTotal(string value) => $"[{{\"date\":\"2024-01-01\",\"data\":[{{\"start\":0,\"stop\":1439,\"value\":\"{value}\",\"tz\":4}}],\"summary\":\"{{\\\"stp\\\":{{\\\"ttl\\\":75}}}}\"}}]";
        var complete = Enumerable.Repeat(new byte[] { 0x50, 0, 0 }, 1440).SelectMany(record => record).ToArray();
        var traffic = new Traffic();
        traffic.BandData(WithTotal(Convert.ToBase64String(complete)));
        Assert.False(traffic.Uploaded().Totals.Single().LowerBound);

        NotSynced.CopyTo(complete, 3 * 1000);
        var later = new Traffic();
        later.BandData(WithTotal(Convert.ToBase64String(complete)));
        Assert.True(later.Uploaded().Totals.Single().LowerBound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[1,2,3]")]
    [InlineData("[{\"date\":\"\\ud800\"}]")]
    [InlineData("[{\"date\":\"2024-01-01\",\"data\":7,\"summary\":\"{\",\"data_hr\":5}]")]
    [InlineData("[{\"date\":\"2024-01-01\",\"data\":[{\"start\":-5,\"value\":\"AAAA\"},{\"start\":1e99,\"value\":\"AAAA\"},3]}]")]
    public void NonsenseCostsItselfAndNothingThrows(string dataJson)
    {
        var traffic = new Traffic();
        traffic.BandData(dataJson);

        Assert.Empty(traffic.Uploaded().Minutes);
    }

    private static byte[] Records(params byte[][] first)
    {
        var all = Enumerable.Repeat(NotSynced, 1440).ToArray();
        first.CopyTo(all, 0);
        return [.. all.SelectMany(record => record)];
    }

    private static string Day(string date, byte[] records, int tz = 4) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{{\"date\":\"{date}\",\"data\":[{{\"start\":0,\"stop\":1439,\"value\":\"{Convert.ToBase64String(records)}\",\"tz\":{tz},\"did\":\"AABBCCFFFEDDEEFF\",\"src\":24}}]}}]");

    private static MinuteDay One(Uploaded uploaded, Category category) => Assert.Single(uploaded.Minutes, day => day.Category == category);
}
