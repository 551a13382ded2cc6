using Microsoft.AspNetCore.Mvc.RazorPages;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Sending;
using MiSarTracker.Service;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Web.Pages;

/// <summary>One case: state, clocks with their derivation, letters and mails, reminders, exhibits, findings, report, history.</summary>
internal sealed class CaseModel(ServiceParts parts) : PageModel
{
    /// <summary>More stand on a page of their own.</summary>
    public const int FindingsShown = 10;

    public const int HistoryShown = 12;

    public required Case Case { get; set; }

    public required IReadOnlyList<HistoryEntry> History { get; set; }

    public required NextStep Next { get; set; }

    public required string State { get; set; }

    /// <summary>Null before the first comparison.</summary>
    public StoredComparison? Comparison { get; private set; }

    /// <summary>Why the comparison cannot be shown; the rest of the page is shown all the same.</summary>
    public MisarFailure? ComparisonFault { get; private set; }

    public ReportRun? Report { get; private set; }

    public IReadOnlyList<OutboxItem> Waiting { get; private set; } = [];

    public bool RemindersAreOn => parts.Settings.Reminders.Enabled;

    public bool SendsMail => parts.SendsMail;

    public DateTimeZone Zone => parts.Settings.Person.Zone;

    public Countdown? ClockOf(CaseController controller) =>
        controller.IsOpen ? Countdown.Of(controller.Clock?.Due, controller.Clock?.Safe, parts.Today) : null;

    public ReminderWords WordsOf(Reminder reminder) => ReminderWords.Of(Case, reminder, parts.Templates.Holidays());

    public async Task OnGetAsync(string reference, CancellationToken cancellationToken)
    {
        var workspace = parts.Workspace;
        Case = workspace.Cases.Get(CaseReference.Parse(reference));
        History = workspace.Ledger.History(Case.Reference);
        Waiting = [.. (await workspace.Outbox.List(finishedToo: false, cancellationToken)).Where(mail => mail.Case == Case.Reference)];
        State = ContractName.Of(Case.StateOn(parts.Today));
        Next = NextStep.For(InList(), Waiting, parts.Today);
        Report = Files.StoredReport(Case, workspace.Vault);
        try
        {
            Comparison = StoredComparison.Latest(Case, workspace.Vault);
        }
        catch (MisarFailure fault) when (fault is Corrupt or Unavailable)
        {
            ComparisonFault = fault;
        }
    }

    private CaseListItem InList() => new(
        Case.Reference, Case.Vendor, Case.Person.Name, Case.State, Case.OpenedAt, Case.NextDue?.Id, Case.NextDue?.Clock?.Due, Case.NextDue?.Clock?.Safe,
        Case.Letters.Count, Case.Exhibits.Count(e => e.Kind == ExhibitKind.Evidence), Case.Exhibits.Count(e => e.Kind == ExhibitKind.Response),
        Case.Comparisons is [.., var latest] ? latest.Findings : null);
}
