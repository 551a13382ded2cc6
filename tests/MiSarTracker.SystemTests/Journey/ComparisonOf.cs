using System.Text.Json;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>Reads the JSON of <c>misar compare</c> by its contract.</summary>
internal sealed class ComparisonOf(JsonElement root)
{
    public JsonElement Root { get; } = root;

    public IReadOnlyList<JsonElement> Findings { get; } = [.. root.GetProperty("findings").EnumerateArray()];

    /// <summary>The findings that say that the vendor's answer lacks or changed something.</summary>
    public IEnumerable<JsonElement> Accusations(string category) => Of(category).Where(f => Text(f, "kind") != "disclosed-only");

    public IEnumerable<JsonElement> Of(string category) => Findings.Where(f => Text(f, "category") == category);

    public JsonElement Category(string name) => Root.GetProperty("categories").EnumerateArray().Single(c => Text(c, "category") == name);

    public static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    /// <summary>Uploaded, matched, missing, altered; and that they add up, as the contract says.</summary>
    public (long Uploaded, long Matched, long Missing, long Altered) Counts(string category)
    {
        JsonElement c = Category(category);
        (long uploaded, long matched, long missing, long altered) = (N("uploaded"), N("matched"), N("missing"), N("altered"));
        Assert.Equal(uploaded, matched + missing + altered + N("notComparable"));
        return (uploaded, matched, missing, altered);

        long N(string name) => c.GetProperty(name).GetInt64();
    }

    public static void Is(JsonElement finding, string kind, string from, string to, long count)
    {
        Assert.Equal((kind, from, to, count), (Text(finding, "kind"), Text(finding, "from"), Text(finding, "to"), finding.GetProperty("count").GetInt64()));
        Assert.NotEmpty(Text(finding, "statement"));
        Assert.NotEmpty(finding.GetProperty("evidence").EnumerateArray());
    }
}
