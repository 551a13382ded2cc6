using System.Globalization;
using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Tests.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

/// <summary>Rows that are read where they lie say the same as rows that are split into fields first.</summary>
public sealed class PlainRowsTests
{
    private static readonly string[] Odd =
    [
        "2024-03-30,07:13,\"72\"", "\"2024-03-30\",07:13,72", "2024-03-30, 07:13 ,72", "2024-03-30,7:13,72", "2024-03-30,07:13:25,72", "2024-03-30,24:00,72", "2024-03-30,23:60,72",
        "2024-03-30,07:13,72.0", "2024-03-30,07:13,", "2024-03-30,07:13,0", "2024-03-30,07:13,254", "2024-03-30,07:13,-1", "2024-03-30,07:13,00072", "2024-03-30,07:13,70000", "2024-03-30,07:13,72,",
        "2024-03-30,07:13,72,9", "2024-03-30,07:13", "", " ", "30.03.2024,07:13,72", "2024/03/30,07:13,72", "2024-02-30,07:13,72", "20240330,07:13,72", "2024-03-30T07,07:13,72", "no row",
        "2024-03-30;07:13;72", "2024-03-30,07:13,7\u00e4", "2024-03-30,07:13,7\0", "\0\0\0\0\0\0\0\0\0\0,07:13,72", "\"2024-03-30,07:13,72", "2024-03-30,07\n13,72",
    ];

    [Theory]
    [InlineData("date,time,heartRate", "\n")]
    [InlineData("date,time,heartRate", "\r\n")]
    [InlineData("heartRate,time,date", "\n")]
    [InlineData("time,date,heartRate", "\r")]
    public void TheySayTheSame(string header, string lineEnd)
    {
        var random = new Random(7);
        for (var table = 0; table < 60; table++)
        {
            var text = Text(random, header, lineEnd, odd: table % 4 * 10);
            var (plain, split) = (Read(text, isSplit: false), Read(text, isSplit: true));
            Assert.Equal(split.Said, plain.Said);
            Assert.Equal(0, split.Taken);
            Assert.True(lineEnd == "\r" ? plain.Taken == 0 : plain.Taken > 0);
        }
    }

    /// <summary>Among them: a row of every odd kind right at the beginning, when no day is open yet, and each after a plain row.</summary>
    [Fact]
    public void EveryOddRowIsLeftToTheGeneralReader()
    {
        foreach (var odd in Odd)
        {
            string[] texts = [$"date,time,heartRate\n{odd}\n2024-03-30,07:14,73\n", $"date,time,heartRate\n2024-03-30,07:12,71\n{odd}\n", $"date,time,heartRate\n2024-03-30,07:12,71\n{odd}"];
            Assert.All(texts, text => Assert.Equal(Read(text, isSplit: true).Said, Read(text, isSplit: false).Said));
        }
    }

    private static string Text(Random random, string header, string lineEnd, int odd)
    {
        var text = new StringBuilder(header).Append(lineEnd);
        var at = new LocalDateTime(2024, 3, 29, 22, 0);
        for (var row = 0; row < 400; row++)
        {
            at = at.PlusMinutes(random.Next(20) == 0 ? -random.Next(90) : 1 + random.Next(3));
            var cells = (
                Date: at.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), Clock: at.ToString("HH:mm", CultureInfo.InvariantCulture), Value: random.Next(1, 254).ToString(CultureInfo.InvariantCulture));
            text.Append(random.Next(100) < odd
                ? Odd[random.Next(Odd.Length)]
                : string.Join(',', header.Split(',').Select(name => name == "date" ? cells.Date : name == "time" ? cells.Clock : cells.Value)));
            text.Append(lineEnd);
        }

        return text.ToString();
    }

    private static (string Said, long Taken) Read(string text, bool isSplit)
    {
        var builder = new DisclosedBuilder();
        using var mapper = new AnswerMapper(Profiles.MiFit, "R-001", builder, Limits.Default);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var sink = new Watched(mapper, isSplit);
        AnswerReader.Read(stream, "HEARTRATE_AUTO_1711800000000.csv", [], sink, Limits.Default, TestContext.Current.CancellationToken);
        mapper.Finish("00", "csv", new LocalDate(2024, 5, 2), Instant.FromUtc(2024, 5, 3, 0, 0));
        var built = builder.Build();
        var member = mapper.Members.Single();
        return (string.Join('\n',
        [
            $"{member.Rows} rows, {member.Placeholders} placeholders, {member.Unreadable} unreadable, {string.Join(' ', member.MappedTo)}, {string.Join(' ', member.Observations)}",
            .. built.Minutes.Select(day => $"{day.Date} {day.Origin} {string.Join(',', day.Values)} {string.Join(',', day.Lines!.ToArray())}"),
            .. built.Duplicates.Select(row => row.ToString()),
            .. built.Conflicts.Select(row => row.ToString()),
            .. mapper.Damages.Select(damage => damage.ToString()),
        ]), sink.Taken);
    }

    /// <summary>Counts what was taken as it lies; or offers nothing, so that every row is split.</summary>
    private sealed class Watched(AnswerMapper inner, bool isSplit) : IAnswerSink
    {
        public long Taken { get; set; }

        public void Member(AnswerMember member) => inner.Member(member);

        public void Created(AnswerMember member, Instant at, string how) => inner.Created(member, at, how);

        public ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine) => new Rows(inner.Table(member, header, headerLine), this, isSplit);

        public void Text(AnswerMember member, string text) => inner.Text(member, text);

        public void Damaged(Damage damage) => inner.Damaged(damage);
    }

    private sealed class Rows(ITableSink inner, Watched watched, bool isSplit) : ITableSink
    {
        public void Row(in TableRow row) => inner.Row(row);

        public int Plain(ReadOnlySpan<byte> text, byte delimiter, long line, out int rows)
        {
            rows = 0;
            var taken = isSplit ? 0 : inner.Plain(text, delimiter, line, out rows);
            watched.Taken += rows;
            return taken;
        }

        public void Unreadable(long line, string reason) => inner.Unreadable(line, reason);
    }
}
