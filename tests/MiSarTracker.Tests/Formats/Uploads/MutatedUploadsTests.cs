using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>Whatever a body or a table holds, the decoder gives observations, damages or an opaque upload, and never throws.</summary>
public sealed class MutatedUploadsTests
{
    public static TheoryData<string, string, string> Bodies => new()
    {
        { "uploads/band.form", "/v1/data/band_data.json", "application/x-www-form-urlencoded" },
        { "uploads/band.multipart", "/v1/data/band_data.json", "multipart/form-data; boundary=----MiFitBoundary7MA4YWxkTrZu0gW" },
        { "uploads/summary.form", "/v1/sport/run/summary.json", "application/x-www-form-urlencoded" },
        { "uploads/detail.form", "/v1/sport/run/detail.json", "application/x-www-form-urlencoded" },
        { "uploads/hr.json", "/users/3000000001/heartRate?type=2", "application/json" },
        { "uploads/weight.form", "/huami.health.scale.save.json", "application/x-www-form-urlencoded" },
        { "uploads/summary.form", "/v1/nobody/knows", "application/x-www-form-urlencoded" },
        { "uploads/hr.json", "/users/3000000001/events?eventType=all_day_stress", "application/json" },
    };

    public static TheoryData<string, string> Answers => new()
    {
        { "/v1/data/band_data.json?userid=3000000001", """{"code":1,"data":[{"date_time":"2024-03-30","source":"24","device_id":"D4000000FFFF0001","data":"ARgKARgU","data_hr":"Rkc=","summary":"eyJ0eiI6IjM2MDAiLCJzdHAiOnsidHRsIjozMH19"}]}""" },
        { "/users/3000000001/events?eventType=all_day_stress", """{"items":[{"timestamp":1711872000000,"avgStress":30,"data":"[{\"time\":1711872000000,\"value\":31}]","extra":"{\"spo2\":97}"}]}""" },
        { "/v1/sport/run/history.json", """{"code":1,"data":{"next":-1,"summary":[{"trackid":"1711818000","source":"s","dis":"817","max_pace":"0.3","min_pace":"0.5"}]}}""" },
        { "/users/1/members/-1/weightRecords", """{"items":[{"memberId":"77","generatedTime":1711872060,"summary":{"weight":60.5,"height":165}}]}""" },
    };

    /// <summary>Mutations that go into one capture: later ones meet what earlier ones left.</summary>
    private const int Batch = 20;

    /// <summary>Mutations of each of the twelve bodies and answers.</summary>
    private static int Mutations { get; } = Fuzz.Inputs(200);

    [Theory]
    [MemberData(nameof(Bodies))]
    public void AnyMutationOfABodyIsTakenForSomething(string sample, string target, string contentType)
    {
        var original = Profiles.Sample(sample);
        var captured = new CapturedRequest(Profiles.MiFit, Limits.Default, Traffic.Key);
        var traffic = new Traffic();
        for (var seed = 0; seed < Mutations; seed++)
        {
            var http = traffic.Request("POST", target, Mutated(original, new Random(seed)), contentType);
            Assert.NotNull(traffic.Send(http));
            if (seed % Batch == Batch - 1)
            {
                Assert.NotEmpty(captured.Body(http, 500));
                Check(traffic.Uploaded());
                traffic = new Traffic();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void AnyMutationOfAnAnswerIsTakenForSomething(string target, string answer)
    {
        var original = Encoding.UTF8.GetBytes(answer);
        var traffic = new Traffic();
        for (var seed = 0; seed < Mutations; seed++)
        {
            var view = traffic.Get(target, Encoding.Latin1.GetString(Mutated(original, new Random(seed))));
            Assert.Equal(UploadOutcome.StoredCopy, view.Outcome);
            if (seed % Batch == Batch - 1)
            {
                Check(traffic.Uploaded());
                traffic = new Traffic();
            }
        }
    }

    private static void Check(Uploaded uploaded)
    {
        foreach (var side in new[] { uploaded, uploaded.Stored ?? new Uploaded() })
        {
            foreach (var day in side.Minutes)
            {
                Assert.False(day.Values.AsSpan().ContainsAnyExceptInRange((short)-1, short.MaxValue));
            }

            Assert.All(side.Series, series => Assert.All(series.Values, column => Assert.Equal(series.Seconds.Length, column.Length)));
        }
    }

    [Fact]
    public void AnyMutationOfAnExportIsMappedOrReported()
    {
        var original = Profiles.Sample("exports/zepp_plain.zip");
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(original));
        var tables = archive.Entries.Where(entry => entry.Length > 0).Select(entry =>
        {
            using var content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return (entry.FullName, Bytes: copy.ToArray());
        }).ToList();

        foreach (var (name, bytes) in tables)
        {
            for (var seed = 0; seed < 60; seed++)
            {
                var builder = new DisclosedBuilder();
                using var mapper = new AnswerMapper(Profiles.MiFit, "R-001", builder, Limits.Default);
                try
                {
                    using var stream = new MemoryStream(Mutated(bytes, new Random(seed)));
                    AnswerReader.Read(stream, Path.GetFileName(name), [], mapper, Limits.Default, TestContext.Current.CancellationToken);
                }
                catch (ImportException)
                {
                    continue;
                }

                mapper.Finish("00", "csv", new LocalDate(2024, 5, 2), Instant.FromUtc(2024, 5, 3, 0, 0));
                Assert.NotNull(builder.Build());
            }
        }
    }

    private static byte[] Mutated(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var i = random.Next(1, 8); i > 0 && bytes.Count > 2; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                case 3:
                    string[] spices = ["\\ud800", "%00", "-", "1e308", "\"", "[[[[", "9999999999999999999", "null", ",;,", "\r\n"];
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(spices[random.Next(spices.Length)]));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
