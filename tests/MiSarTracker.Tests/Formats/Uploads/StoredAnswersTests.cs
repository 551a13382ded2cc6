using System.Globalization;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>What an answer shows that the vendor stores is decoded like an upload, and never taken for one.</summary>
public sealed class StoredAnswersTests
{
    private const string Read = "/v1/data/band_data.json?query_type=detail&userid=3000000001&timezone=Asia%2FKathmandu";

    // Python: base64(json.dumps([{… "tz":"20700","stp":{"ttl":30 …}, "slp":{…}}])).
    private const string Summary = "W3sidiI6IDYsICJ0eiI6ICIyMDcwMCIsICJzdHAiOiB7InR0bCI6IDMwLCAiZGlzIjogMjAsICJjYWwiOiAxfSwgInNscCI6IHsic3QiOiAxNzExNzUxMTAwLCAiZWQiOiAxNzExNzc4NDAwLCAiZHAiOiAxMTMsICJsdCI6IDMzOSwgIndrIjogMywgImR0IjogMCwgInN0YWdlIjogW119fV0=";

    [Theory]
    [InlineData("{\"code\":1,\"data\":[ITEM]}", "\"date_time\":\"2024-03-30\",")]
    [InlineData("{\"code\":1,\"data\":[ITEM]}", "\"dateTime\":\"2024-03-30\",")]
    [InlineData("{\"code\":1,\"data\":{\"2024-03-30\":ITEM}}", "")]
    public void StoredDaysAreDecodedAndKeptApart(string envelope, string date)
    {
        var records = new byte[4320];
        for (var minute = 0; minute < 1440; minute++)
        {
            records[3 * minute] = 0x7E;
        }

        byte[] walk = [1, 30, 10, 1, 30, 20];
        walk.CopyTo(records, 1800);
        var rates = Enumerable.Repeat((byte)254, 1440).ToArray();
        rates[600] = 70;
        var item = $"{{{date}\"uid\":\"3000000001\",\"data_type\":0,\"source\":24,\"device_id\":\"AABBCCFFFEDDEEFF\",\"summary\":\"{Summary}\",\"data_hr\":\"{Convert.ToBase64String(rates)}\",\"data\":\"{Convert.ToBase64String(records)}\"}}";
        var traffic = new Traffic();
        var view = traffic.Get(Read, envelope.Replace("ITEM", item, StringComparison.Ordinal));
        var uploaded = traffic.Uploaded();

        Assert.Equal(UploadOutcome.StoredCopy, view.Outcome);
        Assert.Empty(view.Damages);
        Assert.Empty(uploaded.Minutes);
        Assert.Empty(uploaded.Occurrences);
        Assert.Empty(uploaded.Totals);
        var stored = uploaded.Stored!;
        var steps = Assert.Single(stored.Minutes, day => day.Category == Category.Steps);
        Assert.Equal((new LocalDate(2024, 3, 30), Offset.FromSeconds(20700), "AABBCCFFFEDDEEFF"), (steps.Date, steps.Offset!.Value, steps.Device));
        Assert.Equal([10, 20], steps.Values[600..602]);
        Assert.EndsWith(".data", steps.Origin.Part, StringComparison.Ordinal);
        Assert.Equal(70, stored.Minutes.Single(day => day.Category == Category.HeartRate).Values[600]);
        Assert.Equal(30, stored.Totals.Single(total => total.Name == "steps").Value);
        Assert.Equal(113, stored.Occurrences.Single(one => one.Category == Category.Sleep)["deep"]!.Number);
        Assert.Equal(2, view.Stored[Category.Steps]);
        Assert.False(view.Observations.ContainsKey(Category.Steps));
        Assert.DoesNotContain(uploaded.Facts, fact => fact.Name == "mac-address");
        Assert.Contains(stored.Facts, fact => fact is { Name: "mac-address", Value: "AA:BB:CC:DD:EE:FF" });
    }

