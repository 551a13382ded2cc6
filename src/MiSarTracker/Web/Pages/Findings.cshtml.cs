using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Service;

namespace MiSarTracker.Web.Pages;

/// <summary>All findings of a case's latest comparison, those that weigh most first.</summary>
internal sealed class FindingsModel(ServiceParts parts) : PageModel
{
    private const int PerPage = 100;

    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    public CaseReference Reference { get; private set; }

    public IReadOnlyList<StoredFinding> Findings { get; private set; } = [];

    public int Count { get; private set; }

    public int Pages => Math.Max(1, (Count + PerPage - 1) / PerPage);

    public void OnGet(string reference)
    {
        Reference = CaseReference.Parse(reference);
        var comparison = StoredComparison.Latest(parts.Workspace.Cases.Get(Reference), parts.Workspace.Vault)
            ?? throw new Refusal($"{Reference} was not compared yet.", $"misar compare {Reference}");
        Count = comparison.Findings.Count;
        Number = Math.Clamp(Number, 1, Pages);
        Findings = [.. comparison.ByWeight().Skip((Number - 1) * PerPage).Take(PerPage)];
    }
}
