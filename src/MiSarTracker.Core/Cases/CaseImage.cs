using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Ledger;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// A case as one canonical JSON text. Each ledger entry carries the SHA-256 of the image after it, so that a change of
/// the stored case that no verb made is found by comparing the last one with the case as it is read now.
/// A member without a value is left out: a field that a later version adds does not change the image of an old case.
/// </summary>
public static class CaseImage
{
    public static string Digest(Case @case) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(Of(@case))));

    public static JsonObject Of(Case @case) => Payload.Of(
        ("reference", @case.Reference.ToString()),
        ("vendor", @case.Vendor),
        ("name", @case.Person.Name),
        ("email", @case.Person.Email),
        ("country", @case.Person.Country),
        ("language", @case.Language),
        ("openedAt", Payload.Text(@case.OpenedAt)),
        ("closedAt", Payload.Text(@case.ClosedAt)),
        ("outcome", @case.Outcome is { } outcome ? ContractName.Of(outcome) : null),
        ("erasedAt", Payload.Text(@case.ErasedAt)),
        ("identifiers", List(@case.Identifiers, i => Payload.Of(("kind", i.Kind), ("value", i.Value)))),
        ("controllers", List(@case.Controllers, Of)),
        ("letters", List(@case.Letters, Of)),
        ("mails", List(@case.Mails, Of)),
        ("exhibits", List(@case.Exhibits, Of)),
        ("reminders", List(@case.Reminders, Of)),
        ("comparisons", List(@case.Comparisons, Of)),
        ("reports", List(@case.Reports, Of)),
        ("grades", List(@case.Grades, Of)),
        ("complaints", List(@case.Complaints, Of)),
        ("authority", @case.Authority is { } chosen ? Payload.Of(("id", chosen.Id), ("name", chosen.Name), ("why", chosen.Why)) : null));

    private static JsonArray? List<T>(ValueList<T> items, Func<T, JsonObject> image) => items.Count == 0
        ? null
        : [.. items.Select(image)];

    private static JsonObject Of(CaseController controller) => Payload.Of(
        ("id", controller.Id),
        ("name", controller.Name),
        ("state", ContractName.Of(controller.State)),
        ("clock", controller.Clock is null ? null : Payload.Of(controller.Clock)),
        ("receiptBasis", controller.ReceiptBasis),
        ("replies", List(controller.Replies, Of)),
        ("contact", controller.Contact is { } contact ? Payload.Of(contact) : null),
        ("redirect", controller.Redirect is { } redirect ? Payload.Of(redirect) : null),
        ("pauses", List(controller.Pauses, Of)));

    private static JsonObject Of(Pause pause) => Payload.Of(
        ("kind", ContractName.Of(pause.Kind)),
        ("from", Payload.Text(pause.From)),
        ("until", Payload.Text(pause.Until)));

    private static JsonObject Of(Complaint complaint) => Payload.Of(
        ("authority", complaint.Authority),
        ("name", complaint.Name),
        ("on", Payload.Text(complaint.On)),
        ("fileNumber", complaint.FileNumber),
        ("outcome", complaint.Outcome is { } outcome ? ContractName.Of(outcome) : null),
        ("endedOn", Payload.Text(complaint.EndedOn)));

    private static JsonObject Of(Reply reply) => Payload.Of(
        ("kind", ContractName.Of(reply.Kind)),
        ("received", Payload.Text(reply.Received)),
        ("until", Payload.Text(reply.Until)),
        ("reasons", reply.Reasons),
        ("exhibit", reply.Exhibit),
        ("late", reply.Late),
        ("faults", Payload.List(reply.Faults)),
        ("movedClock", reply.MovedClock));

    private static JsonObject Of(Letter letter) => Payload.Of(
        ("number", letter.Number),
        ("kind", letter.Kind),
        ("controller", letter.Controller),
        ("language", letter.Language),
        ("mail", Payload.Of(letter.Mail)),
        ("addressReason", letter.AddressReason),
        ("queuedAt", Payload.Text(letter.QueuedAt)),
        ("state", ContractName.Of(letter.State)),
        ("serverReply", letter.ServerReply),
        ("outcomeAt", Payload.Text(letter.OutcomeAt)));

    private static JsonObject Of(IncomingMail mail) => Payload.Of(
        ("number", mail.Number),
        ("sha256", mail.Sha256),
        ("size", mail.Size),
        ("messageId", mail.MessageId),
        ("from", mail.From),
        ("subject", mail.Subject),
        ("sentAt", Payload.Text(mail.SentAt)),
        ("addedAt", Payload.Text(mail.AddedAt)),
        ("automatic", mail.Automatic),
        ("answers", mail.Answers));

    private static JsonObject Of(Exhibit exhibit) => Payload.Of(
        ("number", exhibit.Number),
        ("kind", ContractName.Of(exhibit.Kind)),
        ("fileName", exhibit.FileName),
        ("size", exhibit.Size),
        ("sha256", exhibit.Sha256),
        ("format", exhibit.Format),
        ("addedAt", Payload.Text(exhibit.AddedAt)),
        ("received", Payload.Text(exhibit.Received)),
        ("controller", exhibit.Controller),
        ("device", exhibit.Device),
        ("app", exhibit.App),
        ("note", exhibit.Note),
        ("hasPassword", exhibit.HasPassword),
        ("summary", exhibit.Summary));

    private static JsonObject Of(Reminder reminder) => Payload.Of(
        ("number", reminder.Number),
        ("kind", reminder.Kind),
        ("controller", reminder.Controller),
        ("due", Payload.Text(reminder.Due)),
        ("state", ContractName.Of(reminder.State)),
        ("firedAt", Payload.Text(reminder.FiredAt)),
        ("mail", reminder.Mail is null ? null : Payload.Of(reminder.Mail)),
        ("mailState", reminder.MailState is { } state ? ContractName.Of(state) : null),
        ("serverReply", reminder.ServerReply));

    private static JsonObject Of(ComparisonRun run) => Payload.Of(
        ("number", run.Number),
        ("at", Payload.Text(run.At)),
        ("engine", run.Engine),
        ("sha256", run.Sha256),
        ("size", run.Size),
        ("exhibits", Payload.List(run.Exhibits)),
        ("options", run.Options),
        ("findings", run.Findings));

    private static JsonObject Of(ReportRun run) => Payload.Of(
        ("number", run.Number),
        ("at", Payload.Text(run.At)),
        ("sha256", run.Sha256),
        ("size", run.Size),
        ("comparison", run.Comparison),
        ("language", run.Language),
        ("redacted", run.Redacted));

    private static JsonObject Of(ItemGrade grade) => Payload.Of(
        ("item", grade.Item),
        ("status", grade.Status is { } status ? ContractName.Of(status) : null),
        ("because", grade.Because),
        ("at", Payload.Text(grade.At)));
}
