using System.Diagnostics;
using System.Text;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Observations;
using Xunit;

namespace MiSarTracker.Tests.Core.Article15;

public sealed class GraderTests
{
    private const string Complete = "We confirm that we process your data. We keep your data for two years.";

    private const string Request = """
        Please tell me the purposes of the processing of my data and for how long you store them.
        The right to lodge a complaint with a supervisory authority (Article 15(1)(f)).
        We do not use automated decision-making, you once said.
        """;

    [Fact]
    public void TheRequestQuotedBelowChangesNothing()
    {
        foreach (var sample in AnswerCorpus.MadeWith.Where(sample => sample.Format == "txt" && !sample.Name.Contains("-app-", StringComparison.Ordinal)))
        {
            var bare = AnswerCorpus.Judge(sample.Text);
            foreach (var quoted in new[]
            {
                "\n\nOn Sun, 22 Nov 2026 at 10:00, Erika Example\n<erika@example.org> wrote:\n" + Request,
                "\n\nAm 22.11.2026 um 10:00 schrieb Erika Beispiel:\n\n" + string.Join('\n', Request.Split('\n').Select(line => "> " + line)),
                "\n\nDe : Erika Exemple\nEnvoyé : dimanche 22 novembre 2026\nÀ : privacy@example.com\nObjet : Accès\n\n" + Request,
                "\n\n-----Original Message-----\nFrom: Erika\nSent: today\nTo: you\n\n" + Request,
            })
            {
                Assert.Equal(AnswerCorpus.Grades(bare), AnswerCorpus.Grades(AnswerCorpus.Judge(sample.Text.TrimEnd() + quoted)));
            }
        }
    }

    [Fact]
    public void UnrelatedTextChangesNothing()
    {
        const string unrelated = "The weather in Delft was fine. Our office is closed on Mondays.\n\nDas Wetter war schön.\n\nIl fait beau à Lyon.";
        foreach (var sample in AnswerCorpus.MadeWith.Where(sample => sample.Format == "txt"))
        {
            var bare = AnswerCorpus.Judge(AnswerCorpus.Words(sample.Text));
            Assert.Equal(AnswerCorpus.Grades(bare), AnswerCorpus.Grades(AnswerCorpus.Judge(AnswerCorpus.Words(sample.Text, unrelated))));
            Assert.Equal(AnswerCorpus.Grades(bare), AnswerCorpus.Grades(AnswerCorpus.Judge(AnswerCorpus.Words(unrelated + "\n\n" + sample.Text))));
        }
    }

    [Fact]
    public void TheOrderOfTheTextsDoesNotMatter()
    {
        var words = AnswerCorpus.Words([.. AnswerCorpus.MadeWith.Take(12).Select(sample => sample.Text)]);
        var turned = words with { Texts = [.. words.Texts.Reverse()], Parts = [.. words.Parts.Reverse()] };
        Assert.Equal(AnswerCorpus.Judge(words).Items, AnswerCorpus.Judge(turned).Items);
    }

    [Fact]
    public void LanguagesMayBeMixedInOneText()
    {
        var judgement = AnswerCorpus.Judge("We confirm that we process your data.\n\nDie Daten werden zwei Jahre lang gespeichert.\n\nVous pouvez introduire une réclamation auprès de la CNIL.");
        Assert.Equal("1=A a=M b=M c=M d=A e=M f=A g=M h=M 2=M 3=M", AnswerCorpus.Grades(judgement));
    }

    [Fact]
    public void TheQuoteIsTheSentenceAndItsLine()
    {
        var item = AnswerCorpus.Judge("Hello,\n\nwe process your data. We keep your\ndata for two years. Bye.").Items.Single(item => item.Item == "15(1)(d)");
        Assert.Equal("We keep your data for two years.", item.Quote);
        Assert.Equal(Origin.InAnswer("R-001", "mail.eml", 3), item.Where);
    }

