using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MiSarTracker.Core.Ledger;
using Xunit;

namespace MiSarTracker.Tests.Core.Ledger;

public sealed class CanonicalJsonTests
{
    private static string Write(JsonNode? node) => Encoding.UTF8.GetString(CanonicalJson.Write(node));

    [Fact]
    public void MembersAreOrderedByCodeUnitsAsInRfc8785()
    {
        // The sorting example of RFC 8785, 3.2.3.
        var members = new JsonObject
        {
            ["\u20ac"] = "Euro Sign",
            ["\r"] = "Carriage Return",
            ["\ufb33"] = "Hebrew Letter Dalet With Dagesh",
            ["1"] = "One",
            ["\U0001F600"] = "Emoji: Grinning Face",
            ["\u0080"] = "Control",
            ["\u00f6"] = "Latin Small Letter O With Diaeresis",
        };
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
            JsonNode.Parse(Write(members))!.AsObject().Select(m => (string)m.Value!));
    }

    [Fact]
    public void StringsHaveOnlyTheEscapesThatJsonDemands()
    {
        // RFC 8785, 3.2.2.2, and what other writers escape without need.
        Assert.Equal("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"", Write("\u20ac$\u000f\nA'B\"\\\\\"/"));
        Assert.Equal("\"<>&+\u2028\u007f😀\\b\\t\\f\\r\\u0000\"", Write("<>&+\u2028\u007f😀\b\t\f\r\0"));
    }

    [Fact]
    public void OneValueHasOneSpelling()
    {
        var one = JsonNode.Parse("""{ "b" : [ 1, true , null, "x" ], "a": {"d":-0, "c": 9007199254740992} }""");
        Assert.Equal("""{"a":{"c":9007199254740992,"d":0},"b":[1,true,null,"x"]}""", Write(one));
        Assert.Equal(Write(new JsonArray(1, 2L, (short)3)), Write(JsonNode.Parse("[1,2,3]")));
        Assert.Equal("null", Write(null));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("9007199254740993")]
    public void NumbersThatProgramsSpellDifferentlyAreRefused(string number) =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"[{number}]"))));

    [Fact]
    public void ALoneSurrogateIsRefusedForItHasNoBytes() => Assert.Throws<EncoderFallbackException>(() => CanonicalJson.Write("\ud800"));
}
