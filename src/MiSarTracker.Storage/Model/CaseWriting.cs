using System.Text.Json;
using MiSarTracker.Core.Cases;

namespace MiSarTracker.Storage.Model;

/// <summary>A case onto its rows. Parts are matched by their place; the change tracker writes what differs.</summary>
internal static class CaseWriting
{
    public static void Write(Case @case, CaseRow row)
    {
        row.Year = @case.Reference.Year;
        row.Number = @case.Reference.Number;
        row.Vendor = @case.Vendor;
        row.PersonName = @case.Person.Name;
        row.PersonEmail = @case.Person.Email;
        row.PersonCountry = @case.Person.Country;
        row.Language = @case.Language;
        row.OpenedAt = @case.OpenedAt;
        row.ClosedAt = @case.ClosedAt;
        row.Outcome = @case.Outcome;
        row.ErasedAt = @case.ErasedAt;
        row.Facts = CaseFacts.Write(@case);
        WriteDerived(@case, row);
        Parts(row.Identifiers, @case.Identifiers, (part, i) => (part.Kind, part.Value) = (i.Kind, i.Value));
        Parts(row.Controllers, @case.Controllers, Write);
        WriteReplies(@case, row);
        Parts(row.Letters, @case.Letters, Write);
        Parts(row.Mails, @case.Mails, Write);
        Parts(row.Exhibits, @case.Exhibits, Write);
        Parts(row.Reminders, @case.Reminders, Write);
        Parts(row.Comparisons, @case.Comparisons, Write);
        Parts(row.Reports, @case.Reports, Write);
        Parts(row.Grades, @case.Grades, (part, g) => (part.Item, part.Status, part.Because, part.At) = (g.Item, g.Status, g.Because, g.At));
    }

    private static void WriteDerived(Case @case, CaseRow row)
    {
        var next = @case.NextDue;
        row.State = @case.State;
        row.NextDue = next?.Clock?.Safe;
        row.NextDueByLaw = next?.Clock?.Due;
        row.NextController = next?.Id;
        row.LetterCount = @case.Letters.Count;
        row.EvidenceCount = @case.Exhibits.Count(e => e.Kind == ExhibitKind.Evidence);
        row.ResponseCount = @case.Exhibits.Count(e => e.Kind == ExhibitKind.Response);
        row.FindingCount = @case.Comparisons.Count == 0 ? null : @case.Comparisons[^1].Findings;
        row.SearchText = @case.State == CaseState.Erased ? "" : string.Join('\n',
        [
            @case.Reference.ToString(), @case.Vendor, @case.Person.Name, @case.Person.Email,
            .. @case.Identifiers.Select(i => i.Value),
            .. @case.Controllers.Select(c => $"{c.Id} {c.Name}"),
            .. @case.Letters.Select(l => l.Mail.To).Distinct(),
        ]).ToLowerInvariant();
    }

    private static void Parts<TRow, TValue>(List<TRow> rows, IReadOnlyList<TValue> values, Action<TRow, TValue> write)
        where TRow : class, ICasePart, new()
    {
        var byPlace = rows.ToDictionary(r => r.Ordinal);
        for (var place = 0; place < values.Count; place++)
        {
            if (!byPlace.Remove(place, out var row))
                rows.Add(row = new TRow { Ordinal = place });
            write(row, values[place]);
        }

        foreach (var gone in byPlace.Values)
            rows.Remove(gone);
    }

    // Replies are counted over the case in the order of recording; a new one goes to the end whoever wrote it.
    private static void WriteReplies(Case @case, CaseRow row)
    {
        var stored = row.Replies.OrderBy(r => r.Ordinal).ToLookup(r => r.Controller);
        foreach (var controller in @case.Controllers)
        {
            foreach (var reply in controller.Replies.Skip(stored[controller.Id].Count()))
            {
                row.Replies.Add(new ReplyRow
                {
                    Ordinal = row.Replies.Count,
                    Controller = controller.Id,
                    Kind = reply.Kind,
                    Received = reply.Received,
                    Until = reply.Until,
                    Reasons = reply.Reasons,
                    Exhibit = reply.Exhibit,
                    Late = reply.Late,
                    Faults = Texts(reply.Faults),
                    MovedClock = reply.MovedClock,
                });
            }
        }

        if (@case.Controllers.Count == 0)
            row.Replies.Clear();
    }

