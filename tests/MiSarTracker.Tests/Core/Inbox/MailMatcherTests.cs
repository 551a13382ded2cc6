using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using Xunit;

namespace MiSarTracker.Tests.Core.Inbox;

public sealed class MailMatcherTests
{
    private static readonly CaseReference First = new(2026, 1), Second = new(2026, 2), Closed = new(2025, 7);

    private static readonly MailMatcher Matcher = new(
        [
            Traces(First, true, "m1@client.test", "privacy@vendor.test"),
            Traces(Second, true, "m2@client.test", "dpo@other.test"),
            Traces(Closed, false, "m7@client.test", "privacy@third.test"),
        ],
        ["alice@client.test"]);

    [Fact]
    public void AReportIsMatchedByTheEnvelopeIdAndIsSureOnlyWithTheLettersHeaders()
    {
        MailFacts fair = new() { Senders = ["mailer-daemon@x.test"], Report = new MailReport { Action = DeliveryAction.Delivered, EnvelopeId = "SAR-2026-0001.1" } };
        AssertHit(fair, First, MatchBy.EnvelopeId, MatchTrust.Fair, "L-001");
        AssertHit(fair with { Report = fair.Report! with { MessageIds = ["m1@client.test"] } }, First, MatchBy.EnvelopeId, MatchTrust.High, "L-001");
        AssertHit(fair with { Report = new MailReport { MessageIds = ["M2@CLIENT.test"] } }, Second, MatchBy.ReturnedHeaders, MatchTrust.High, "L-001");
    }

    [Fact]
    public void AReplyIsMatchedByItsThreadAlsoWhenTheCaseIsClosed()
    {
        AssertHit(new MailFacts { Senders = ["x@elsewhere.test"], Answers = ["foreign@x", "m1@client.test"] }, First, MatchBy.Thread, MatchTrust.High, "L-001");
        AssertHit(new MailFacts { Senders = ["x@elsewhere.test"], Answers = ["m7@client.test"] }, Closed, MatchBy.Thread, MatchTrust.High, "L-001");
    }

    [Theory]
    [InlineData("Re: Request [SAR-2026-0001]", true)]
    [InlineData("AW: sar-2026-0001", true)]
    [InlineData("关于SAR-2026-0001的答复", false)]
    [InlineData("关于 SAR-2026-0001 的答复", true)]
    [InlineData("XSAR-2026-0001", false)]
    [InlineData("SAR-2026-00012", false)]
    [InlineData("SAR-2026-0099", false)]
    public void TheReferenceInTheSubjectNamesTheCase(string subject, bool named) =>
        Assert.Equal(named, Matcher.Match(new MailFacts { Senders = ["x@elsewhere.test"], Subject = subject }).Hit?.Case == First);

    [Fact]
    public void TheReferenceInTheTextNamesTheCase() =>
        AssertHit(new MailFacts { Senders = ["privacy@vendor.test"], Text = "Your reference: SAR-2026-0002." }, Second, MatchBy.Body, MatchTrust.Fair, null);

    [Fact]
    public void TwoCasesAreTwoCandidatesAndThePersonDecides()
    {
        MailMatch match = Matcher.Match(new MailFacts { Senders = ["x@elsewhere.test"], Answers = ["m1@client.test"], Text = "SAR-2026-0002" });
        Assert.Null(match.Hit);
        Assert.Equal([First, Second], match.Candidates.Select(one => one.Case));
        Assert.Contains("SAR-2026-0001 and SAR-2026-0002", match.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void ASenderAloneIsAHintOfLowTrustAndADomainAloneWaits()
    {
        AssertHit(new MailFacts { Senders = ["privacy@vendor.test"] }, First, MatchBy.SenderAddress, MatchTrust.Low, null);
        MailMatch domain = Matcher.Match(new MailFacts { Senders = ["legal@eu.vendor.test"] });
        Assert.Null(domain.Hit);
        Assert.Equal(MatchBy.SenderDomain, Assert.Single(domain.Candidates).By);
        Assert.False(Matcher.Match(new MailFacts { Senders = ["legal@notvendor.test"] }).Concerns);
        Assert.False(Matcher.Match(new MailFacts { Senders = ["privacy@third.test"] }).Concerns);
    }

    [Fact]
    public void ANewsletterOfTheVendorConcernsNoCase()
    {
        RobotMarks bulk = RobotMarks.Of(ReplyClassifierTests.Header(("List-Unsubscribe", "<mailto:x@y>")));
        Assert.False(Matcher.Match(new MailFacts { Senders = ["privacy@vendor.test"], Subject = "We have updated our privacy policy", Robot = bulk }).Concerns);
        Assert.True(Matcher.Match(new MailFacts { Senders = ["privacy@vendor.test"], Subject = "[SAR-2026-0001]", Robot = bulk }).Concerns);
    }

    [Fact]
    public void TwoCasesThatWaitForTheSameSenderAreUnsure()
    {
        var both = new MailMatcher([Traces(First, true, "a@x", "privacy@vendor.test"), Traces(Second, true, "b@x", "privacy@vendor.test")], []);
        MailMatch match = both.Match(new MailFacts { Senders = ["privacy@vendor.test"] });
        Assert.Null(match.Hit);
        Assert.Equal(2, match.Candidates.Count);
    }

    [Fact]
    public void OurOwnMailsAreNoReplies()
    {
        Assert.False(Matcher.Match(new MailFacts { Senders = ["alice@client.test"], Answers = ["m1@client.test"], Subject = "SAR-2026-0001" }).Concerns);
        Assert.False(Matcher.Match(new MailFacts { Senders = ["x@y.test"], MessageId = "m1@client.test", Subject = "SAR-2026-0001" }).Concerns);
        Assert.False(Matcher.MayConcern(new MailFacts { Senders = ["alice@client.test"], NamedInBody = true }, isReport: false));
    }

    [Theory]
    [InlineData("Auto-Submitted", "auto-replied", true)]
    [InlineData("Auto-Submitted", "no", false)]
    [InlineData("Precedence", "BULK", true)]
    [InlineData("Precedence", "first-class", false)]
    [InlineData("List-Id", "<news.vendor.test>", true)]
    [InlineData("Return-Path", "<>", true)]
    [InlineData("Return-Path", "<a@b.test>", false)]
    [InlineData("X-Autoreply", "yes", true)]
    [InlineData("X-Auto-Response-Suppress", "All", false)]
    public void ARobotIsKnownByItsHeaders(string name, string value, bool isRobot) =>
        Assert.Equal(isRobot, RobotMarks.Of(ReplyClassifierTests.Header((name, value))).IsAutomatic);

    private static void AssertHit(MailFacts mail, CaseReference reference, MatchBy by, MatchTrust trust, string? letter)
    {
        MatchHit hit = Assert.IsType<MatchHit>(Matcher.Match(mail).Hit);
        Assert.Equal((reference, by, trust, letter), (hit.Case, hit.By, hit.Trust, hit.Letter));
    }

    private static CaseTraces Traces(CaseReference reference, bool running, string messageId, string to) => new(
        reference, running, [new LetterTrace("L-001", "vendor", messageId, $"{reference}.1", to)], [new ControllerTrace("vendor", true, [to])]);
}
