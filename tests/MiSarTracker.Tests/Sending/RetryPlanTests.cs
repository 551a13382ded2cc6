using MiSarTracker.Core.Ports;
using MiSarTracker.Sending;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Sending;

public sealed class RetryPlanTests
{
    private static readonly SendOutcome Busy = new SendOutcome.Refused(451, null, "later", Permanent: false, "Later.");

    [Fact]
    public void ThePausesGrowAndStayAtFourHours()
    {
        var minutes = Enumerable.Range(1, 100).Select(attempt => RetryPlan.After(Busy, attempt)!.After.TotalMinutes).ToList();
        Assert.Equal([2, 5, 15, 30, 60, 120, 240, 240], minutes.Take(8));
        Assert.Equal(minutes.Order(), minutes);
        Assert.Equal(240, minutes[^1]);
    }

    [Fact]
    public void NothingIsTriedAgainThatMayHaveArrivedOrWasRefusedForGood()
    {
        Assert.Null(RetryPlan.After(new SendOutcome.Accepted(250, "OK", false), 1));
        Assert.Null(RetryPlan.After(new SendOutcome.Unknown("the line broke."), 1));
        Assert.Null(RetryPlan.After(new SendOutcome.Refused(550, null, "no", Permanent: true, "No."), 1));
    }

    [Fact]
    public void ABrokenLineIsRetriedSoonAndAWrongPasswordSeldom()
    {
        Assert.Equal(new Retry(Duration.FromMinutes(2), "No answer.", false), RetryPlan.After(new SendOutcome.NotSent("No answer.", Retryable: true), 1));
        Assert.Equal(new Retry(Duration.FromHours(6), "Wrong password. Set it.", true), RetryPlan.After(new SendOutcome.NotSent("Wrong password.", Retryable: false, "Set it."), 1));
    }
}
