using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MiSarTracker.Core.Cases;
using MiSarTracker.Service;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Web.Pages;

/// <summary>What is planned, what waits and why; a mail that waits can be tried at once.</summary>
internal sealed class JobsModel(ServiceParts parts, OutboxJob outbox) : PageModel
{
    private const int RemindersShown = 50;

    public IReadOnlyList<OutboxItem> Mails { get; private set; } = [];

    public IReadOnlyList<StoredReminder> Reminders { get; private set; } = [];

    public int ReminderCount { get; private set; }

    public bool RemindersAreOn => parts.Settings.Reminders.Enabled;

    public bool SendsMail => parts.SendsMail;

    public DateTimeZone Zone => parts.Settings.Person.Zone;

    /// <summary>What came of the attempt that the person just asked for.</summary>
    [TempData]
    public string? Outcome { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Mails = await parts.Workspace.Outbox.List(finishedToo: false, cancellationToken);
        var pending = await parts.Workspace.Reminders.Pending(cancellationToken: cancellationToken);
        ReminderCount = pending.Count;
        Reminders = [.. pending.Take(RemindersShown)];
    }

    public async Task<IActionResult> OnPostAsync(string reference, string item, CancellationToken cancellationToken)
    {
        var delivery = await outbox.SendNow(CaseReference.Parse(reference), item, cancellationToken);
        Outcome = delivery is null
            ? $"{item} of {reference} was not sent: no mail server is set, or it no longer waits."
            : $"{delivery.Item} of {delivery.Case}: {ContractName.Of(delivery.State)}. {delivery.Reply}";
        return RedirectToPage();
    }
}
