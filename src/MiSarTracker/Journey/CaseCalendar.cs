using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using NodaTime;
using Duration = Ical.Net.DataTypes.Duration;

namespace MiSarTracker.Journey;

/// <summary>
/// A case's days as a calendar file (RFC 5545): all-day entries with alarms. The same day of the same case has the same UID for
/// ever, and a SEQUENCE that grows with the case's history, so that importing the file again moves an entry and doubles none;
/// a day that is over with is cancelled.
/// </summary>
public static class CaseCalendar
{
    private static readonly int[] AlarmDays = [7, 2, 0];

    /// <param name="sequence">How many entries the case's history has.</param>
    /// <param name="changedAt">When the last of them was made.</param>
    /// <param name="hour">The hour of the day at which an alarm rings, 0 to 23.</param>
    public static string Write(Case @case, int sequence, Instant changedAt, int hour)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//MiSarTracker//misar//EN", Method = "PUBLISH" };
        foreach (var entry in Entries(@case))
            calendar.Events.Add(Event(@case, entry, sequence, changedAt, hour));
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static IEnumerable<Entry> Entries(Case @case)
    {
        var over = @case.State is CaseState.Closed or CaseState.Erased;
        foreach (var controller in @case.Controllers)
        {
            if (controller.Clock is not { } clock)
                continue;
            var gone = over || !controller.IsOpen || controller.HasOpenPause;
            var told = string.Join("\n", clock.Derivation);
            yield return new Entry($"{controller.Id}-thirty-days", clock.ThirtyDays, $"30 days since {controller.Name} received the request (a rule of thumb, no deadline)", "Thirty days are a rule of thumb; the last day by law stands in another entry.", gone || clock.Extended, false);
            yield return new Entry($"{controller.Id}-due", clock.Due, $"Last day for {controller.Name} to answer", told, gone, true);
            yield return new Entry($"{controller.Id}-safe", clock.Safe.PlusDays(1), $"{controller.Name}: late beyond doubt from today, unless it answered", told, gone, false);
        }

        foreach (var complaint in @case.Complaints)
        {
            var plan = ReminderPlan.Complaint(complaint.On, complaint.Name);
            yield return new Entry($"{complaint.Authority}-{IsoDate.Text(complaint.On)}-silent", plan.On, $"Three months since the complaint to {complaint.Name}", plan.Words, over || !complaint.IsOpen, false);
        }
    }

    private static CalendarEvent Event(Case @case, Entry entry, int sequence, Instant changedAt, int hour)
    {
        var made = new CalendarEvent
        {
            Uid = $"{Salt(@case)}-{@case.Reference}-{entry.Key}@misar".ToLowerInvariant(),
            Start = Day(entry.On),
            End = Day(entry.On.PlusDays(1)),
            Summary = $"{@case.Reference}: {entry.Summary}",
            Description = entry.Description,
            Sequence = sequence,
            DtStamp = new CalDateTime(changedAt.ToDateTimeUtc(), "UTC"),
            Status = entry.IsCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
        };
        foreach (var days in entry.IsCancelled ? [] : entry.AlarmsAhead ? AlarmDays : [0])
        {
            made.Alarms.Add(new Alarm
            {
                Action = AlarmAction.Display,
                Description = made.Summary,
                Trigger = new Trigger(Duration.FromHours(hour - (24 * days))),
            });
        }

        return made;
    }

    private static CalDateTime Day(LocalDate date) => new(date.Year, date.Month, date.Day);

    /// <summary>Tells cases of the same number in two workspaces apart, and tells nobody more than that.</summary>
    private static string Salt(Case @case) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        @case.OpenedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "\n" + @case.Vendor)))[..12];

    private sealed record Entry(string Key, LocalDate On, string Summary, string Description, bool IsCancelled, bool AlarmsAhead);
}
