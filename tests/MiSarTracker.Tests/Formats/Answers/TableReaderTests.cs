using System.Text;
using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class TableReaderTests
{
    private const string SleepHeader = "date,deepSleepTime,shallowSleepTime,wakeTime,start,stop,REMTime,naps";
    private const string SleepRow = "2022-01-01,76,331,0,2021-12-31 23:02:00+0000,2022-01-01 06:50:00+0000,61,";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void EveryKindOfLineEndGivesTheSameRowsAndLines(string end)
    {
        var table = Read($"\uFEFFa,b{end}1,2{end}{end}3,4{end}5,6");

        Assert.Equal(["a", "b"], table.Header);
        Assert.Equal([2L, 4L, 5L], table.Rows.Select(row => row.Line));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], table.Rows.SelectMany(row => row.Fields));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void UnicodeIsReadWithItsMarkAndWithoutIt(string name, bool marked)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes("Größe,Wert\r\n1,\"a\nb\"\r\n2,€\r\n")];

        var answer = CollectedAnswer.Of(bytes, "BODY_1.csv");

        Assert.Empty(answer.Damages);
        Assert.Equal(["Größe", "Wert"], answer.Tables[0].Header);
        Assert.Equal([(2L, "a\nb"), (4L, "€")], answer.Tables[0].Rows.Select(row => (row.Line, row.Fields[1])));
    }

    [Theory]
    [InlineData("x;y;z\n1;2,5;3\n")]
    [InlineData("x\ty\tz\n1\t2,5\t3\n")]
    [InlineData("x\t\"y, (m), (s)\"\tz\n1\t2,5\t3\n", "x y, (m), (s) z")]
    [InlineData("sep=;\nx;y;z\n1;2,5;3\n")]
    public void TheDelimiterIsWhatSplitsTheHeader(string text, string header = "x y z")
    {
        var table = Read(text);

        Assert.Equal(header, string.Join(' ', table.Header));
        Assert.Equal(["1", "2,5", "3"], table.Rows[0].Fields);
        Assert.Equal(table.HeaderLine + 1, table.Rows[0].Line);
    }

    [Fact]
    public void AHeaderIsTrimmedAndUnquoted()
    {
        Assert.Equal(["type", "distance(m)", "a \"b\""], Read("\uFEFF type ,\"distance(m)\",\"a \"\"b\"\"\"\n").Header);
    }

    [Fact]
    public void QuotedFieldsMayHoldDelimitersLinesAndDoubledQuotes()
    {
        var table = Read("a,b,c\n\"1,2\",\"x\r\ny\n\",\"say \"\"hi\"\"\"\n\"\",,\"\"\"\"\n7,8,9\n");

        Assert.Equal(["1,2", "x\r\ny\n", "say \"hi\""], table.Rows[0].Fields);
        Assert.Equal(["", "", "\""], table.Rows[1].Fields);
        Assert.Equal([2L, 5L, 6L], table.Rows.Select(row => row.Line));
    }

    [Fact]
    public void QuotesInsideAnUnquotedFieldAreText()
    {
        Assert.Equal(["5\" pipe", "a\"b\""], Read("a,b\n5\" pipe,a\"b\"\n").Rows[0].Fields);
    }

    [Fact]
    public void AShortRowKeepsItsFieldsAndTheMissingOnesAreEmpty()
    {
        var rows = Read("a,b,c\n1\n1,2\n,,\n").Rows;

        Assert.Equal([1, 2, 3], rows.Select(row => row.Fields.Length));
    }

    [Fact]
    public void EmptyFieldsBeyondTheHeaderAreASpreadsheetsAndOtherOnesMakeTheRowUnreadable()
    {
        var table = Read("a,b\n1,2,,\n1,2,3\n4,5\n");

        Assert.Equal([2L, 4L], table.Rows.Select(row => row.Line));
        Assert.Equal(["1", "2"], table.Rows[0].Fields);
        var unreadable = Assert.Single(table.UnreadableRows);
        Assert.Equal(3, unreadable.Line);
        Assert.Contains("3 fields and the header 2", unreadable.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"[{\\\"start\\\":\\\"2024-10-04 12:00\\\",\\\"stop\\\":\\\"2024-10-04 13:00\\\"},{\\\"start\\\":1,\\\"stop\\\":2}]\"")]
    [InlineData("\"[{\"\"start\"\":\"\"2024-10-04 12:00\"\",\"\"stop\"\":\"\"2024-10-04 13:00\"\"},{\"\"start\"\":1,\"\"stop\"\":2}]\"")]
    [InlineData("\"[{\"start\":\"2024-10-04 12:00\",\"stop\":\"2024-10-04 13:00\"},{\"start\":1,\"stop\":2}]\"")]
    [InlineData("[{\"start\":\"2024-10-04 12:00\",\"stop\":\"2024-10-04 13:00\"},{\"start\":1,\"stop\":2}]")]
    public void NapsAreOneFieldHoweverTheirQuotesAreWritten(string naps)
    {
        const string expected = """[{"start":"2024-10-04 12:00","stop":"2024-10-04 13:00"},{"start":1,"stop":2}]""";
        var table = Read($"{SleepHeader}\n{SleepRow}{naps}\n{SleepRow}\n");

        Assert.Empty(table.UnreadableRows);
        Assert.Equal(8, table.Rows[0].Fields.Length);
        Assert.Equal("61", table.Rows[0].Fields[6]);
        Assert.Equal(expected, table.Rows[0].Fields[7]);
        Assert.Equal("", table.Rows[1].Fields[7]);
    }

    [Fact]
    public void ColumnsBehindTheNapsKeepTheirPlace()
    {
        var table = Read("date,naps,score,extra\n2024-01-01,[{\"a\":1,\"b\":2}],80,x\n");

        Assert.Equal(["2024-01-01", "[{\"a\":1,\"b\":2}]", "80", "x"], table.Rows[0].Fields);
    }

    [Theory]
    [InlineData("not json, but commas")]
    [InlineData("[{\"start\":1,\"stop\"")]
    [InlineData("\"[1,2\",3")]
    public void WhatIsNoListOfNapsIsNotMadeOne(string naps)
    {
        var table = Read($"{SleepHeader}\n{SleepRow}{naps}\n{SleepRow}\n");

        Assert.Equal(2, Assert.Single(table.UnreadableRows).Line);
        Assert.Equal(3, Assert.Single(table.Rows).Line);
    }

    [Fact]
    public void JsonWithDoubledQuotesAndBackslashesOfItsOwnIsKept()
    {
        var table = Read("Uid,Value,UpdateTime\n1,\"{\"\"n\"\":\"\"a\\\"\"b\\\\\"\",\"\"x\"\":[1,2]}\",5\n");

        Assert.Equal("""{"n":"a\"b\\","x":[1,2]}""", table.Rows[0].Fields[1]);
    }

    [Theory]
    [InlineData("a,b\n1,\"open\n2,x\n3,y\n")]
    [InlineData("a,b\n1,\"open\n2,\"x\"\n3,y\n")]
    [InlineData("a,b\n1,\"open\n\"2\",\"x\"\n3,y")]
    [InlineData("a,b\n1,\"{\"k\":1\n2,x\n\"3\",\"y\"\n")]
    [InlineData("a,b\n1,\"{\\\"k\\\":1\n2,x\n\"3\",\"y\"\n")]
    public void AQuoteThatIsNotClosedCostsItsLineOnly(string text)
    {
        var table = Read(text);

        Assert.Equal(2, Assert.Single(table.UnreadableRows).Line);
        Assert.Equal([3L, 4L], table.Rows.Select(row => row.Line));
        Assert.Equal(["2", "x", "3", "y"], table.Rows.SelectMany(row => row.Fields));
    }

    [Fact]
    public void AQuoteThatMeetsAnotherOneLinesLaterSwallowsNothing()
    {
        var table = Read("a,b,c\n1,\"open,x\n2,y,5\n3,7,8\"\n4,z,6\n");

        Assert.Equal(2, Assert.Single(table.UnreadableRows).Line);
        Assert.Equal([3L, 4L, 5L], table.Rows.Select(row => row.Line));
    }

    [Fact]
    public void AnUnclosedQuoteBeforeMuchTextIsGivenUpAtTheLimit()
    {
        var text = new StringBuilder("a,b\n1,\"open\n");
        for (var i = 0; i < 400_000; i++)
            text.Append(i).Append(",row\n");

        var table = CollectedAnswer.Of(Encoding.UTF8.GetBytes(text.ToString()), "a.csv", Limits.Default with { MaxFieldBytes = 300_000 }).Tables[0];

        Assert.Equal(2, Assert.Single(table.UnreadableRows).Line);
        Assert.Equal(400_000, table.Rows.Count);
        Assert.Equal(400_002, table.Rows[^1].Line);
    }

    [Fact]
    public void ARowLongerThanTheLimitIsReportedAndTheNextOneIsRead()
    {
        var limits = Limits.Default with { MaxFieldBytes = 100_000 };
        var text = "a,b\n" + new string('x', 3_000_000) + "\n1,2\r\n3," + new string('y', 2_000_000) + ",\r\n5,6";

        var table = CollectedAnswer.Of(Encoding.UTF8.GetBytes(text), "a.csv", limits).Tables[0];

        Assert.Equal([2L, 4L], table.UnreadableRows.Select(row => row.Line));
        Assert.Equal([3L, 5L], table.Rows.Select(row => row.Line));
        Assert.Equal("6", table.Rows[1].Fields[1]);
    }

    [Fact]
    public void NulBytesMakeTheirRowUnreadable()
    {
        var table = Read("a long name,b\n1,2\n\0\0,3\n4,5\n" + new string('6', 100));

        Assert.Equal(3, Assert.Single(table.UnreadableRows).Line);
        Assert.Equal([2L, 4L, 5L], table.Rows.Select(row => row.Line));
        Assert.Contains("not text", Assert.Single(CollectedAnswer.Of("a,b\n\0\0\0\0\0", "a.csv").Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ChineseAndWesternBytesThatAreNotUtf8AreReadAndTheGuessIsTold()
    {
        var chinese = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("Sid,Name\n1,小米手环\n2,\"小,米\"\n3,x\n");
        var answer = CollectedAnswer.Of(chinese, "data_source.csv");
        Assert.Equal(["小米手环", "小,米", "x"], answer.Tables[0].Rows.Select(row => row.Fields[1]));
        var damage = Assert.Single(answer.Damages);
        Assert.Equal("data_source.csv line 2", damage.At);
        Assert.Contains("gb18030", damage.Reason, StringComparison.Ordinal);

        var western = CollectedAnswer.Of(Encoding.Latin1.GetBytes("Sid,Name\n1,Größe für Ölé\n"), "a.csv");
        Assert.Equal("Größe für Ölé", western.Tables[0].Rows[0].Fields[1]);
        Assert.Contains("1252", Assert.Single(western.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AHeaderAloneIsATableWithoutRowsAndAnEmptyFileIsRefused()
    {
        Assert.Empty(Read("time,heartRate").Rows);
        Assert.Equal(3, Assert.Throws<ImportException>(() => CollectedAnswer.Of("", "a.csv")).ExitCode);
        Assert.Equal("empty", CollectedAnswer.Of("\uFEFF\r\n", "a.csv").Summary!.Format);
    }

    [Fact]
    public void AHeaderWithTooManyColumnsIsNoTable()
    {
        var answer = CollectedAnswer.Of(new string(',', 5_000) + "\n1,2\n", "a.csv");

        Assert.Empty(answer.Tables);
        Assert.Contains("5001 columns", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AWideRowInAWideTableIsWhole()
    {
        var header = string.Join(',', Enumerable.Range(0, 4_000).Select(i => $"c{i}"));
        var row = string.Join(',', Enumerable.Range(0, 4_000));

        Assert.Equal("3999", Read($"{header}\n{row}\n").Rows[0].Fields[3_999]);
    }

    [Fact]
    public void ATableWithoutItsNameIsRecognisedByItsLines()
    {
        Assert.Equal("csv", CollectedAnswer.Of("date,time,steps\n2024-03-30,08:00,90\n2024-03-30,08:01,89\n", "export").Summary!.Format);
        Assert.Equal("text", CollectedAnswer.Of("Dear Sir, dear Madam,\nthank you for your letter, which we received.\nRegards, the team\n", "letter").Summary!.Format);
    }

    private static CollectedTable Read(string text)
    {
        var answer = CollectedAnswer.Of(text, "SLEEP_1.csv");
        Assert.Empty(answer.Damages);
        return Assert.Single(answer.Tables);
    }

    [Theory]
    [InlineData("Body\nDate,Weight,Fat\n\"2017-05-01\",\"80,1\",\"0\"\n\"2017-05-02\",\"80\",\"0\"\n", "Body")]
    [InlineData("Export of your data\nCustomer 12\n\nDate;Weight;Fat\n2017-05-01;80;0\n2017-05-02;80;0\n", "Export of your data\nCustomer 12")]
    public void ATitleAboveTheHeaderIsTextAndTheTableBeginsBelowIt(string text, string title)
    {
        var answer = CollectedAnswer.Of(text, "a.csv");

        Assert.Equal(["Date", "Weight", "Fat"], Assert.Single(answer.Tables).Header);
        Assert.Equal(2, answer.Tables[0].Rows.Count);
        Assert.Empty(answer.Tables[0].UnreadableRows);
        Assert.Equal(title, Assert.Single(answer.Texts).Text);
    }

    [Theory]
    [InlineData("note\n\"a,b\"\n\"c,d\"\n")]
    [InlineData("note\nplain\nwords\n")]
    [InlineData("note\n\"one\n, two\"\n\"three\n, four\"\n")]
    public void ATableOfOneColumnHasNoTitle(string text) =>
        Assert.Equal(["note"], Assert.Single(CollectedAnswer.Of(text, "a.csv").Tables).Header);
}
