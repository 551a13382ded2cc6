using System.Text;
using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class JsonTests
{
    [Fact]
    public void TheObjectsOfAListAreRowsAndPathsAreColumns()
    {
        var answer = CollectedAnswer.Of("""[{"dateTime":"2024-03-30","value":{"bpm":61,"ok":true}},{"dateTime":"2024-03-31","value":{"bpm":null,"zones":[1,{"a":"\"\u00e4"}]}}]""", "heart.json");

        var table = Assert.Single(answer.Tables);
        Assert.Equal("heart.json", table.Member.Name);
        Assert.Equal(["dateTime", "value.bpm", "value.ok", "value.zones"], table.Header);
        Assert.Equal(["2024-03-30", "61", "true"], table.Rows[0].Fields);
        Assert.Equal((2, "2024-03-31"), (table.Rows[1].Line, table.Rows[1].Fields[0]));
        Assert.Equal("", table.Rows[1].Fields[1]);
        using var zones = System.Text.Json.JsonDocument.Parse(table.Rows[1].Fields[3]);
        Assert.Equal("\"\u00e4", zones.RootElement[1].GetProperty("a").GetString());
    }

    [Fact]
    public void WhatStandsOutsideListsIsOneRowAndEachListAMember()
    {
        var answer = CollectedAnswer.Of("""{"user":{"id":7,"name":"Ann"},"steps":[{"d":"a","n":1}],"tags":["x","y"],"none":[],"deep":{"list":[[1,2],[3]]}}""", "all.json");

        Assert.Equal(["user.id", "user.name"], answer.Tables.Single(table => table.Member.Name == "all.json").Header);
        Assert.Equal(["all.json!steps", "all.json!tags", "all.json!deep.list"], answer.Tables.Where(table => table.Member.Name != "all.json").Select(table => table.Member.Name));
        Assert.Equal(["tags"], answer.Table("!tags").Header);
        Assert.Equal(["1", "2"], answer.Table("!deep.list").Header);
        Assert.DoesNotContain(answer.Members, member => member.Name.EndsWith("!none", StringComparison.Ordinal));
    }

    [Fact]
    public void ALaterRowWithSomethingNewBeginsAWiderTable()
    {
        var rows = string.Join(",", Enumerable.Range(0, 300).Select(i => i == 250 ? """{"a":250,"new":"x"}""" : $$"""{"a":{{i}}}"""));
        var answer = CollectedAnswer.Of($"[{rows}]", "a.json");

        Assert.Equal([["a"], ["a", "new"]], answer.Tables.Select(table => table.Header));
        Assert.Equal(250, answer.Tables[0].Rows.Count);
        Assert.Equal((251, "250", "x"), (answer.Tables[1].Rows[0].Line, answer.Tables[1].Rows[0].Fields[0], answer.Tables[1].Rows[0].Fields[1]));
        Assert.Equal(300, answer.Tables.Sum(table => table.Rows.Count));
    }

    [Fact]
    public void ABrokenLineCostsThatLineOnly()
    {
        var answer = CollectedAnswer.Of("{\"a\":1}\n{\"a\":\n{\"a\":3}\r\n\n{\"a\":4", "a.jsonl");

        var table = Assert.Single(answer.Tables);
        Assert.Equal(["1", "3"], table.Rows.Select(row => row.Fields[0]));
        Assert.Equal([2L, 4L], table.UnreadableRows.Select(row => row.Line));
    }

    [Fact]
    public void ADocumentThatBreaksOffGivesWhatStandsBeforeAndSaysSo()
    {
        var whole = """{"a":[{"x":1},{"x":2}],"b":3}""";
        for (var length = 12; length < whole.Length; length++)
        {
            var answer = CollectedAnswer.Of(whole[..length], "a.json");
            Assert.Contains(answer.Damages, damage => damage.Reason.Contains("no whole JSON", StringComparison.Ordinal));
            if (length > 13)
                Assert.Equal("1", answer.Table("!a").Rows[0].Fields[0]);
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void EveryUnicodeIsRead(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var answer = CollectedAnswer.Of([.. encoding.GetPreamble(), .. encoding.GetBytes("[{\"n\u00e4me\":\"\u6b65\"}]")], "a.json");

        Assert.Equal(["n\u00e4me"], Assert.Single(answer.Tables).Header);
        Assert.Equal("\u6b65", answer.Tables[0].Rows[0].Fields[0]);
    }

    [Fact]
    public void AValueOfAnyLengthIsCutAndSaidAndTheRestIsRead()
    {
        using var stream = new RepeatedStream("[{\"a\":\""u8.ToArray(), (byte)'x', 100 << 20, "\"},{\"a\":\"b\"}]"u8.ToArray());
        var answer = new CollectedAnswer();
        var before = GC.GetAllocatedBytesForCurrentThread();
        MiSarTracker.Formats.Answers.AnswerReader.Read(stream, "a.json", [], answer, Limits.Default with { MaxFieldBytes = 10_000 }, TestContext.Current.CancellationToken);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10 << 20);
        Assert.Equal([10_000, 1], answer.Tables[0].Rows.Select(row => row.Fields[0].Length));
        Assert.Contains("longer than 10000 bytes", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void EndlesslyManyPropertiesAreCutAndSaid()
    {
        var many = "[" + string.Join(",", Enumerable.Range(0, 30_000).Select(i => $$"""{"p{{i}}":1}""")) + "]";
        var answer = CollectedAnswer.Of(many, "a.json");

        Assert.True(answer.Tables.Count <= 51);
        Assert.Equal(30_000, answer.Tables.Sum(table => table.Rows.Count));
        Assert.Contains("were not read", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);

        var keyed = "{" + string.Join(",", Enumerable.Range(0, 30_000).Select(i => $"\"d{i}\":{{\"steps\":{i}}}")) + "}";
        var pairs = Assert.Single(CollectedAnswer.Of(keyed, "b.json").Tables);
        Assert.Equal(["path", "value"], pairs.Header);
        Assert.Equal(["d29999.steps", "29999"], pairs.Rows[^1].Fields);
        Assert.Equal(30_000, pairs.Rows.Count);
    }

    [Fact]
    public void AListOfPlainValuesIsAColumn()
    {
        var answer = CollectedAnswer.Of("[1, 2]", "data");

        Assert.Equal("json", answer.Summary!.Format);
        Assert.Equal(["1", "2"], Assert.Single(answer.Tables).Rows.Select(row => row.Fields[0]));
        Assert.Empty(answer.Texts);
    }

    [Fact]
    public void ADepthBombIsSaid() =>
        Assert.Contains(CollectedAnswer.Of("[" + new string('[', 100_000), "a.json").Damages, damage => damage.Reason.Contains("depth", StringComparison.OrdinalIgnoreCase));
}
