using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class HtmlTableTests
{
    [Fact]
    public void ATableOnAPageIsATableWhateverTagsAreLeftOut()
    {
        var answer = CollectedAnswer.Of("""
            <html><body><p>Your data</p><table><thead><tr><th>date<th>steps &amp; more</thead>
            <tr><td>2024-03-30</td><td> 5
            </td></tr><tr><td>2024-03-31<td>7<br>8</table></body></html>
            """, "page.html");

        var table = Assert.Single(answer.Tables);
        Assert.Equal("page.html!table 1", table.Member.Name);
        Assert.Equal(["date", "steps & more"], table.Header);
        Assert.Equal(["2024-03-30|5", "2024-03-31|7 8"], table.Rows.Select(row => string.Join('|', row.Fields)));
        Assert.Contains("Your data", Assert.Single(answer.Texts).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void CellsThatSpanRowsAndColumnsKeepTheOthersInTheirColumn()
    {
        var table = Assert.Single(CollectedAnswer.Of(
            "<html><table><tr><th>a<th>b<th>c<tr><td rowspan=3>x<td>1<td rowspan=2>y<tr><td>2<tr><td colspan=2>3</table>", "page.html").Tables);

        Assert.Equal(["x|1|y", "x|2|y", "x|3|"], table.Rows.Select(row => string.Join('|', row.Fields)));
    }

    [Fact]
    public void ATableThatOnlyLaysOutThePageIsText()
    {
        var answer = CollectedAnswer.Of(
            "<html><table><tr><td>logo<td><table><tr><td>k<td>v<tr><td>1<td>2</table></table><table><tr><td>one row<td>only</table>", "page.html");

        Assert.Equal(["k", "v"], Assert.Single(answer.Tables).Header);
    }

    [Theory]
    [InlineData("<table>", 200_000)]
    [InlineData("<table><tr><td>", 100_000)]
    [InlineData("<b><i><div>", 200_000)]
    [InlineData("<td rowspan=65534 colspan=1000>x<tr>", 20_000)]
    public void APageOfAnyNestingEnds(string tags, int times)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        CollectedAnswer.Of("<html><table>" + string.Concat(Enumerable.Repeat(tags, times)), "page.html");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
    }
}