    [Fact]
    public void ALongSentenceIsShortenedAroundWhatDecided()
    {
        var quote = AnswerCorpus.Judge($"We wish to say {string.Join(' ', Enumerable.Repeat("with many words", 60))} that we keep your data for two years and so on.").Items.Single(item => item.Item == "15(1)(d)").Quote!;
        Assert.True(quote.Length <= Quote.Longest + 2, quote);
        Assert.Contains("keep your data for two years", quote, StringComparison.Ordinal);
        Assert.StartsWith("…", quote, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wir speichern Ihre Da\u00ADten zwei Jah\u00ADre.")]
    [InlineData("Wir\u00A0speichern\u2009Ihre Daten zwei\u00A0Jahre.")]
    [InlineData("WIR SPEICHERN IHRE DATEN ZWEI JAHRE.")]
    [InlineData("Wir spei-\nchern Ihre Daten zwei\nJahre.")]
    [InlineData("W\uFEFFir speichern I\u200Bhre Daten zwei Jahre.")]
    public void MarksOfTheTypesetterDoNotHideAWord(string text) =>
        Assert.Equal(ItemStatus.Answered, AnswerCorpus.Judge(text).Items.Single(item => item.Item == "15(1)(d)").Status);

    [Fact]
    public void WhatCouldNotBeReadIsUnclearAndNeverMissing()
    {
        var words = AnswerCorpus.Words(Complete);
        var judgement = AnswerCorpus.Judge(words with { Parts = [.. words.Parts, new AnswerPart("R-001", "letter.pdf", "pdf", 90_000, 0)] });
        Assert.Equal("1=A a=U b=U c=U d=A e=U f=U g=U h=U 2=U 3=U", AnswerCorpus.Grades(judgement));
        Assert.All(judgement.Items.Where(item => item.Status == ItemStatus.Unclear), item => Assert.Contains("letter.pdf", item.Because, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("logo.png", "binary", 4_000, false)]
    [InlineData("scan.jpg", "binary", 400_000, true)]
    [InlineData("run.fit", "binary", 400_000, false)]
    [InlineData("letter.docx", "binary", 9_000, true)]
    [InlineData("steps.csv", "csv", 9_000, false)]
    [InlineData("answer.pdf", "pdf", 9_000, true)]
    public void AFileThatMayHoldALetterCountsAsUnread(string name, string format, long size, bool unread)
    {
        var words = new AnswerWords([], [new AnswerPart("R-001", name, format, size, 0)]);
        Assert.Equal(unread, words.Unread.Count == 1);
    }

    [Fact]
    public void DataAloneConfirmAndAreTheCopyAndSayNothingElse()
    {
        var judgement = AnswerCorpus.Judge(new AnswerWords([], [new AnswerPart("R-001", "steps.csv", "csv", 900, 20)]), hasData: true);
        Assert.Equal("1=A a=M b=U c=M d=M e=M f=M g=M h=M 2=M 3=A", AnswerCorpus.Grades(judgement));
        Assert.False(judgement.HasWords);
        Assert.Contains("no text", judgement.Read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Thank you for your request. We have received it and will respond within one month.")]
    [InlineData("Wir haben Ihre Anfrage erhalten. Die Frist wird um zwei Monate verlängert.")]
    [InlineData("Nous avons bien reçu votre demande. Veuillez nous envoyer une copie de votre carte d'identité.")]
    [InlineData("Xiaomi Singapore is not the data controller for Mi Fit. Please contact privacy@huami.com instead.")]
    public void AMailBeforeTheAnswerAccusesNobody(string text)
    {
        var judgement = AnswerCorpus.Judge(text);
        Assert.All(judgement.Items, item => Assert.Equal(ItemStatus.Unclear, item.Status));
        Assert.False(judgement.HasWords);
    }

    [Fact]
    public void AnswersWrittenIntoTheQuotedRequestAreLeftToThePerson()
    {
        var judgement = AnswerCorpus.Judge("Please see our answers in blue below.\n\nFrom: Erika\nSent: yesterday\nTo: us\n\nFor how long do you store them?\nWe keep your data for two years.");
        Assert.Equal(ItemStatus.Unclear, judgement.Items.Single(item => item.Item == "15(1)(d)").Status);
    }

    [Fact]
    public void AForwardedAnswerIsRead()
    {
        var judgement = AnswerCorpus.Judge("FYI\n\n---------- Forwarded message ---------\nFrom: privacy@example.com\nDate: Sun, 22 Nov 2026\nSubject: Your request\nTo: erika@example.org\n\nWe keep your data for two years.");
        Assert.Equal(ItemStatus.Answered, judgement.Items.Single(item => item.Item == "15(1)(d)").Status);
    }

    [Fact]
    public void OurOwnLettersAnswerNothing()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Approved", "letters"), "*.txt").Where(path => !path.Contains(".html.", StringComparison.Ordinal)))
        {
            var judgement = AnswerCorpus.Judge(File.ReadAllText(path));
            Assert.All(judgement.Items, item => Assert.True(item.Status is ItemStatus.Missing or ItemStatus.Unclear, $"{Path.GetFileName(path)} {item.Item}: {item.Pattern}: {item.Quote}"));
        }
    }

    [Fact]
    public void AnyTextIsJudgedWithoutAFault()
    {
        var random = new Random(15);
        var texts = AnswerCorpus.MadeWith.Select(sample => sample.Text).ToList();
        for (var round = 0; round < 150; round++)
        {
            var text = new StringBuilder(texts[random.Next(texts.Count)]);
            for (var change = 0; change < 12; change++)
            {
                var at = random.Next(text.Length);
                _ = random.Next(5) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at)),
                    1 => text.Insert(at, (char)random.Next(1, 0xFFFF)),
                    2 => text.Insert(at, "\n> "),
                    3 => text.Insert(at, texts[random.Next(texts.Count)][..20]),
                    _ => text.Insert(at, "\ud800"),
                };
            }

            var words = AnswerCorpus.Words(text.ToString());
            var judged = AnswerCorpus.Judge(words);
            Assert.Equal(Checklist.Items.Count, judged.Items.Count);
            Assert.Equal(judged.Items, AnswerCorpus.Judge(words).Items);
        }
    }

    [Fact]
    public void ManyMegabytesTakeNoLongerThanALook()
    {
        var letter = string.Join("\n\n", AnswerCorpus.MadeWith.Where(sample => sample.Format == "txt").Select(sample => sample.Text));
        var noise = new StringBuilder();
        for (var i = 0; noise.Length < 3_000_000; i++)
        {
            noise.Append("Row ").Append(i).Append(" of the protocol was written at noon, and nothing else of interest happened then.\n");
        }

        _ = AnswerCorpus.Judge(letter);
        var watch = Stopwatch.StartNew();
        var judgement = AnswerCorpus.Judge(AnswerCorpus.Words(noise.ToString(), letter, new string('a', 500_000)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.ElapsedMilliseconds} ms");
        Assert.Equal(ItemStatus.Answered, judgement.Items[0].Status);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), $"{watch.Elapsed}");
    }
}
