using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MiSarTracker.Service;
using MiSarTracker.Storage;

namespace MiSarTracker.Web.Pages;

/// <summary>The cases, what needs the person first at the top.</summary>
internal sealed class IndexModel(ServiceParts parts) : PageModel
{
    private const int PerPage = 50;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>Closed and erased ones too.</summary>
    [BindProperty(SupportsGet = true, Name = "all")]
    public bool All { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public int Count { get; private set; }

    public int Pages => Math.Max(1, (Count + PerPage - 1) / PerPage);

    public bool IsEmptyWorkspace { get; private set; }

    /// <summary>A case in the list.</summary>
    internal sealed record Line(CaseListItem Item, string State, Countdown? Clock, NextStep Next);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var today = parts.Today;
        var mails = (await parts.Workspace.Outbox.List(finishedToo: false, cancellationToken)).ToLookup(mail => mail.Case);
        var found = parts.Workspace.Cases.List(new CaseQuery { Search = Search, OpenOnly = !All });
        Count = found.Count;
        Number = Math.Clamp(Number, 1, Pages);
        Lines =
        [
            .. found.Select(item => new Line(item, Core.Cases.ContractName.Of(item.StateOn(today)), Countdown.Of(item.Due, item.Safe, today), NextStep.For(item, mails[item.Reference], today)))
                .OrderBy(line => line.Next.Rank).ThenBy(line => line.Item.Safe ?? NodaTime.LocalDate.MaxIsoValue).ThenBy(line => line.Item.Reference)
                .Skip((Number - 1) * PerPage).Take(PerPage),
        ];
        IsEmptyWorkspace = Count == 0 && string.IsNullOrEmpty(Search) && parts.Workspace.Cases.List(new CaseQuery { Take = 1 }).Count == 0;
    }
}