    [Fact]
    public void WorkoutsAreReadFromTheListAndTheirSeriesFromTheDetail()
    {
        var traffic = new Traffic();
        traffic.Get("/v1/sport/run/history.json?source=run.mifit.huami.com", """{"code":1,"data":{"next":-1,"summary":[{"trackid":"1543839154","source":"run.mifit.huami.com","type":6,"dis":"3873","calorie":"201","end_time":"1543842292","location":"gc7x3r4k2m1p","city":"Dublin"}]}}""");
        traffic.Get("/v1/sport/run/detail.json?trackid=1543839154&source=run.mifit.huami.com", """{"code":1,"data":{"trackid":1543839154,"source":"run.mifit.huami.com","heart_rate":"8,94;,5;2,2;,-3;"}}""");
        var stored = traffic.Uploaded().Stored!;

        var workout = Assert.Single(stored.Occurrences);
        Assert.Equal(("1543839154", "3873", "6"), (workout.Subject, workout["distance"]!.Display, workout["type"]!.Display));
        Assert.Equal([94, 99, 101, 98], Assert.Single(stored.Series).Values[0]);
        Assert.Contains(stored.Facts, fact => fact is { Name: "geohash", InWorkout: true });
        Assert.Empty(traffic.Uploaded().Series);
    }

    [Fact]
    public void MeasurementsAndWeighingsOfOthersAreToldApart()
    {
        var traffic = new Traffic();
        traffic.Get("/users/3000000001/heartRate?type=2&limit=10", """{"items":[{"type":2,"heartRateData":"TQ==","timeZone":"Europe/Berlin","generatedTime":1711872000}]}""");
        traffic.Get("/users/3000000001/members/-1/weightRecords", """{"items":[{"memberId":"-1","generatedTime":1711872060,"summary":{"weight":71.35,"fatRate":0}},{"memberId":"77","generatedTime":1711872160,"summary":{"weight":60.1,"height":165}},{"memberId":"78","generatedTime":1711872260,"summary":{"weight":0}}]}""");
        var stored = traffic.Uploaded().Stored!;

        Assert.Equal("77", stored.Occurrences.Single(one => one.Category == Category.HeartRate)["bpm"]!.Display);
        Assert.Equal(
            [("", "weight 71.35"), ("member 77", "weight 60.1, height 165")],
            stored.Occurrences.Where(one => one.Category == Category.Body).Select(one => (one.Subject, string.Join(", ", one.Fields.Select(field => $"{field.Name} {field.Display}")))));
    }

