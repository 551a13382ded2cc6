using MiSarTracker.Core.Deadlines;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class ReminderPlanTests
{
    [Theory]
    [InlineData("ordinary", "2026-03-05", "NL", false, "2026-04-07")]
    [InlineData("safe-date-later", "2026-03-27", "DE", false, "2026-04-28")]
    [InlineData("short-month", "2025-01-31", "NL", false, "2025-02-28")]
    [InlineData("extended", "2026-03-05", "NL", true, "2026-06-05")]
    public void PlansReadWell(string name, string received, string code, bool extended, string safeDate)
    {
        var plan = ReminderPlan.For(Tables.Deadline(received, code, extended), Tables.Date(safeDate));
        Approved.Verify("deadlines/reminders-" + name, string.Concat(plan.Select(reminder => $"{IsoDate.Text(reminder.On)} {reminder.Id}\n{reminder.Words}\n\n")));
    }

    [Fact]
    public void TheDaysAreThoseOfTheDesign()
    {
        var plan = ReminderPlan.For(Tables.Deadline("2026-03-05", "NL"), Tables.Date("2026-04-07"));
        Assert.Equal(
            ["2026-03-28", "2026-04-02", "2026-04-04", "2026-04-08", "2026-04-22"],
            plan.Select(reminder => IsoDate.Text(reminder.On)));
        Assert.Equal(
            ["seven-days-before", "two-days-before", "thirtieth-day", "overdue", "complaint-ready"],
            plan.Select(reminder => reminder.Id));
    }

    [Fact]
    public void NothingSaysLateBeforeTheSafeDateIsOver()
    {
        for (var received = new LocalDate(2024, 1, 1); received.Year < 2028; received = received.PlusDays(1))
        {
            foreach (var extended in new[] { false, true })
            {
                var safe = SafeDate.For(received, [Tables.Shipped.For("NL"), Tables.Shipped.For("DE")], extended: extended);
                var plan = ReminderPlan.For(safe.Deadlines[0], safe.Date);
                Assert.Equal(plan.Count, plan.Select(reminder => reminder.Id).Distinct().Count());
                Assert.Equal(plan.OrderBy(reminder => reminder.On), plan);
                Assert.All(
                    plan.Where(reminder => reminder.On <= safe.Date),
                    reminder => Assert.True(!reminder.Words.Contains("overdue", StringComparison.Ordinal) && !reminder.Words.Contains("complain", StringComparison.Ordinal), $"{received} {reminder.Words}"));
                Assert.Equal(safe.Date.PlusDays(1), plan.Single(reminder => reminder.Kind == ReminderKind.Overdue).On);
                Assert.Equal(safe.Date.PlusDays(15), plan.Single(reminder => reminder.Kind == ReminderKind.ComplaintReady).On);
            }
        }
    }

    [Fact]
    public void AnExtendedPeriodHasNoThirtiethDay() =>
        Assert.DoesNotContain(
            ReminderPlan.For(Tables.Deadline("2026-03-05", "NL", extended: true), Tables.Date("2026-06-05")),
            reminder => reminder.Kind is ReminderKind.ThirtiethDay or ReminderKind.SevenDaysBefore or ReminderKind.TwoDaysBefore);
}
