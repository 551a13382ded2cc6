using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Tests.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

public sealed class MapperFuzzTests
{
    private static readonly int Inputs = Fuzz.Inputs(2_000);

    private static readonly string[] Values =
    [
        "", "null", "-1", "0", "254", "70", "70.5", "1e400", "99999999999999999999999999", "NaN", "2024-03-30", "30.03.2024", "03/30/24", "2024-13-45", "07:13", "24:00", "7:5",
        "2024-03-30 07:13:05+0000", "1711782000", "1711782000000", "1711782000.0", "-9223372036854775808", "[]", "{}", "{\"bpm\":61,\"time\":1711782000}", "{\"bpm\":", "[{\"start\":1,\"stop\":2}]",
        "{\"items\":[{\"start_time\":1711782000,\"end_time\":9e99}],\"bedtime\":1711782000,\"wake_up_time\":1711792000,\"timezone\":\"99999\"}", "heart_rate", "sleep", "daily_report", "steps", "LIGHT", "\"", "\uD83D\uDE00", "\\u", "a\0b",
    ];

    private static readonly string[] Json =
    [
        "[", "]", "{", "}", ",", ":", "null", "true", "\"\"", "\"\\ud800\"", "\"\\u00e4\"", "-1", "1e999", "61", "\"03/30/24 07:00:05\"", "\"2024-03-30T07:00:00.0\"", "\"dateTime\"", "\"value\"", "\"bpm\"", "\"levels\"", "\"data\"", "[[[[[[[[[[[[", "// c\n",
    ];

    /// <summary>Whatever stands in an answer's files, the mapper takes it or reports it.</summary>
    [Fact]
    public void OddTablesAndDocumentsAreMappedOrReportedAndNothingElse()
    {
        var random = new Random(20261122);
        VendorProfile[] profiles = [Profiles.MiFit, Shipped("fitbit"), Shipped("garmin-connect")];
        var samples = Samples();
        var (rows, refused) = (0L, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var profile = profiles[i % profiles.Length];
            var (name, bytes) = i % 2 == 0 ? Table(profile, random) : Document(samples, random);
            var builder = new DisclosedBuilder();
            using var mapper = new AnswerMapper(profile, "R-001", builder, Limits.Default);
            using var stream = new MemoryStream(bytes);
            try
            {
                AnswerReader.Read(stream, name, [], mapper, Limits.Default, TestContext.Current.CancellationToken);
            }
            catch (ImportException)
            {
                refused++;
            }

            mapper.Finish("00", "csv", new LocalDate(2024, 5, 2), Instant.FromUtc(2024, 5, 3, 0, 0));
            builder.Build();
            rows += mapper.Members.Sum(member => member.Rows);
        }

        Assert.True(rows > Inputs && refused < Inputs / 20, $"{rows} rows, {refused} refused");
    }

    private static VendorProfile Shipped(string id) =>
        VendorProfileReader.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "templates", "vendors", id + ".json")), id);

    private static (string Name, byte[] Bytes) Table(VendorProfile profile, Random random)
    {
        var tables = profile.Exports.Where(rule => rule.Each is null).ToList();
        if (tables.Count == 0)
        {
            tables = [.. Profiles.MiFit.Exports.Where(rule => rule.Each is null)];
        }

        var rule = tables[random.Next(tables.Count)];
        var header = JsonColumns.NamesOf(rule).Select(column => column.Split('.')[0]).Distinct().Where(_ => random.Next(12) > 0).Append("extra").ToList();
        var text = new StringBuilder(string.Join(',', header)).Append('\n');
        for (var row = random.Next(1, 5); row > 0; row--)
        {
            text.AppendJoin(',', header.Select(_ => "\"" + Values[random.Next(Values.Length)].Replace("\"", "\"\"", StringComparison.Ordinal) + "\"")).Append('\n');
        }

        return (NameFor(rule), Encoding.UTF8.GetBytes(text.ToString()));
    }

    // A name that the rule's expression fits, found by taking its longest plain part.
    private static string NameFor(ExportRule rule)
    {
        var plain = System.Text.RegularExpressions.Regex.Matches(rule.Member.ToString(), "[A-Za-z_ ]{3,}[A-Za-z0-9]*").Select(match => match.Value).OrderByDescending(part => part.Length).First();
        return plain + ".csv";
    }

    private static List<(string Name, string Text)> Samples() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "templates", "vendors", "samples"), "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllText(path))),
    ];

    private static (string Name, byte[] Bytes) Document(List<(string Name, string Text)> samples, Random random)
    {
        var (name, whole) = samples[random.Next(samples.Count)];
        var text = new StringBuilder(whole);
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var at = random.Next(Math.Max(1, text.Length));
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(Math.Min(at, text.Length), Math.Min(random.Next(1, 30), text.Length - Math.Min(at, text.Length)));
                    break;
                case 1:
                    text.Insert(at, Json[random.Next(Json.Length)]);
                    break;
                case 2:
                    text.Append((char)random.Next(0x20, 0x7F))[at] = (char)random.Next(0x20, 0x7F);
                    break;
                default:
                    text.Length = Math.Min(at + 1, text.Length);
                    break;
            }
        }

        var bytes = Encoding.UTF8.GetBytes(text.Append(' ').ToString());
        bytes[random.Next(bytes.Length)] = random.Next(5) == 0 ? (byte)random.Next(256) : bytes[0];
        return (name, bytes);
    }
}
