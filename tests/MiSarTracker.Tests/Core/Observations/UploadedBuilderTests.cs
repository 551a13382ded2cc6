using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Observations;

public sealed class UploadedBuilderTests
{
    private static readonly LocalDate Date = new(2024, 1, 1);
    private static readonly SourceDay Day = new("user", "band", "24", Date);

    [Fact]
    public void TheOrderOfUploadsChangesNothing()
    {
        var expected = Shown(Shuffled(0));

        for (var seed = 1; seed < 40; seed++)
        {
            Assert.Equal(expected, Shown(Shuffled(seed)));
        }
    }

    [Fact]
    public void OfEqualTimesTheLaterFileCounts_AndAnUnknownTimeNeverReplacesAKnownOne()
    {
        var builder = new UploadedBuilder();
        builder.Minutes(Day, Category.Steps, Seen(10, "E-002", 1), "p", null, Minutes(2), 0);
        builder.Minutes(Day, Category.Steps, Seen(10, "E-001", 9), "p", null, Minutes(1), 0);
        builder.Minutes(Day, Category.Steps, new Sighting(null, "E-003", 1), "p", null, Minutes(3), 0);
        var day = builder.Build().Minutes.Single();

        Assert.Equal((2, 2, "E-002"), (day.Values[0], day.EarlierVersions, day.Origin.Exhibit));
    }

    [Fact]
    public void MergedMinutesKeepTheLatestValueOfEach()
    {
        var builder = new UploadedBuilder();
        foreach (var (hour, values) in new[] { (12, new short[] { 5, -1, 7 }), (10, [1, 2, 3]), (11, [-1, 4, -1]) })
        {
            var all = Minutes();
            values.CopyTo(all, 0);
            builder.Minutes(Day, Category.HeartRate, Seen(hour), "p", null, all, 0, MinuteMerging.MergeMinutes);
        }

        Assert.Equal([5, 4, 7, -1], builder.Build().Minutes.Single().Values[..4]);
    }

    [Fact]
    public void ADayThatWasUploadedOftenHoldsOneArray()
    {
        var builder = new UploadedBuilder();
        var values = Minutes(1);
        builder.Minutes(Day, Category.Steps, Seen(0, exchange: 0), "p", null, values, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i <= 1000; i++)
        {
            builder.Minutes(Day, Category.Steps, Seen(0, exchange: i), "p", null, values, 0);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(1000, builder.Build().Minutes.Single().EarlierVersions);
    }

    private static Uploaded Shuffled(int seed)
    {
        var acts = new List<Action<UploadedBuilder>>();
        for (var i = 0; i < 12; i++)
        {
            var (hour, exhibit, exchange) = (i % 5, $"E-00{1 + (i % 2)}", (long)i);
            var seen = Seen(hour, exhibit, exchange);
            var start = Moment.At(Instant.FromUtc(2024, 1, 1, 22, 10 * (i % 3)), Offset.Zero);
            var night = new Occurrence(Category.Sleep, start, Moment.At(Instant.FromUtc(2024, 1, 2, 6, i), Offset.Zero), [Field.Of("deep", i)], Origin.InUpload(exhibit, exchange, "slp"));
            acts.Add(builder => builder.Minutes(Day, Category.Steps, seen, "p", null, Minutes((short)(100 + exchange)), 0));
            acts.Add(builder => builder.Minutes(Day, Category.HeartRate, seen, "p", null, Minutes((short)(50 + exchange)), 0, MinuteMerging.MergeMinutes));
            acts.Add(builder => builder.Occurrences(new GroupKey("user|band", $"sleep/{exchange % 4}"), seen, [night]));
            acts.Add(builder => builder.Amend(new GroupKey("user|band", "sleep/1"), seen, [Field.Of("light", exchange)]));
            acts.Add(builder => builder.Total(Day, seen, new DailyTotal(Category.Steps, Date, "steps", exchange, Origin.InUpload(exhibit, exchange, "stp"))));
            acts.Add(builder => builder.Fact(seen, new Fact(Category.Device, "device-id", $"v{exchange % 3}", Origin.InUpload(exhibit, exchange, "did"))));
            acts.Add(builder => builder.Traffic($"h{exchange % 2}", seen.SeenAt, true, false, false, 10));
        }

        var random = new Random(seed);
        var builder = new UploadedBuilder();
        foreach (var act in seed == 0 ? acts : [.. acts.OrderBy(_ => random.Next())])
        {
            act(builder);
        }

        return builder.Build();
    }

    private static string Shown(Uploaded uploaded) => string.Join('\n',
    [
        .. uploaded.Minutes.Select(day => $"{day.Category} {day.Date} {day.Values[0]} {day.Origin} {day.EarlierVersions} {day.SeenAt}"),
        .. uploaded.Occurrences.Select(one => $"{one.Category} {one.Start} {one.End} {one.Origin} {string.Join(',', one.Fields.Select(field => field.Name + field.Display))}"),
        .. uploaded.Totals.Select(total => total.ToString()),
        .. uploaded.Facts.Select(fact => fact.ToString()),
        .. uploaded.Hosts.Select(host => host.ToString()),
    ]);

    private static Sighting Seen(int hour, string exhibit = "E-001", long exchange = 1) => new(Instant.FromUtc(2024, 1, 2, hour, 0), exhibit, exchange);

    private static short[] Minutes(params short[] first)
    {
        var values = new short[MinuteDay.MinutesPerDay];
        Array.Fill(values, MinuteDay.None);
        first.CopyTo(values, 0);
        return values;
    }
}
