using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers.Documents;
using MiSarTracker.Formats.Answers.Tables;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class HintTests
{
    [Theory]
    [InlineData("the password of your archive is: AbCdEfGh.", "AbCdEfGh")]
    [InlineData("Password: AbCdEfGh", "AbCdEfGh")]
    [InlineData("Your password is \u201cAb.Cd\u201d", "Ab.Cd")]
    [InlineData("Das Passwort lautet AbCdEfGh", "AbCdEfGh")]
    [InlineData("Le mot de passe est : AbCdEfGh", "AbCdEfGh")]
    [InlineData("\u5bc6\u7801\uff1aAbCdEfGh", "AbCdEfGh")]
    [InlineData("Here is the password for the file:\n\n   AbCdEfGh  \n\nRegards", "AbCdEfGh")]
    [InlineData("Wachtwoord:\r\nAbCdEfGh\r\n", "AbCdEfGh")]
    public void AMailThatNamesThePasswordIsUnderstood(string text, string password) =>
        Assert.Equal(password, PasswordHint.In("pw.eml", text)[0].Password);

    [Theory]
    [InlineData("We never ask for your password.\nRegards, the team")]
    [InlineData("You will get the password in a second mail.")]
    [InlineData("Dear you, nothing here.")]
    public void AMailThatOnlySpeaksOfOneNamesNone(string text) => Assert.Empty(PasswordHint.In("a.eml", text));

    [Fact]
    public void ALongTextIsSearchedInNoTime()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        PasswordHint.In("a.txt", string.Concat(Enumerable.Repeat("password password password password is is is\n", 100_000)));
        PasswordHint.In("a.txt", string.Concat(Enumerable.Repeat("password ", 100_000)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    [Fact]
    public void TheColumnsOfAnUnknownTableSayWhatTheyHold()
    {
        var overview = new TableOverview(new CollectedAnswer(), (_, header) => header.Contains("when"));
        var csv = "when,clock,count,epoch,note,none,both\n2024-03-31 10:00:00,07:13,5,1711872000,words,null,1\n2024-03-30,23:59:59,-7.5,1711958400,,,x\n";
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv));
        MiSarTracker.Formats.Answers.AnswerReader.Read(stream, "a.csv", [], overview, Limits.Default, TestContext.Current.CancellationToken);

        var table = Assert.Single(overview.Unknown);
        Assert.Equal(2, table.Rows);
        Assert.Equal(["date", "time", "number", "unix-time", "text", "empty", "mixed"], table.Columns.Select(column => column.Type));
        Assert.Equal(("2024-03-30T00:00:00", "2024-03-31T10:00:00"), (table.Columns[0].From, table.Columns[0].To));
        Assert.Equal("2024-03-31T08:00:00Z", table.Columns[3].From);
    }

    [Fact]
    public void EveryStampIsHandedOnWithItsSource()
    {
        var zip = new ZipForge().Add("SPORT_1577836800000.csv", "date,steps\n2024-03-30,5\n").Bytes();
        var stamps = CollectedAnswer.Of(zip, "3000000001_1714557600000.zip").Summary!.Stamps;

        Assert.Equal(
            [("3000000001_1714557600000.zip", MiSarTracker.Formats.Answers.StampSource.AnswerName), ("SPORT_1577836800000.csv", MiSarTracker.Formats.Answers.StampSource.MemberName)],
            stamps.Select(stamp => (stamp.Member, stamp.Source)));
        Assert.Equal(NodaTime.Instant.FromUtc(2020, 1, 1, 0, 0), stamps[1].At);
    }

    [Fact]
    public void OnlyThePasswordsThatOpenedSomethingAreNamedAsSuch()
    {
        var answer = CollectedAnswer.Of(CollectedAnswer.Sample("3000000001_1714557600000.zip"), "a.zip", "wrong", "AbCdEfGh", "other");

        Assert.Equal(["AbCdEfGh"], answer.Summary!.Opened);
    }
}
