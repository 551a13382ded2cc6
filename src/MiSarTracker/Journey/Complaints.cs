using MiSarTracker.Core.Authorities;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>Complaints of a case: where they may go, and what follows once one is lodged.</summary>
public sealed class Complaints(Workspace workspace, Templates templates, Settings settings)
{
    /// <summary>
    /// The authorities among which the person may choose, the controllers' places last.
    /// </summary>
    /// <param name="residence">Null for the country of the case's person.</param>
    public static IReadOnlyList<AuthorityCandidate> Candidates(AuthorityDirectory known, Case found, VendorProfile profile, string? residence, string? workplace)
    {
        var seats = found.Controllers
            .Select(controller => profile.Controllers.FirstOrDefault(c => c.Id == controller.Id)?.Establishment?.Country ?? controller.Contact?.Country)
            .OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var candidates = AuthorityChoice.For(known, residence ?? found.Person.Country, workplace, seats.FirstOrDefault()).ToList();
        foreach (var seat in seats.Skip(1))
            candidates.AddRange(AuthorityChoice.For(known, null, null, seat).Where(further => candidates.TrueForAll(c => c.Authority.Id != further.Authority.Id)));
        return candidates;
    }

    /// <summary>A complaint was lodged: the clocks' reminders go, and the authority's three months are planned.</summary>
    public async Task<Case> LodgedAsync(CaseReference reference, Authority authority, LocalDate on, string? fileNumber, Instant now, CancellationToken cancellationToken)
    {
        var after = (await workspace.Apply(reference, new RecordComplaint(authority.Id, authority.Name, on, fileNumber), now, cancellationToken).ConfigureAwait(false)).Case;
        var asked = after.Controllers.First(controller => controller.State != ControllerState.Draft);
        var plan = new Clocks(templates, settings).ComplaintReminder(on, authority.Name);
        return (await workspace.Apply(reference, new PlanReminders(asked.Id, plan), now, cancellationToken).ConfigureAwait(false)).Case;
    }
}
