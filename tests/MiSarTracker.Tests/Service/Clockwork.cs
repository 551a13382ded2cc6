using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Tests.Sending;
using NodaTime;

namespace MiSarTracker.Tests.Service;

/// <summary>Starts the clock of a controller with reminders at moments that a test chooses.</summary>
internal static class Clockwork
{
    public static async Task<Case> StartAsync(PostOffice office, LocalDate received, params PlannedReminder[] reminders)
    {
        var deadline = Deadline.For(received, Templates.Shipped.Holidays().For("NL"));
        var clock = new Clock
        {
            Received = received,
            Country = "NL",
            Rule = deadline.Rule.ToString(),
            Nominal = deadline.Nominal,
            Due = deadline.Due,
            ThirtyDays = deadline.ThirtyDays,
            Safe = deadline.Due,
            Derivation = [.. deadline.Derivation],
        };
        var now = office.Clock.GetCurrentInstant();
        await office.Workspace.Apply(office.Case.Reference, new RecordReceipt("xiaomi", clock, "the person's word"), now, PostOffice.Stop);
        await office.Workspace.Apply(office.Case.Reference, new PlanReminders("xiaomi", reminders.ToValueList()), now, PostOffice.Stop);
        return await office.ReloadAsync();
    }
}
