using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

public sealed class WorkoutTests
{
    private const string Track = "1543839154";

    [Fact]
    public void PositionsFollowTheWorkedExample()
    {
        var series = Detail(("longitude_latitude", "5250000000,1340000000;1208,1056;;933,-431;"), ("time", "0;5;5;5;")).Series.Single();

        Assert.Equal([0, 5, 10, 15], series.Seconds);
        Assert.Equal([52.5, 52.50001208, double.NaN, 52.50002141], series.Values[0].Select(value => Math.Round(value, 8)));
        Assert.Equal([13.4, 13.40001056, double.NaN, 13.40000625], series.Values[1].Select(value => Math.Round(value, 8)));
    }

    [Fact]
    public void HeartRatesFollowTheWorkedExample()
    {
        var series = Detail(("heart_rate", "8,94;,5;2,2;,-3;")).Series.Single();

        Assert.Equal([8, 9, 11, 12], series.Seconds);
        Assert.Equal([94, 99, 101, 98], series.Values[0]);
    }

    [Fact]
    public void APauseIsAStretchWithItsType()
    {
        var pause = Detail(("pause", "1543839154,890,-1,-1,2;")).Occurrences.Single();

        Assert.Equal(("other:workout-pause", 890L, "2"), (
            pause.Category.Name, (long)(pause.End!.Value.Instant!.Value - pause.Start.Instant!.Value).TotalSeconds, pause["type"]!.Display));
    }

    [Fact]
    public void GeohashesInLapsArePlacesWithinAWorkout()
    {
        var places = Detail(("kilo_pace", "0,595,gc7x3r,297,107,1486;1,600,gc7x9z,310,110,2086;")).Facts.Where(fact => fact.Category == Category.Location).ToList();

        Assert.Equal(["gc7x3r", "gc7x9z"], places.Select(place => place.Value));
        Assert.All(places, place => Assert.True(place.InWorkout));
    }

    [Fact]
    public void LapsAreStretchesOfTheWorkoutByTheirElapsedTime()
    {
        var stretches = Detail(("kilo_pace", "0,595,gc7x3r,297,107,595;1,600,gc7x9z,310,110,1195;"), ("lap", "0,300,1000.5,gc7x3r,120,300,20,5,3;")).Occurrences;

        Assert.Equal(
            ["other:workout-kilo-pace 0-595: number 0, duration 595, heart-rate-average 107", "other:workout-kilo-pace 595-1195: number 1, duration 600, heart-rate-average 110", "other:workout-lap 0-300: number 0, duration 300, distance 1000.5, heart-rate-average 120, altitude-ascend 5, altitude-descend 3"],
            stretches.Select(one => $"{one.Category} {Seconds(one.Start)}-{Seconds(one.End!.Value)}: {string.Join(", ", one.Fields.Select(field => $"{field.Name} {field.Display}"))}").Order(StringComparer.Ordinal));
        static long Seconds(Moment at) => at.Instant!.Value.ToUnixTimeSeconds() - 1543839154;
    }

    [Fact]
    public void FurtherAltitudesAndFlagsShareTheClockOfThePositions()
    {
        var series = Detail(("time", "0;5;5;"), ("air_pressure_altitude", "3400;-2000000;0;"), ("correct_altitude", "100;200;300"), ("flag", "1;0;1;")).Series;

        double[] Of(string category) => series.Single(one => one.Category.Name == category).Values[0];
        Assert.Equal([34, double.NaN, 0], Of("other:workout-pressure-altitude"));
        Assert.Equal([1, 2, 3], Of("other:workout-corrected-altitude"));
        Assert.Equal([1, 0, 1], Of("other:workout-flag"));
        Assert.All(series, one => Assert.Equal([0, 5, 10], one.Seconds));
    }

    [Theory]
    [InlineData("1464739200", double.NaN)]
    [InlineData("1543839154", 0)]
    public void AnAltitudeOfZeroWasNoneUntilAugust2016(string track, double expected)
    {
        var traffic = new Traffic();
        traffic.Form("/v1/sport/run/detail.json", [("trackid", track), ("source", "s"), ("time", "0;"), ("altitude", "0;")]);

        Assert.Equal(expected, traffic.Uploaded().Series.Single().Values[0][0]);
    }

