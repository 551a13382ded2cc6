using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Storage.Model;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>What a case gave to the world, with what its vendor's profile can add.</summary>
/// <param name="Since">The earliest day on which an answer can have come.</param>
public sealed record StoredTraces(CaseTraces Traces, string Vendor, string PersonEmail, LocalDate Since);

public sealed partial class Inbox
{
    /// <summary>Of every case that is not erased; a few queries, however many cases there are.</summary>
    public IReadOnlyList<StoredTraces> Traces() => database.ReadPlainly((connection, transaction) =>
    {
        var letters = Rows.Read<LetterRow>(connection, transaction, "Letters", "ORDER BY \"CaseId\", \"Ordinal\"").ToLookup(row => row.CaseId);
        var reminders = Rows.Read<ReminderRow>(connection, transaction, "Reminders", "WHERE \"MessageId\" IS NOT NULL").ToLookup(row => row.CaseId);
        var controllers = Rows.Read<ControllerRow>(connection, transaction, "Controllers", "ORDER BY \"CaseId\", \"Ordinal\"").ToLookup(row => row.CaseId);
        return Rows.Read<CaseRow>(connection, transaction, "Cases", "WHERE \"State\" <> 'erased' ORDER BY \"Id\"").ConvertAll(row => Of(row, [.. letters[row.Id]], reminders[row.Id], [.. controllers[row.Id]]));
    });

    private static StoredTraces Of(CaseRow row, List<LetterRow> letters, IEnumerable<ReminderRow> reminders, List<ControllerRow> controllers)
    {
        var traces = new CaseTraces(
            CaseReading.ReferenceOf(row),
            row.State is not (CaseState.Closed or CaseState.Draft),
            [
                .. letters.Select(l => new LetterTrace(l.Number, l.Controller, l.MessageId.Trim('<', '>'), l.EnvelopeId, l.To)),
                .. reminders.Select(r => new LetterTrace(r.Number, null, r.MessageId!.Trim('<', '>'), r.EnvelopeId ?? "", r.To ?? "")),
            ],
            [.. controllers.Select(c => new ControllerTrace(c.Controller, c.State is not (ControllerState.Draft), [.. letters.Where(l => l.Controller == c.Controller).Select(l => l.To.ToLowerInvariant()).Distinct()]))]);
        var opened = row.OpenedAt.InUtc().Date;
        var since = controllers.Select(c => c.ClockReceived).OfType<LocalDate>().Append(opened).Min();
        return new StoredTraces(traces, row.Vendor, row.PersonEmail, since.PlusDays(-2));
    }
}
