using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Observations;

public sealed class DisclosedBuilderTests
{
    private static readonly LocalDate Date = new(2024, 1, 1);

    [Fact]
    public void ARowThatRepeatsIsARepetitionAndOneThatDisagreesAConflict()
    {
        var builder = new DisclosedBuilder();
        var day = builder.Minutes("R-001", "HR.csv", Category.HeartRate, null, Date);
        Assert.True(day.Add(433, 107, 2));
        Assert.False(day.Add(433, 107, 9));
        Assert.False(day.Add(433, 99, 12));
        var disclosed = builder.Build();

        Assert.Equal(107, disclosed.Minutes.Single().Values[433]);
        var again = Assert.Single(disclosed.Duplicates);
        Assert.Equal(("107", 2L, 9L, 1), (again.Value, again.First.Number, again.Again.Number, again.Count));
        Assert.Equal(new LocalDateTime(2024, 1, 1, 7, 13), again.At!.Value.Local);
        var conflict = Assert.Single(disclosed.Conflicts);
        Assert.Equal(("107", "99", 2L, 12L), (conflict.FirstValue, conflict.OtherValue, conflict.First.Number, conflict.Other.Number));
    }

    [Fact]
    public void AnArchiveThatIsSentTwiceIsOneStretchOfRepetitionsPerDay()
    {
        var builder = new DisclosedBuilder();
        foreach (var exhibit in new[] { "R-002", "R-001" })
        {
            builder.Exhibit(new AnswerExhibit(exhibit, "", "csv", Date, 1, Instant.MinValue, null, null));
            var day = builder.Minutes(exhibit, "HR.csv", Category.HeartRate, null, Date);
            for (var minute = 0; minute < 1440; minute += 5)
            {
                day.Add(minute, (short)(60 + (minute % 7)), 2 + (minute / 5));
            }
        }

        var disclosed = builder.Build();
        var together = AnswersTogether.Of(disclosed.Minutes, disclosed.Exhibits);
        Assert.Equal("R-001", Assert.Single(together.Minutes).Origin.Exhibit);
        var again = Assert.Single(together.Repeated);
        Assert.Equal((288, 2L, 2L, "R-002"), (again.Count, again.First.Number, again.Again.Number, again.Again.Exhibit));
        Assert.Equal(new LocalDateTime(2024, 1, 1, 23, 55), again.Until!.Value.Local);
    }

    [Fact]
    public void TwoArchivesThatShareADayEachGiveTheMinutesThatTheOtherLacks()
    {
        var builder = new DisclosedBuilder();
        builder.Minutes("R-002", "HR.csv", Category.HeartRate, null, Date).Add(1, 70, 2);
        builder.Minutes("R-001", "HR.csv", Category.HeartRate, null, Date).Add(0, 60, 2);
        var disclosed = builder.Build();

        Assert.Equal([("R-001", 60, -1), ("R-002", -1, 70)], disclosed.Minutes.Select(day => (day.Origin.Exhibit, (int)day.Values[0], (int)day.Values[1])));
        Assert.Empty(disclosed.Duplicates);
    }

    [Fact]
    public void TheOrderOfRowsAndMembersChangesNothing()
    {
        var rows = new List<(string Member, int Minute, short Value, int Line)>();
        var random = new Random(11);
        for (var line = 2; line < 60; line++)
        {
            rows.Add((line % 3 == 0 ? "a.csv" : "b.csv", random.Next(12), (short)(60 + random.Next(3)), line));
        }

        string Shown(IEnumerable<(string Member, int Minute, short Value, int Line)> order)
        {
            var builder = new DisclosedBuilder();
            foreach (var (member, minute, value, line) in order)
            {
                builder.Minutes("R-001", member, Category.HeartRate, null, Date).Add(minute, value, line);
                builder.Occurrence(new Occurrence(
                    Category.Body, Moment.Bare(Date.AtMidnight().PlusMinutes(minute)), null, [Field.Of("weight", value)], Origin.InAnswer("R-001", member, line)));
            }

            var built = builder.Build();
            return string.Join('\n',
            [
                .. built.Minutes.Select(day => $"{day.Origin} {string.Join(',', day.Values[..12])} {string.Join(',', day.Lines![..12])}"),
                .. built.Occurrences.Select(one => $"{one.Start} {one.Fields[0].Display} {one.Origin}"),
                .. built.Duplicates.Select(row => row.ToString()),
                .. built.Conflicts.Select(row => row.ToString()),
            ]);
        }

        var expected = Shown(rows);
        for (var seed = 0; seed < 40; seed++)
        {
            var shuffle = new Random(seed);
            Assert.Equal(expected, Shown(rows.OrderBy(_ => shuffle.Next())));
        }
    }

    [Fact]
    public void SeveralMeasurementsWithinAMinuteNeitherRepeatNorContradictEachOther()
    {
        var builder = new DisclosedBuilder();
        var day = builder.Minutes("R-001", "HR.csv", Category.HeartRate, Offset.Zero, Date);
        day.Add(10, 60, 2, 5);
        day.Add(10, 64, 3, 35);
        day.Add(11, 61, 4, 0);
        day.Add(11, 61, 5, 0);
        var disclosed = builder.Build();

        Assert.Equal([60, 61], disclosed.Minutes.Single().Values[10..12]);
        Assert.Empty(disclosed.Conflicts);
        Assert.Equal(5, Assert.Single(disclosed.Duplicates).Again.Number);
    }

    [Fact]
    public void AnotherPersonOnTheScaleIsToldApartByTheProfilesHeight()
    {
        var builder = new DisclosedBuilder();
        builder.TellPersonsApart(Category.Body, "height");
        builder.Fact(new Fact(Category.Profile, "height", "178.0", Origin.InAnswer("R-001", "USER.csv", 2)));
        foreach (var (minute, height) in new[] { (1, 165m), (2, 165m), (3, 178m) })
        {
            builder.Occurrence(new Occurrence(
                Category.Body, Moment.Bare(Date.AtMidnight().PlusMinutes(minute)), null, [Field.Of("height", height)], Origin.InAnswer("R-001", "BODY.csv", minute)));
        }

        Assert.Equal(["height 165", "height 165", ""], builder.Build().Occurrences.Select(one => one.Subject));
    }

    [Fact]
    public void TenYearsOfMinutesAreBuiltInLittleTimeAndMemory()
    {
        var before = GC.GetTotalMemory(true);
        var builder = new DisclosedBuilder();
        var line = 1;
        for (var i = 0; i < 3650; i++)
        {
            var day = builder.Minutes("R-001", "HR.csv", Category.HeartRate, null, Date.PlusDays(i));
            for (var minute = 0; minute < 1440; minute++)
            {
                day.Add(minute, 70, ++line);
            }
        }

        var disclosed = builder.Build();
        Assert.Equal(3650 * 1440, SampleCounts.Of(disclosed)[Category.HeartRate]);
        Assert.InRange(GC.GetTotalMemory(true) - before, 0, 50 << 20);
        GC.KeepAlive(disclosed);
    }
}