    [Fact]
    public void EventsAreDecodedByTheirKind()
    {
        var traffic = new Traffic();
        traffic.Get("/users/3000000001/events?eventType=all_day_stress&timeZone=Europe%2FBerlin&timezone=Europe%2FBerlin", """{"items":[{"timestamp":1711839600000,"minStress":12,"maxStress":80,"avgStress":31,"relaxProportion":60,"data":"[{\"time\":1711872000000,\"value\":33},{\"time\":1711872300000,\"value\":35}]"}]}""");
        traffic.Get("/users/3000000001/events?eventType=blood_oxygen&subType=click&timezone=Europe%2FBerlin", """{"items":[{"timestamp":1711872600000,"extra":"{\"spo2\":97,\"isAuto\":false}"},{"timestamp":1711839600000,"extra":"{\"odi\":1.5,\"odiNum\":3,\"score\":90,\"valid\":1}"}]}""");
        traffic.Get("/users/3000000001/events?eventType=PaiHealthInfo", """{"items":[{"timestamp":1711839600000,"dailyPai":4.5,"totalPai":61.2,"restHr":55}]}""");
        traffic.Get("/users/3000000001/events?eventType=readiness", """{"items":[{"timestamp":1711839600000,"sleepHRV":"48","sleepRHR":"255","hrvScore":"77"}]}""");
        var stored = traffic.Uploaded().Stored!;

        var stress = Assert.Single(stored.Minutes, day => day.Category.Name == "other:stress");
        Assert.Equal((33, 35), (stress.Values[600], stress.Values[605]));
        Assert.Equal(97, Assert.Single(stored.Minutes, day => day.Category.Name == "other:spo2").Values[610]);
        Assert.Equal(
            ["other:pai daily 4.5, total 61.2, resting-heart-rate 55", "other:readiness heart-rate-variability 48, score 77", "other:spo2-sleep odi 1.5, odi-count 3, score 90, valid 1", "other:stress-day minimum 12, maximum 80, average 31, relaxed 60"],
            stored.Occurrences.Select(one => $"{one.Category} {string.Join(", ", one.Fields.Select(field => $"{field.Name} {field.Display}"))}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{\"code\":-50000,\"message\":\"x\"}", 200, "the server answered code -50000")]
    [InlineData("{\"code\":1,\"data\":[]}", 200, "does not show that nothing is stored")]
    [InlineData("{}", 401, "the server answered with status 401")]
    public void AnAnswerThatHoldsNothingSaysWhyAndProvesNothing(string answer, int status, string because)
    {
        var traffic = new Traffic();
        var view = traffic.Get(Read, answer, status: status);

        Assert.Equal(UploadOutcome.StoredCopy, view.Outcome);
        Assert.Contains(because, view.Because, StringComparison.Ordinal);
        Assert.Empty(traffic.Uploaded().Stored?.Minutes ?? []);
    }

    [Fact]
    public void TheProfileAndTheDevicesAreReadBackWithoutTheirKeys()
    {
        var traffic = new Traffic();
        traffic.Get("/users/-/profile", """{"nickName":"Erika","birthday":"1980-05","gender":0,"height":170,"unit":"metric"}""");
        traffic.Get("/users/3000000001/devices", """{"items":[{"macAddress":"AA:BB:CC:DD:EE:FF","sn":"0001","additionalInfo":"{\"auth_key\":\"0123456789abcdef0123456789abcdef\"}"}]}""");
        traffic.Send(traffic.Request("POST", "/v2/client/login", "third_name=huami"u8.ToArray(), "application/x-www-form-urlencoded", host: "account.huami.com", answer: """{"token_info":{"login_token":"t0ken-t0ken-t0ken-t0ken","user_id":"3000000001"}}"""));
        var facts = traffic.Uploaded().Stored!.Facts.Select(fact => $"{fact.Category} {fact.Name} {fact.Value}").ToList();

        Assert.Contains("profile nickname Erika", facts);
        Assert.Contains("profile birthday 1980-05", facts);
        Assert.Contains("profile $.unit metric", facts);
        Assert.Contains("device mac-address AA:BB:CC:DD:EE:FF", facts);
        Assert.Contains("account user-id 3000000001", facts);
        Assert.DoesNotContain(facts, fact => fact.Contains("0123456789abcdef", StringComparison.Ordinal) || fact.Contains("t0ken", StringComparison.Ordinal));
    }

    [Fact]
    public void UploadsAndStoredCopiesOfTheSameDayDoNotReplaceEachOther()
    {
        var traffic = new Traffic();
        traffic.BandData("[{\"date\":\"2024-03-30\",\"data\":[{\"start\":0,\"stop\":0,\"value\":\"ARgK\",\"tz\":4,\"did\":\"A\",\"src\":1}]}]");
        traffic.Get(Read, """{"code":1,"data":[{"date_time":"2024-03-30","device_id":"A","source":1,"data":"ARgU"}]}""");
        var uploaded = traffic.Uploaded();

        Assert.Equal((10, 20), (uploaded.Minutes.Single(day => day.Category == Category.Steps).Values[0], uploaded.Stored!.Minutes.Single(day => day.Category == Category.Steps).Values[0]));
        Assert.Equal(1L, traffic.Capture().Close("00", "har").StoredCopies);
        Assert.Equal("2", string.Create(CultureInfo.InvariantCulture, $"{traffic.Capture().Exchanges}"));
    }
}
