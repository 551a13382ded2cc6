using MiSarTracker.Core.Cases;

namespace MiSarTracker.Storage.Model;

/// <summary>Rows to a case.</summary>
internal static class CaseReading
{
    public static CaseReference ReferenceOf(CaseRow row) => new(row.Year, row.Number);

    public static Case ToCase(CaseRow row) => new()
    {
        Reference = ReferenceOf(row),
        Vendor = row.Vendor,
        Person = new Person(row.PersonName, row.PersonEmail, row.PersonCountry),
        Language = row.Language,
        OpenedAt = row.OpenedAt,
        ClosedAt = row.ClosedAt,
        Outcome = row.Outcome,
        ErasedAt = row.ErasedAt,
        Identifiers = InOrder(row.Identifiers, i => new Identifier(i.Kind, i.Value)),
        Controllers = InOrder(row.Controllers, c => ToController(c, row.Replies)),
        Letters = InOrder(row.Letters, ToLetter),
        Mails = InOrder(row.Mails, ToMail),
        Exhibits = InOrder(row.Exhibits, ToExhibit),
        Reminders = InOrder(row.Reminders, ToReminder),
        Comparisons = InOrder(row.Comparisons, ToComparison),
        Reports = InOrder(row.Reports, ToReport),
        Grades = InOrder(row.Grades, g => new ItemGrade(g.Item, g.Status, g.Because, g.At)),
        Complaints = CaseFacts.Read(row.Facts).ToComplaints(),
        Authority = CaseFacts.Read(row.Facts).ToAuthority(),
    };

    private static ValueList<TValue> InOrder<TRow, TValue>(IEnumerable<TRow> rows, Func<TRow, TValue> read)
        where TRow : ICasePart => rows.OrderBy(r => r.Ordinal).Select(read).ToValueList();

    private static CaseController ToController(ControllerRow row, IEnumerable<ReplyRow> replies)
    {
        var facts = ControllerFacts.Read(row.Facts);
        return new()
        {
            Id = row.Controller,
            Name = row.Name,
            State = row.State,
            ReceiptBasis = row.ReceiptBasis,
            Clock = row.ClockReceived is null ? null : ToClock(row, facts),
            Replies = InOrder(replies.Where(r => r.Controller == row.Controller), ToReply),
            Contact = facts.ToContact(),
            Redirect = facts.ToRedirect(),
            Pauses = facts.ToPauses(),
        };
    }

    private static Clock ToClock(ControllerRow row, ControllerFacts facts) => new()
    {
        Received = row.ClockReceived!.Value,
        Country = row.ClockCountry!,
        Rule = row.ClockRule!,
        Nominal = row.ClockNominal!.Value,
        Due = row.ClockDue!.Value,
        ThirtyDays = row.ClockThirtyDays!.Value,
        Safe = row.ClockSafe!.Value,
        Extended = row.ClockExtended,
        WithoutPause = FactsText.Day(facts.WithoutPause),
        WithPause = FactsText.Day(facts.WithPause),
        Derivation = Stored.Texts(row.ClockDerivation!),
    };

    private static Reply ToReply(ReplyRow row) => new()
    {
        Kind = row.Kind,
        Received = row.Received,
        Until = row.Until,
        Reasons = row.Reasons,
        Exhibit = row.Exhibit,
        Late = row.Late,
        Faults = Stored.Texts(row.Faults),
        MovedClock = row.MovedClock,
    };

    private static Letter ToLetter(LetterRow row) => new()
    {
        Number = row.Number,
        Kind = row.Kind,
        Controller = row.Controller,
        Language = row.Language,
        AddressReason = row.AddressReason,
        Mail = new OutgoingMail
        {
            To = row.To,
            Subject = row.Subject,
            MessageId = row.MessageId,
            EnvelopeId = row.EnvelopeId,
            Sha256 = row.Sha256,
            Size = row.Size,
        },
        QueuedAt = row.QueuedAt,
        State = row.State,
        ServerReply = row.ServerReply,
        OutcomeAt = row.OutcomeAt,
    };

    private static IncomingMail ToMail(MailRow row) => new()
    {
        Number = row.Number,
        Sha256 = row.Sha256,
        Size = row.Size,
        MessageId = row.MessageId,
        From = row.From,
        Subject = row.Subject,
        SentAt = row.SentAt,
        AddedAt = row.AddedAt,
        Automatic = row.Automatic,
        Answers = row.Answers,
    };

    private static Exhibit ToExhibit(ExhibitRow row) => new()
    {
        Number = row.Number,
        Kind = row.Kind,
        FileName = row.FileName,
        Size = row.Size,
        Sha256 = row.Sha256,
        Format = row.Format,
        AddedAt = row.AddedAt,
        Received = row.Received,
        Controller = row.Controller,
        Device = row.Device,
        App = row.App,
        Note = row.Note,
        HasPassword = row.HasPassword,
        Summary = row.Summary,
    };

    public static Reminder ToReminder(ReminderRow row) => new()
    {
        Number = row.Number,
        Kind = row.Kind,
        Controller = row.Controller,
        Due = row.Due,
        State = row.State,
        FiredAt = row.FiredAt,
        Mail = row.MessageId is null ? null : new OutgoingMail
        {
            To = row.To!,
            Subject = row.Subject!,
            MessageId = row.MessageId,
            EnvelopeId = row.EnvelopeId!,
            Sha256 = row.Sha256!,
            Size = row.Size!.Value,
        },
        MailState = row.MailState,
        ServerReply = row.ServerReply,
    };

    private static ComparisonRun ToComparison(ComparisonRow row) => new()
    {
        Number = row.Number,
        At = row.At,
        Engine = row.Engine,
        Sha256 = row.Sha256,
        Size = row.Size,
        Exhibits = Stored.Texts(row.Exhibits),
        Options = row.Options,
        Findings = row.Findings,
    };

    private static ReportRun ToReport(ReportRow row) => new()
    {
        Number = row.Number,
        At = row.At,
        Sha256 = row.Sha256,
        Size = row.Size,
        Comparison = row.Comparison,
        Language = row.Language,
        Redacted = row.Redacted,
    };
}
