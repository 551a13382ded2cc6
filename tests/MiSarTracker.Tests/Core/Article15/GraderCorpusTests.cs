using System.Globalization;
using MiSarTracker.Core.Article15;
using Xunit;

namespace MiSarTracker.Tests.Core.Article15;

public sealed class GraderCorpusTests(ITestOutputHelper output)
{
    public static TheoryData<string> MadeWith => [.. AnswerCorpus.MadeWith.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(MadeWith))]
    public void AnAnswerIsJudgedAsAPersonJudgedItBefore(string name)
    {
        var sample = AnswerCorpus.MadeWith.Single(sample => sample.Name == name);
        var judgement = AnswerCorpus.Judge(sample.Words());
        foreach (var item in judgement.Items)
        {
            output.WriteLine($"{item.Item,-9} {item.Status,-9} {item.Pattern,-22} {item.Where?.Number}: {item.Quote}");
        }

        Assert.Equal(AnswerCorpus.Grades(sample.Expected), AnswerCorpus.Grades(judgement));
    }

    [Fact]
    public void EachLanguageHasEnoughTexts()
    {
        foreach (var language in AnswerCorpus.Patterns)
        {
            Assert.True(AnswerCorpus.MadeWith.Concat(AnswerCorpus.HeldOut).Count(sample => sample.Language == language.Language) >= 12, language.Language);
        }
    }

    [Fact]
    public void TextsThatNoPatternWasFittedToAreMostlyJudgedRight()
    {
        var judged = AnswerCorpus.HeldOut
            .SelectMany(sample => AnswerCorpus.Judge(sample.Words()).Items.Select(item => (sample, item, expected: sample.Expected[item.Item])))
            .ToList();
        foreach (var (sample, item, expected) in judged.Where(one => one.item.Status != one.expected))
        {
            output.WriteLine($"{sample.Name} {item.Item}: {item.Status}, expected {expected} ({item.Pattern}: {item.Quote})");
        }

        foreach (var group in judged.GroupBy(one => one.sample.Language).Append(new All(judged)))
        {
            // Found: an item is said to be wanting (missing or partly), which is what an accusation rests on.
            var wanting = group.Count(one => IsWanting(one.expected));
            var said = group.Count(one => IsWanting(one.item.Status));
            var right = group.Count(one => IsWanting(one.expected) && IsWanting(one.item.Status));
            var answered = group.Count(one => one.expected == ItemStatus.Answered);
            var saidAnswered = group.Count(one => one.item.Status == ItemStatus.Answered);
            var rightAnswered = group.Count(one => one.expected == ItemStatus.Answered && one.item.Status == ItemStatus.Answered);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{group.Key}: {group.Select(one => one.sample.Name).Distinct().Count()} texts, {group.Count()} items, exact {(double)group.Count(one => one.item.Status == one.expected) / group.Count():P1}; wanting: precision {(double)right / said:P1}, recall {(double)right / wanting:P1}; answered: precision {(double)rightAnswered / saidAnswered:P1}, recall {(double)rightAnswered / answered:P1}"));
        }

        var accused = judged.Where(one => IsWanting(one.item.Status)).ToList();
        Assert.True(accused.Count(one => IsWanting(one.expected)) >= 0.9 * accused.Count, "fewer than nine of ten accusations are right");
        Assert.True(judged.Count(one => one.item.Status == one.expected) >= 0.85 * judged.Count, "fewer than 85 of 100 items are judged right");
    }

    private static bool IsWanting(ItemStatus status) => status is ItemStatus.Missing or ItemStatus.Partly;

    private sealed class All(List<(AnswerSample, ItemJudgement, ItemStatus)> judged)
        : List<(AnswerSample sample, ItemJudgement item, ItemStatus expected)>(judged), IGrouping<string, (AnswerSample sample, ItemJudgement item, ItemStatus expected)>
    {
        public string Key => "all";
    }

    [Fact]
    public void EveryPatternIsExercisedBySomeText()
    {
        var passages = new Passages(AnswerCorpus.Patterns);
        var seen = AnswerCorpus.MadeWith.SelectMany(sample => sample.Words().Texts).SelectMany(passages.Of).ToList();
        var idle = AnswerCorpus.Patterns.SelectMany(language => language.Cues())
            .Where(cue => !seen.Any(passage => cue.Matches(passage.Folded) || cue.Matches(passage.Before + " " + passage.Folded) || cue.Matches(passage.Intro)))
            .Select(cue => cue.Id).ToList();
        Assert.True(idle.Count == 0, "never matched by any text: " + string.Join(", ", idle));
    }
}
