using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Letters;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>The course that a request took with one controller, as letters tell it: what was asked, what came, and what was wrong with it.</summary>
/// <param name="controller">The controller that the letter concerns.</param>
/// <param name="zone">The person's calendar.</param>
public sealed class LetterCourse(Case @case, CaseController controller, DateTimeZone zone)
{
    /// <summary>The request, or null when none is known to have reached the controller.</summary>
    public PriorRequest? Prior() => controller.Clock is not { } clock
        ? null
        : new PriorRequest(
            @case.Letters.FirstOrDefault(letter => letter.Kind == LetterKinds.Access && IsOf(letter) && letter.State == SendState.Accepted) is { } sent ? Day(sent) : clock.Received,
            clock.Received,
            clock.Safe,
            Answered())
        {
            Extended = clock.Extended,
            HasNotice = controller.Replies.Any(reply => reply.Kind == ReplyKind.Extension),
        };

    /// <summary>What can be objected to, oldest first.</summary>
    public IReadOnlyList<Objection> Objections() => [.. controller.Replies.SelectMany((reply, i) => Objections(reply, i)).OrderBy(objection => objection.Received)];

    /// <summary>The faults of the course; those of an answer's content are the comparison's.</summary>
    /// <param name="today">The letter's date.</param>
    public IReadOnlyList<Fault> Faults(LocalDate today)
    {
        var (answered, faults) = (Answered(), new List<Fault>());
        var isOpen = answered is null;
        if (controller.Clock is { } clock && isOpen && clock.Safe < today && !Refused && !controller.HasOpenPause)
            faults.Add(new Fault("no-answer", Persists: true));
        if (controller.Clock is { } ended && answered is { } day && day > ended.Safe)
            faults.Add(new Fault("late-answer", Persists: false, day));
        var objected = @case.Letters.Where(letter => letter.Kind == LetterKind.Objection.Name && IsOf(letter) && letter.State == SendState.Accepted).Select(Day).ToList();
        faults.AddRange(Objections()
            .Where(objection => objection.Kind is not ("identity" or "fee") || objected.Exists(sent => sent >= objection.Received))
            .Select(objection => new Fault(objection.Kind, isOpen, objection.Received)));
        faults.AddRange(controller.Replies.Where(reply => reply.Kind == ReplyKind.Refusal && string.IsNullOrWhiteSpace(reply.Reasons))
            .Select(reply => new Fault("refusal-without-reasons", isOpen, reply.Received)));
        return faults;
    }

    /// <summary>Every message either way, oldest first, each file once.</summary>
    public IReadOnlyList<Correspondence> Correspondence()
    {
        var messages = new List<Correspondence>();
        messages.AddRange(@case.Letters.Where(letter => IsOf(letter) && letter.State is SendState.Accepted or SendState.Unknown && letter.Kind != LetterKind.Complaint.Name)
            .Select(letter => new Correspondence(Day(letter), Mine: true, letter.Kind, Line(letter.Number), Line(letter.Mail.Sha256))));
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reply in controller.Replies)
        {
            var exhibit = reply.Exhibit is { } number ? @case.Exhibits.FirstOrDefault(known => known.Number == number) : null;
            if (exhibit is not null)
                told.Add(exhibit.Sha256);
            messages.Add(new Correspondence(reply.Received, Mine: false, ContractName.Of(reply.Kind), Line(exhibit?.Number), Line(exhibit?.Sha256)));
        }

        foreach (var exhibit in @case.Exhibits.Where(exhibit => exhibit.Kind == ExhibitKind.Response && (exhibit.Controller is null || exhibit.Controller == controller.Id)))
        {
            if (told.Add(exhibit.Sha256))
                messages.Add(new Correspondence(exhibit.Received ?? exhibit.AddedAt.InZone(zone).Date, Mine: false, "file", Line(exhibit.Number), Line(exhibit.Sha256)));
        }

        foreach (var mail in @case.Mails.Where(mail => mail.Answers is null || IsOf(@case.Letter(mail.Answers))))
        {
            if (told.Add(mail.Sha256))
                messages.Add(new Correspondence((mail.SentAt ?? mail.AddedAt).InZone(zone).Date, Mine: false, "mail", Line(mail.Number), Line(mail.Sha256)));
        }

        return [.. messages.OrderBy(message => message.Date).ThenBy(message => !message.Mine)];
    }

    /// <summary>The last complaint that went out and was not taken back, or null.</summary>
    public Core.Cases.Letter? Complaint()
    {
        var last = @case.Letters.LastOrDefault(letter => IsOf(letter) && letter.State == SendState.Accepted
            && (letter.Kind == LetterKind.Complaint.Name || letter.Kind == LetterKind.Withdrawal.Name));
        return last?.Kind == LetterKind.Complaint.Name ? last : null;
    }

    /// <summary>The local day on which a letter went out.</summary>
    public LocalDate Day(Core.Cases.Letter letter) => (letter.OutcomeAt ?? letter.QueuedAt).InZone(zone).Date;

    private bool Refused => controller.Replies.Any(reply => reply.Kind == ReplyKind.Refusal);

    /// <summary>When the first answer came, whether it was recorded as one or only added; null while none did.</summary>
    private LocalDate? Answered()
    {
        var recorded = controller.Replies.Where(reply => reply.Kind is ReplyKind.Answer or ReplyKind.PartialAnswer).Select(reply => (LocalDate?)reply.Received).Min();
        var others = @case.Controllers.Any(other => other.Id != controller.Id && other.State != ControllerState.Draft);
        return recorded ?? @case.Exhibits.Where(exhibit => exhibit.Kind == ExhibitKind.Response && IsData(exhibit) && (exhibit.Controller == controller.Id || (exhibit.Controller is null && !others)))
            .Select(exhibit => exhibit.Received ?? exhibit.AddedAt.InZone(zone).Date).Select(day => (LocalDate?)day).Min();
    }

    /// <summary>A file that was recorded as another reply (an acknowledgement, a notice) is no answer.</summary>
    private bool IsData(Exhibit exhibit) => !controller.Replies.Any(reply => reply.Exhibit == exhibit.Number && reply.Kind is not (ReplyKind.Answer or ReplyKind.PartialAnswer));

    private IEnumerable<Objection> Objections(Reply reply, int index)
    {
        var reasons = string.IsNullOrWhiteSpace(reply.Reasons) ? null : Line(reply.Reasons.ReplaceLineEndings(" ").Trim().TrimEnd('.'));
        if (reply.Kind == ReplyKind.Identity)
            yield return new Objection("identity", reply.Received, null, reasons);
        if (reply.Kind == ReplyKind.Fee)
            yield return new Objection("fee", reply.Received, null, reasons);
        if (reply.Kind != ReplyKind.Extension)
            yield break;
        if (controller.Replies.Take(index).Any(earlier => earlier is { Kind: ReplyKind.Extension, MovedClock: true }))
            yield return new Objection("extension-second", reply.Received);
        else if (reply.Late)
            yield return new Objection("extension-late", reply.Received, controller.Clock is { Extended: false } first ? first.Safe : null);
        if (reasons is null)
            yield return new Objection("extension-without-reasons", reply.Received);
        if (reply is { MovedClock: true, Until: { } until } && controller.Clock is { Extended: true } clock && until > clock.Safe)
            yield return new Objection("extension-too-long", reply.Received, clock.Safe);
    }

    private bool IsOf(Core.Cases.Letter letter) => letter.Controller == controller.Id;

    private static SingleLine? Line(string? text) => text is null ? null : SingleLine.Parse(text, "the case");
}
