using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;
using MiSarTracker.Tests.Sending;
using NodaTime;

namespace MiSarTracker.Tests.Service;

/// <summary>Starts the clock of a controller with reminders at moments that a test chooses.</summary>
internal static class Clockwork
{
    public static async Task<Case> StartAsync(PostOffice office, LocalDate received, params PlannedReminder[] reminders)
    {
        var xiaomi = Templates.Shipped.Vendor(office.Case.Vendor).Controllers.First(controller => controller.Id == "xiaomi");
        var clock = new Clocks(Templates.Shipped, new Settings()).Of(xiaomi, office.Case.Person, received);
        var now = office.Clock.GetCurrentInstant();
        await office.Workspace.Apply(office.Case.Reference, new RecordReceipt("xiaomi", clock, "the person's word"), now, PostOffice.Stop);
        await office.Workspace.Apply(office.Case.Reference, new PlanReminders("xiaomi", reminders.ToValueList()), now, PostOffice.Stop);
        return await office.ReloadAsync();
    }
}
