using System.Text.RegularExpressions;
using MiSarTracker.Core.Article15;
using Xunit;

namespace MiSarTracker.Tests.Core.Article15;

public sealed class TextPatternTests
{
    [Fact]
    public void TheQuickLookNeverHidesAMatch()
    {
        var passages = new Passages(AnswerCorpus.Patterns);
        var sentences = AnswerCorpus.MadeWith.Concat(AnswerCorpus.HeldOut).SelectMany(sample => sample.Words().Texts).SelectMany(passages.Of).Select(passage => passage.Folded).Distinct().ToList();
        var patterns = AnswerCorpus.Patterns.SelectMany(language => language.Cues().SelectMany(cue => cue.All.Concat(cue.Not)).Concat(language.Items.SelectMany(item => new[] { item.Topics, item.Headings }))).ToList();
        Assert.True(patterns.Count > 500 && sentences.Count > 200);
        foreach (var pattern in patterns)
        {
            var regex = new Regex(pattern.Expression, RegexOptions.CultureInvariant);
            Assert.All(sentences, sentence => Assert.Equal(regex.IsMatch(sentence), pattern.IsMatch(sentence)));
        }
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("x{0,300}(?:(?:ab|a){1,300}){1,60}y")]
    public void AnExpressionThatTakesLongStillComesToAnEnd(string expression)
    {
        var pattern = TextPattern.Of(expression);
        Assert.Equal(expression.EndsWith('$') ? 1 : -1, pattern.IndexIn(expression.EndsWith('$') ? "!" + new string('a', 40) : "xa"));
        if (expression.EndsWith('$'))
        {
            Assert.False(pattern.IsMatch(new string('a', 40) + "!"));
        }
    }

    [Theory]
    [InlineData("ab|cd", "ab cd")]
    [InlineData("a(bc|de)f?", "bc de")]
    [InlineData("(?:privacy|data) (policy|notice)s?", " policy  notice")]
    [InlineData("wir .{0,30}lo(?:e)?schen", "schen")]
    [InlineData("\\d+ (days|weeks)", "days weeks")]
    public void TheNeededWordsAreTold(string expression, string words)
    {
        var stems = Stems.Of(expression)!;
        Assert.Equal(words.Replace(" ", "", StringComparison.Ordinal), string.Concat(stems).Replace(" ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a|\\d")]
    [InlineData(".*")]
    [InlineData("x?y?")]
    public void WhereNoWordIsNeededNoneIsTold(string expression) => Assert.Null(Stems.Of(expression));
}
