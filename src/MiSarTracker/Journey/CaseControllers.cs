using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Journey;

/// <summary>A case's controllers as letters and clocks need them: from the vendor's profile, or by the person's own contact.</summary>
public static class CaseControllers
{
    /// <summary>A controller of a case.</summary>
    /// <exception cref="Refusal">The case does not have it, or the profile no longer does.</exception>
    public static Controller Of(Case @case, VendorProfile profile, string id)
    {
        var chosen = @case.Controller(id);
        return profile.Controllers.FirstOrDefault(known => known.Id == id)
            ?? (chosen.Contact is { } contact ? Of(chosen, contact) : null)
            ?? throw new Refusal($"The profile {profile.Id} no longer has the controller “{id}”, so its address and its place are not known.", "Put it back into the profile, or open a new case.");
    }

    private static Controller Of(CaseController chosen, Contact contact) => new()
    {
        Id = chosen.Id,
        Name = chosen.Name,
        Email = contact.Email,
        Country = contact.Country,
        Address = [.. contact.Address],
        Because = contact.Because,
    };
}