    private static string Texts(IEnumerable<string> texts) => JsonSerializer.Serialize(texts.ToArray(), RowJson.Default.StringArray);

    private static void Write(ControllerRow row, CaseController controller)
    {
        row.Controller = controller.Id;
        row.Name = controller.Name;
        row.State = controller.State;
        row.ReceiptBasis = controller.ReceiptBasis;
        row.ClockReceived = controller.Clock?.Received;
        row.ClockCountry = controller.Clock?.Country;
        row.ClockRule = controller.Clock?.Rule;
        row.ClockNominal = controller.Clock?.Nominal;
        row.ClockDue = controller.Clock?.Due;
        row.ClockThirtyDays = controller.Clock?.ThirtyDays;
        row.ClockSafe = controller.Clock?.Safe;
        row.ClockExtended = controller.Clock?.Extended ?? false;
        row.ClockDerivation = controller.Clock is null ? null : Texts(controller.Clock.Derivation);
        row.Facts = ControllerFacts.Write(controller);
    }

    private static void Write(LetterRow row, Letter letter)
    {
        row.Number = letter.Number;
        row.Kind = letter.Kind;
        row.Controller = letter.Controller;
        row.Language = letter.Language;
        row.AddressReason = letter.AddressReason;
        row.To = letter.Mail.To;
        row.Subject = letter.Mail.Subject;
        row.MessageId = letter.Mail.MessageId;
        row.EnvelopeId = letter.Mail.EnvelopeId;
        row.Sha256 = letter.Mail.Sha256;
        row.Size = letter.Mail.Size;
        row.QueuedAt = letter.QueuedAt;
        row.State = letter.State;
        row.ServerReply = letter.ServerReply;
        row.OutcomeAt = letter.OutcomeAt;
    }

    private static void Write(MailRow row, IncomingMail mail)
    {
        row.Number = mail.Number;
        row.Sha256 = mail.Sha256;
        row.Size = mail.Size;
        row.MessageId = mail.MessageId;
        row.From = mail.From;
        row.Subject = mail.Subject;
        row.SentAt = mail.SentAt;
        row.AddedAt = mail.AddedAt;
        row.Automatic = mail.Automatic;
        row.Answers = mail.Answers;
    }

    private static void Write(ExhibitRow row, Exhibit exhibit)
    {
        row.Number = exhibit.Number;
        row.Kind = exhibit.Kind;
        row.FileName = exhibit.FileName;
        row.Size = exhibit.Size;
        row.Sha256 = exhibit.Sha256;
        row.Format = exhibit.Format;
        row.AddedAt = exhibit.AddedAt;
        row.Received = exhibit.Received;
        row.Controller = exhibit.Controller;
        row.Device = exhibit.Device;
        row.App = exhibit.App;
        row.Note = exhibit.Note;
        row.HasPassword = exhibit.HasPassword;
        row.Summary = exhibit.Summary;
    }

    private static void Write(ReminderRow row, Reminder reminder)
    {
        row.Number = reminder.Number;
        row.Kind = reminder.Kind;
        row.Controller = reminder.Controller;
        row.Due = reminder.Due;
        row.State = reminder.State;
        row.FiredAt = reminder.FiredAt;
        row.To = reminder.Mail?.To;
        row.Subject = reminder.Mail?.Subject;
        row.MessageId = reminder.Mail?.MessageId;
        row.EnvelopeId = reminder.Mail?.EnvelopeId;
        row.Sha256 = reminder.Mail?.Sha256;
        row.Size = reminder.Mail?.Size;
        row.MailState = reminder.MailState;
        row.ServerReply = reminder.ServerReply;
    }

    private static void Write(ComparisonRow row, ComparisonRun run)
    {
        row.Number = run.Number;
        row.At = run.At;
        row.Engine = run.Engine;
        row.Sha256 = run.Sha256;
        row.Size = run.Size;
        row.Exhibits = Texts(run.Exhibits);
        row.Options = run.Options;
        row.Findings = run.Findings;
    }

    private static void Write(ReportRow row, ReportRun run)
    {
        row.Number = run.Number;
        row.At = run.At;
        row.Sha256 = run.Sha256;
        row.Size = run.Size;
        row.Comparison = run.Comparison;
        row.Language = run.Language;
        row.Redacted = run.Redacted;
    }
}
