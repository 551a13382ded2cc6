using System.Text.Json.Nodes;
using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using Xunit;

namespace MiSarTracker.Tests.Core.Article15;

public sealed class LanguagePatternsReaderTests
{
    private static readonly string Good = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "templates", "article15", "en.json"));

    [Fact]
    public void TheShippedLanguagesAreRead() => Assert.Equal(["de", "en", "fr"], AnswerCorpus.Patterns.Select(language => language.Language));

    [Theory]
    [InlineData("$.language", "x")]
    [InlineData("$.asks[0].source", "hearsay")]
    [InlineData("$.asks[0].id", "de-ask-question")]
    [InlineData("$.asks[2].id", "en-ask-question")]
    [InlineData("$.asks[0].all[0]", "(unclosed")]
    [InlineData("$.asks[0].all[0]", "(?<!look)behind")]
    [InlineData("$.asks[0].all[0]", "{nobody} knows")]
    [InlineData("$.asks[0].all[0]", "Capital")]
    [InlineData("$.items.15(1)(e).patterns[0].part", "oblivion")]
    [InlineData("$.items.15(1)(a).patterns[0].gives", "perhaps")]
    public void AWrongValueIsRefusedWithItsPlace(string path, string value)
    {
        var root = JsonNode.Parse(Good)!;
        Set(root, path, value);
        var refused = Assert.Throws<BadInput>(() => LanguagePatternsReader.Read(root.ToJsonString(), "en.json"));
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("en.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownOrMissingPropertyIsRefused()
    {
        var more = JsonNode.Parse(Good)!;
        more["asks"]![0]!["becuase"] = "misspelt";
        Assert.Contains("$.asks[0].becuase", Assert.Throws<BadInput>(() => LanguagePatternsReader.Read(more.ToJsonString(), "en.json")).Message, StringComparison.Ordinal);
        var less = JsonNode.Parse(Good)!;
        less["items"]!.AsObject().Remove("15(2)");
        Assert.Contains("15(2)", Assert.Throws<BadInput>(() => LanguagePatternsReader.Read(less.ToJsonString(), "en.json")).Message, StringComparison.Ordinal);
    }

    private static void Set(JsonNode root, string path, string value)
    {
        var steps = System.Text.RegularExpressions.Regex.Matches(path, @"\[(\d+)\]|\.(15[^.\[]*|[a-z]+)").Select(step => step.Groups[1].Success ? step.Groups[1].Value : step.Groups[2].Value).ToList();
        var at = root;
        foreach (var step in steps.SkipLast(1))
        {
            at = int.TryParse(step, out var index) && at is JsonArray ? at[index]! : at[step]!;
        }

        if (at is JsonArray list)
        {
            list[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            at[steps[^1]] = value;
        }
    }
}
