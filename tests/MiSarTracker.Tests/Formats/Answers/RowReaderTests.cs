using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Tables;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class RowReaderTests
{
    private static readonly string[] Pieces = ["", "a", "1", "ä", "€", "😀", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "\\n", "null", "-1.0", "=1+1", new('x', 70)];

    [Fact]
    public void WhatIsWrittenByTheRulesIsReadBack()
    {
        var field = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces.Take(6)));
        var table = from columns in Gen.Choose(1, 6)
                    from rows in field.ArrayOf(columns).ArrayOf(12)
                    from end in Gen.Elements("\n", "\r\n", "\r")
                    from delimiter in Gen.Elements(',', ';', '\t')
                    select (columns, rows, end, delimiter);

        Prop.ForAll(table.ToArbitrary(), written => ReadsBack(written.columns, written.rows, written.end, written.delimiter))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void RowsAreTheSameWhereverTheBytesAreCutIntoReads()
    {
        var text = new StringBuilder("a,b,c\n");
        var random = new Random(4);
        for (var i = 0; i < 15_000; i++)
        {
            text.Append(i).Append(',').Append(random.Next(5) == 0 ? "\"q \"\"" + i + "\"\", \r\n x\"" : "plain").Append(',').Append(random.Next())
                .Append(random.Next(3) == 0 ? "\r\n" : "\n");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var whole = Rows(new MemoryStream(bytes), ',');
        Assert.Equal(15_001, whole.Count);
        foreach (var step in new[] { 1, 7, 4_093, 262_143 })
            Assert.Equal(whole, Rows(new SlowStream(bytes, step), ','));
    }

    [Fact]
    public void AnyBytesGiveEveryLineOnceAsRowOrUnreadableOrEmpty()
    {
        var random = new Random(20_241_122);
        var alphabet = "\",;\n\r\\ab\0\u00e4"u8.ToArray();
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(200)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = alphabet[random.Next(alphabet.Length)];

            long expected = 1;
            var lines = Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');
            using var reader = new RowReader(new SlowStream(bytes, random.Next(1, 50)), (byte)',', Limits.Default with { MaxFieldBytes = 40 });
            RowOutcome outcome;
            while ((outcome = reader.Next()) != RowOutcome.End)
            {
                Assert.True(reader.Line >= expected, $"round {round}: line {reader.Line} again");
                Assert.All(lines[(int)(expected - 1)..(int)(reader.Line - 1)], line => Assert.Equal("", line));
                expected = reader.Line + 1;
                if (outcome == RowOutcome.Row)
                    expected += Lines.In(reader.Bytes[reader.Extent.Start..reader.Extent.End]);
            }

            Assert.All(lines[(int)(expected - 1)..], line => Assert.Equal("", line));
        }
    }

    private static bool ReadsBack(int columns, string[][] rows, string end, char delimiter)
    {
        var header = string.Join(delimiter, Enumerable.Range(0, columns).Select(i => $"c{i}"));
        var text = new StringBuilder(header).Append(end);
        foreach (var row in rows)
            text.AppendJoin(delimiter, row.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append(end);

        var table = Assert.Single(CollectedAnswer.Of(text.ToString(), "a.csv").Tables);
        Assert.Empty(table.UnreadableRows);
        Assert.Equal(columns, table.Header.Length);
        Assert.Equal(rows, table.Rows.Select(row => row.Fields));
        long line = 2;
        foreach (var (row, read) in rows.Zip(table.Rows))
        {
            Assert.Equal(line, read.Line);
            line += 1 + row.Sum(value => Lines.In(Encoding.UTF8.GetBytes(value)));
        }

        return true;
    }

    private static List<string> Rows(Stream bytes, char delimiter)
    {
        var rows = new List<string>();
        using var reader = new RowReader(bytes, (byte)delimiter, Limits.Default);
        while (reader.Next() is var outcome and not RowOutcome.End)
        {
            FieldText.Unescape(reader);
            var row = new StringBuilder().Append(reader.Line).Append(outcome);
            foreach (var (start, length) in reader.Fields)
                row.Append('|').Append(Encoding.UTF8.GetString(reader.Bytes.Slice(start, length)));

            rows.Add(row.ToString());
        }

        return rows;
    }

    /// <summary>Gives at most so many bytes for each read.</summary>
    private sealed class SlowStream(byte[] bytes, int step) : ForwardStream
    {
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(step, buffer.Length), bytes.Length - _at);
            bytes.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
