using MiSarTracker.Core.Cases;
using NodaTime;

namespace MiSarTracker.Tests.Core.Cases;

/// <summary>A case of an invented person, and steps to bring it where a test needs it.</summary>
internal static class Example
{
    public const string Xiaomi = "xiaomi";
    public const string Huami = "huami";
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    public static OpenCase Opening(params string[] controllers) => new()
    {
        Vendor = "xiaomi-mi-fit",
        Controllers = (controllers.Length == 0 ? [Xiaomi] : controllers).Select(c => new ControllerChoice(c, c.ToUpperInvariant() + " Ltd")).ToValueList(),
        Identifiers = [new Identifier("user-id", "3000000001")],
        Person = new Person("Jane Doe", "jane@example.org", "NL"),
        Language = "en",
    };

    public static Case Draft(params string[] controllers) =>
        OpenCase.Decide(new CaseReference(2026, 1), Opening(controllers), Start).Case;

    public static OutgoingMail MailOf(string id) => new()
    {
        To = "privacy@example.com",
        Subject = "Request " + id,
        MessageId = $"<{id}@example.org>",
        EnvelopeId = "SAR-2026-0001." + id,
        Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id))),
        Size = 1234,
    };

    public static QueueLetter Access(string controller = Xiaomi) =>
        new() { Kind = LetterKinds.Access, Controller = controller, Language = "en", Mail = MailOf("access-" + controller) };

    public static Case Sent(params string[] controllers)
    {
        var @case = Draft(controllers);
        foreach (var controller in @case.Controllers)
        {
            @case = QueueLetter.Decide(@case, Access(controller.Id), Start).Case;
            @case = HandMail.Decide(@case, new HandMail(@case.Letters[^1].Number), Start).Case;
            @case = RecordSendOutcome.Decide(@case, new RecordSendOutcome(@case.Letters[^1].Number, SendState.Accepted, "250 OK"), Start).Case;
        }

        return @case;
    }

    // Worked by hand in the Dutch calendar: 5 April 2026 is Easter Sunday, 6 April Easter Monday.
    public static Clock Clock(bool extended = false) => new()
    {
        Received = new LocalDate(2026, 3, 5),
        Country = "NL",
        Rule = "month:1",
        Nominal = extended ? new LocalDate(2026, 6, 5) : new LocalDate(2026, 4, 5),
        Due = extended ? new LocalDate(2026, 6, 5) : new LocalDate(2026, 4, 7),
        ThirtyDays = new LocalDate(2026, 4, 4),
        Safe = extended ? new LocalDate(2026, 6, 5) : new LocalDate(2026, 4, 7),
        Extended = extended,
        Derivation = ["Received on 2026-03-05; that day is not counted.", "5 April is a Sunday and 6 April Easter Monday."],
    };

    public static Case Waiting(params string[] controllers)
    {
        var sent = Sent(controllers);
        return sent.Controllers.Aggregate(sent, (c, controller) =>
            RecordReceipt.Decide(c, new RecordReceipt(controller.Id, Clock(), "the person's word"), At(2026, 3, 6)).Case);
    }

    public static Instant At(int year, int month, int day) => Instant.FromUtc(year, month, day, 12, 0);

    public static RecordResponse Reply(ReplyKind kind, LocalDate received) => new() { Controller = Xiaomi, Kind = kind, Received = received };

    public static AddExhibit Evidence(string content = "capture") => new()
    {
        Kind = ExhibitKind.Evidence,
        FileName = content + ".mitm",
        Size = content.Length,
        Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content))),
        Format = "mitmproxy/17",
        Device = "Mi Band 4",
        Summary = """{"exchanges":5}""",
    };
}