    [Fact]
    public void ADamagedElementEndsItsSeriesAndNoOther()
    {
        var traffic = new Traffic();
        var view = SendDetail(traffic, ("heart_rate", "8,94;x,5;2,2;"), ("gait", "0,0,0,0;5,13,82,156;"));
        var series = traffic.Uploaded().Series;

        Assert.Equal(1, SampleCounts.Of(series.Single(one => one.Category.Name == "other:workout-heart-rate")));
        Assert.Equal(2, SampleCounts.Of(series.Single(one => one.Category.Name == "other:workout-gait")));
        Assert.Contains("heart_rate: element 1 ('x,5')", Assert.Single(view.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesBeyondTheClockHaveNoTimeAndAreReported()
    {
        var traffic = new Traffic();
        var view = SendDetail(traffic, ("longitude_latitude", "5250000000,1340000000;1208,1056;1,1;"), ("time", "0;5;"));

        Assert.Equal(2, traffic.Uploaded().Series.Single().Seconds.Length);
        Assert.Single(view.Damages);
    }

    [Fact]
    public void SwappedPacesComeOutTheSame()
    {
        static string Shown(string max, string min)
        {
            var traffic = new Traffic();
            traffic.Form("/v1/sport/run/summary.json", [("trackid", Track), ("source", "run.watch.huami.com"), ("max_pace", max), ("min_pace", min)]);
            var workout = traffic.Uploaded().Occurrences.Single();
            return $"{workout["pace-fastest"]!.Display} {workout["pace-slowest"]!.Display}";
        }

        Assert.Equal("0.31 0.52", Shown("0.31", "0.52"));
        Assert.Equal(Shown("0.31", "0.52"), Shown("0.52", "0.31"));
    }

    [Fact]
    public void AChangeAppliesToTheWorkoutWhicheverIsReadFirst()
    {
        foreach (var isChangeFirst in new[] { false, true })
        {
            var traffic = new Traffic();
            var create = traffic.Request("POST", "/v1/sport/run/summary.json", Bytes($"trackid={Track}&source=s&dis=3000&calorie=61"), "application/x-www-form-urlencoded");
            var change = traffic.Request("PUT", "/v1/sport/run/summary.json", Bytes($"trackid={Track}&source=s&dis=3100"), "application/x-www-form-urlencoded", Traffic.Noon + Duration.FromHours(1));
            foreach (var http in isChangeFirst ? new[] { change, create } : [create, change])
            {
                traffic.Send(http);
            }

            var workout = traffic.Uploaded().Occurrences.Single();
            Assert.Equal(("3100", "61"), (workout["distance"]!.Display, workout["calories"]!.Display));
        }
    }

    [Fact]
    public void ADeletedWorkoutIsNotHeldAgainstTheVendor()
    {
        var traffic = new Traffic();
        traffic.Form("/v1/sport/run/summary.json", [("trackid", Track), ("source", "s"), ("dis", "3000")]);
        SendDetail(traffic, ("heart_rate", "8,94;"));
        traffic.Send(traffic.Request("DELETE", $"/v1/sport/run/summary.json?trackid={Track}&source=s", [], "", Traffic.Noon + Duration.FromHours(1)));

        Assert.Empty(traffic.Uploaded().Occurrences);
        Assert.Empty(traffic.Uploaded().Series);
    }

    [Fact]
    public void AWeighingOfAnotherPersonIsToldApart()
    {
        var traffic = new Traffic();
        traffic.Form("/huami.health.scale.save.json", [("jsondata", "[{\"fuid\":\"-1\",\"ts\":1711872060,\"wt\":71.35,\"ht\":178,\"fr\":0,\"im\":-1},{\"fuid\":\"77\",\"ts\":1711872160,\"wt\":60.1,\"ht\":165}]")]);

        Assert.Equal(
            [("", "weight 71.35, height 178"), ("member 77", "weight 60.1, height 165")],
            traffic.Uploaded().Occurrences.Select(one => (one.Subject, string.Join(", ", one.Fields.Select(field => $"{field.Name} {field.Display}")))));
    }

    [Fact]
    public void WeighingsByFamilyMemberAreToldApart()
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request("POST", "/users/3000000001/members/77/weightRecords", """[{"memberId":"-1","generatedTime":1711872060,"summary":{"weight":71.3}},{"memberId":77,"generatedTime":1711872061,"summary":{"weight":60.1,"impedance":-1}}]"""u8.ToArray(), "application/json"));

        Assert.Equal([("", "71.3"), ("member 77", "60.1")], traffic.Uploaded().Occurrences.Select(one => (one.Subject, one["weight"]!.Display)));
    }

    private static Uploaded Detail(params (string Name, string Value)[] fields)
    {
        var traffic = new Traffic();
        var view = SendDetail(traffic, fields);
        Assert.Equal(UploadOutcome.Decoded, view.Outcome);
        Assert.Empty(view.Damages);
        return traffic.Uploaded();
    }

    private static DecodedUpload SendDetail(Traffic traffic, params (string Name, string Value)[] fields) =>
        traffic.Form("/v1/sport/run/detail.json", [("trackid", Track), ("source", "s"), ("timezone", "Europe/Dublin"), .. fields]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
