using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>
/// What follows once a mail server has taken a request: until a delivery report or a reply says better, the day of
/// acceptance is presumed to be the day of receipt, and marked so; the clock runs and the reminders are planned.
/// </summary>
public sealed class AfterSending(Workspace workspace, Templates templates, Settings settings)
{
    public const string Presumed = "presumed: the day on which the mail server accepted the letter";

    /// <returns>The clock that now runs for the letter's controller, or null when the letter starts none.</returns>
    public async Task<Clock?> RecordAsync(CaseReference reference, string letterNumber, Instant now, CancellationToken cancellationToken)
    {
        var found = workspace.Cases.Get(reference);
        var letter = found.Letter(letterNumber);
        if (letter.State != SendState.Accepted || letter.Kind != LetterKinds.Access || found.Controller(letter.Controller).Clock is not null)
        {
            return letter.State == SendState.Accepted ? found.Controller(letter.Controller).Clock : null;
        }

        var profile = templates.Vendor(found.Vendor);
        var controller = CaseControllers.Of(found, profile, letter.Controller);
        var clocks = new Clocks(templates, settings);
        var facts = new ClockFacts((letter.OutcomeAt ?? now).InZone(settings.Person.Zone).Date, Extended: false) { Pauses = found.Controller(letter.Controller).Pauses };
        var clock = clocks.Of(controller, found.Person, found.Language, facts.By(profile));
        await workspace.Apply(reference, new RecordReceipt(letter.Controller, clock, Presumed), now, cancellationToken).ConfigureAwait(false);
        await workspace.Apply(reference, new PlanReminders(letter.Controller, clocks.Reminders(clock)), now, cancellationToken).ConfigureAwait(false);
        return clock;
    }
}
