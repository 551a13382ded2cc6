using System.Text.Json;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

public sealed class SampleCapturesTests
{
    public static TheoryData<string> WholeCaptures =>
        ["captures/mifit-upload-http1.v17.mitm", "captures/mifit-upload-http1.hardump-8.1.1.har"];

    [Theory]
    [MemberData(nameof(WholeCaptures))]
    public void EveryMinuteOfTheSampleIsDecodedAsTheAppEncodedIt(string capture)
    {
        var traffic = new Traffic();
        traffic.Read(capture);
        var uploaded = traffic.Uploaded();

        using var expected = JsonDocument.Parse(Profiles.Sample("uploads/expected_days.json"));
        foreach (var day in expected.RootElement.EnumerateArray())
        {
            var date = LocalDate.FromDateTime(DateTime.Parse(day.GetProperty("date").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
            var part = day.GetProperty("data")[0];
            var records = Convert.FromBase64String(part.GetProperty("value").GetString()!);
            var rates = Convert.FromBase64String(day.GetProperty("data_hr").GetString()!);
            var steps = Day(uploaded, Category.Steps, date);
            var kinds = Day(uploaded, Category.ActivityKind, date);
            var intensities = Day(uploaded, Category.ActivityIntensity, date);
            var heartRates = Day(uploaded, Category.HeartRate, date);
            Assert.Equal(part.GetProperty("tz").GetInt32() * 15 * 60, steps.Offset!.Value.Seconds);
            Assert.Equal("D4000000FFFF0001", steps.Device);
            for (var minute = 0; minute < 1440; minute++)
            {
                var (kind, intensity, count) = (records[3 * minute], records[(3 * minute) + 1], records[(3 * minute) + 2]);
                var isAbsent = (kind == 0x7E && intensity == 0 && count == 0) || (kind == 0xFF && intensity == 0xFF && count == 0xFF);
                Assert.Equal(isAbsent || count == 0 ? MinuteDay.None : count, steps.Values[minute]);
                Assert.Equal(isAbsent ? MinuteDay.None : kind, kinds.Values[minute]);
                Assert.Equal(isAbsent ? MinuteDay.None : intensity, intensities.Values[minute]);
                Assert.Equal(rates[minute] is >= 1 and <= 253 ? rates[minute] : MinuteDay.None, heartRates.Values[minute]);
            }

            Assert.Equal(rates.Count(rate => rate == 254), heartRates.Unsynced);
            Assert.Equal(Enumerable.Range(0, 1440).Count(minute => records[3 * minute] == 0x7E), steps.Unsynced);
        }
    }

    [Theory]
    [MemberData(nameof(WholeCaptures))]
    public void TotalsNightsAndStagesAreThoseOfTheSummaries(string capture)
    {
        var traffic = new Traffic();
        traffic.Read(capture);
        var uploaded = traffic.Uploaded();

        Assert.Equal(
            [("2024-03-30", 270m), ("2024-03-31", 95m)],
            uploaded.Totals.Where(total => total.Name == "calories").Select(total => ($"{total.Date:uuuu-MM-dd}", total.Value)));
        Assert.Equal([7724m, 2725m], uploaded.Totals.Where(total => total.Name == "steps").Select(total => total.Value));
        Assert.Equal([5561m, 1962m], uploaded.Totals.Where(total => total.Name == "distance").Select(total => total.Value));
        Assert.Equal([3049m, 0m], uploaded.Totals.Where(total => total.Name == "run-distance").Select(total => total.Value));
        Assert.All(uploaded.Totals.Where(total => total.Date == new LocalDate(2024, 3, 31)), total => Assert.True(total.LowerBound));

        var nights = uploaded.Occurrences.Where(one => one.Category == Category.Sleep).ToList();
        Assert.Equal([1711751100, 1711836720], nights.Select(night => night.Start.Instant!.Value.ToUnixTimeSeconds()));
        Assert.Equal([1711778400, 1711863900], nights.Select(night => night.End!.Value.Instant!.Value.ToUnixTimeSeconds()));
        Assert.Equal([(113m, 339m, 3m, 55m), (113m, 337m, 3m, 55m)], nights.Select(night => (
            night["deep"]!.Number!.Value, night["light"]!.Number!.Value, night["awake"]!.Number!.Value, night["resting-heart-rate"]!.Number!.Value)));

        var stages = uploaded.Occurrences.Where(one => one.Category == Category.SleepStage).ToList();
        Assert.Equal(["deep", "awake", "light", "deep", "awake", "light"], stages.Select(stage => stage["stage"]!.Text));
        Assert.Equal(nights[0].Start, stages[0].Start);
        Assert.Equal(nights[0].End, stages[2].End);
        Assert.Equal(nights[1].Start, stages[3].Start);
        Assert.Equal(nights[1].End, stages[5].End);

        var stretches = uploaded.Occurrences.Where(one => one.Category == Category.ActivityKind).ToList();
        Assert.Equal([1903m, 1586m, 4235m, 1894m, 831m], stretches.Select(stretch => stretch["steps"]!.Number!.Value));
        Assert.Equal(new LocalDateTime(2024, 3, 30, 8, 0), stretches[0].Start.Local);
        Assert.Equal(new LocalDateTime(2024, 3, 30, 8, 20), stretches[0].End!.Value.Local);
    }

    [Theory]
    [MemberData(nameof(WholeCaptures))]
    public void TheRunIsDecodedWithEachSeriesOnItsOwnClock(string capture)
    {
        var traffic = new Traffic();
        traffic.Read(capture);
        var uploaded = traffic.Uploaded();

        var run = Assert.Single(uploaded.Occurrences, one => one.Category == Category.Workout);
        Assert.Equal("1711818000", run.Subject);
        Assert.Equal(1711818000, run.Start.Instant!.Value.ToUnixTimeSeconds());
        Assert.Equal(1711818300, run.End!.Value.Instant!.Value.ToUnixTimeSeconds());
        Assert.Equal(Offset.FromHours(1), run.Start.Offset);
        var fields = run.Fields.ToDictionary(field => field.Name, field => field.Display);
        Assert.Equal("817", fields["distance"]);
        Assert.Equal("61", fields["calories"]);
        Assert.Equal("280", fields["duration"]);
        Assert.Equal("1", fields["type"]);
        Assert.Equal("0.35", fields["pace-average"]);
        Assert.Equal("0.31", fields["pace-fastest"]);
        Assert.Equal("0.52", fields["pace-slowest"]);
        Assert.Equal("121", fields["heart-rate-average"]);
        Assert.Equal("811", fields["steps"]);
        Assert.False(fields.ContainsKey("forefoot_ratio"));
        Assert.False(fields.ContainsKey("userid"));

        var track = Assert.Single(uploaded.Series, series => series.Category == Category.WorkoutTrack);
        Assert.Equal("1711818000", track.Subject);
        Assert.Equal(61, track.Seconds.Length);
        Assert.Equal(60, SampleCounts.Of(track));
        Assert.True(double.IsNaN(track.Values[0][30]));
        Assert.Equal(52.5, track.Values[0][0], 9);
        Assert.Equal(13.4, track.Values[1][0], 9);
        Assert.Equal(52.5 + Differences("longitude_latitude", 0), track.Values[0][60], 9);
        Assert.Equal(13.4 + Differences("longitude_latitude", 1), track.Values[1][60], 9);
        Assert.Equal(300, track.Seconds[60]);

        var rates = Assert.Single(uploaded.Series, series => series.Category.Name == "other:workout-heart-rate");
        Assert.Equal(92, rates.Values[0][0]);
        Assert.Equal(129, rates.Values[0][^1]);
        var gait = Assert.Single(uploaded.Series, series => series.Category.Name == "other:workout-gait");
        Assert.Equal(811, gait.Values[0].Sum());
        var distance = Assert.Single(uploaded.Series, series => series.Category.Name == "other:workout-distance");
        Assert.Equal(817, distance.Values[0][^1]);
        var altitude = Assert.Single(uploaded.Series, series => series.Category.Name == "other:workout-altitude");
        Assert.Equal(34, altitude.Values[0][0]);
        Assert.True(double.IsNaN(altitude.Values[0][10]));
        var pace = Assert.Single(uploaded.Series, series => series.Category.Name == "other:workout-pace");
        Assert.Equal(0.36, pace.Values[0][60], 9);
    }

    [Fact]
    public void EveryExchangeOfTheSampleIsTakenForWhatItIs()
    {
        var traffic = new Traffic();
        var views = traffic.Read("captures/mifit-upload-http1.v17.mitm");

        Assert.Equal(
        [
            (1, "login", UploadOutcome.Decoded),
            (2, "band-data", UploadOutcome.Decoded),
            (3, "band-data", UploadOutcome.Decoded),
            (4, "band-data", UploadOutcome.Decoded),
            (5, "workout-summary", UploadOutcome.Decoded),
            (6, "workout-detail", UploadOutcome.Decoded),
            (7, "heart-rate", UploadOutcome.Decoded),
            (8, "scale", UploadOutcome.Decoded),
            (9, "encrypted", UploadOutcome.Opaque),
            (10, "band-data-read", UploadOutcome.StoredCopy),
        ], views.Take(10).Select(view => ((int)view.Exchange, view.EndpointId!, view.Outcome)));
        Assert.Equal(11, traffic.Capture().Exchanges);
        Assert.Equal(9, traffic.Capture().Uploads);
        Assert.Equal(1, traffic.Capture().Opaque);
        Assert.Equal(1, traffic.Capture().StoredCopies);
        Assert.Empty(traffic.Capture().Damages);
        var hosts = traffic.Uploaded().Hosts;
        Assert.Equal((1, 1), hosts.Where(host => host.Host == "api-mifit-de2.zepp.com").Select(host => (host.Uploads, host.Opaque)).Single());
        Assert.Equal(768, hosts.Single(host => host.Host == "api-mifit-de2.zepp.com").Bytes);
    }

    [Fact]
    public void ManualHeartRateWeighingIdentifiersAndPlacesAreThere()
    {
        var traffic = new Traffic();
        traffic.Read("captures/mifit-upload-http1.v17.mitm");
        var uploaded = traffic.Uploaded();

        var manual = Assert.Single(uploaded.Occurrences, one => one.Category == Category.HeartRate);
        Assert.Equal("manual", manual.Subject);
        Assert.Equal("77", manual["bpm"]!.Display);
        Assert.Equal(1711872000, manual.Start.Instant!.Value.ToUnixTimeSeconds());
        Assert.Equal(Offset.FromHours(2), manual.Start.Offset);
        var weighing = Assert.Single(uploaded.Occurrences, one => one.Category == Category.Body);
        Assert.Equal("", weighing.Subject);
        Assert.Equal(1711872060, weighing.Start.Instant!.Value.ToUnixTimeSeconds());
        Assert.Equal(
            "weight 71.35, height 178, bmi 22.5, fat-rate 19.8, muscle 54.2, bone-mass 3.01, metabolism 1620, visceral-fat 7, water-rate 55.1, impedance 512, score 88",
            string.Join(", ", weighing.Fields.Select(field => $"{field.Name} {field.Display}")));

        string[] Values(Category category, string name) =>
            [.. uploaded.Facts.Where(fact => fact.Category == category && fact.Name == name).Select(fact => fact.Value)];
        Assert.Equal(["3000000001"], Values(Category.Account, "user-id"));
        Assert.Equal(["5C000000FFFF00A1", "D4000000FFFF0001"], Values(Category.Device, "device-id"));
        Assert.Equal(["00000000test"], Values(Category.Device, "serial-number"));
        Assert.Equal(["0000000000a1"], Values(Category.Device, "installation-id"));
        Assert.Equal(["u33d8t1x2m4c"], Values(Category.Location, "geohash"));
        Assert.Equal(["Berlin"], Values(Category.Location, "place"));
        Assert.Equal(["Europe/Berlin"], Values(Category.Network, "time-zone"));
        Assert.Equal(["DE"], Values(Category.Network, "country"));
        Assert.Equal(["+01:00", "+02:00"], Values(Category.Network, "utc-offset"));
        Assert.Equal(["huami"], Values(Category.Account, "login-provider"));
        Assert.Empty(Values(Category.Device, "phone-id"));
        Assert.Equal(["MiFit/5.9.2 (synthetic; Android 11; Density/2.75)"], Values(Category.Network, "user-agent"));
        Assert.All(uploaded.Facts.Where(fact => fact.Category == Category.Location), fact => Assert.True(fact.InWorkout));
        Assert.True(uploaded.Facts.Single(fact => fact.Name == "serial-number").Identifies);
    }

    [Fact]
    public void TheSameUploadsInTwoCapturesCountOnce()
    {
        var once = new Traffic();
        once.Read("captures/mifit-upload-http1.v17.mitm");
        var twice = new Traffic();
        twice.Read("captures/mifit-upload-http1.hardump-8.1.1.har", "E-002");
        twice.Read("captures/mifit-upload-http1.v17.mitm", "E-001");

        Assert.Equal(SampleCounts.Of(once.Uploaded()), SampleCounts.Of(twice.Uploaded()));
    }

    [Fact]
    public void HttpToolkitsDroppedBodyIsOpaqueAndTheRestIsDecoded()
    {
        var traffic = new Traffic();
        var views = traffic.Read("captures/mifit-upload.httptoolkit.har");

        Assert.Contains(views, view => view is { Outcome: UploadOutcome.Opaque, EndpointId: null } && view.Because.Length > 0);
        Assert.Equal(2, traffic.Uploaded().Minutes.Count(day => day.Category == Category.HeartRate));
        Assert.Contains(traffic.Uploaded().Hosts, host => host.Refused > 0);
    }

    private static double Differences(string field, int column)
    {
        using var run = JsonDocument.Parse(Profiles.Sample("uploads/expected_run.json"));
        var elements = run.RootElement.GetProperty("detail").GetProperty(field).GetString()!.Split(';', StringSplitOptions.RemoveEmptyEntries);
        return elements.Skip(1).Sum(element => long.Parse(element.Split(',')[column], System.Globalization.CultureInfo.InvariantCulture)) / 1e8;
    }

    private static MinuteDay Day(Uploaded uploaded, Category category, LocalDate date) =>
        Assert.Single(uploaded.Minutes, day => day.Category == category && day.Date == date);
}
