using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Web;

/// <summary>What a case needs from the person next, and how urgently; the list of cases is sorted by it.</summary>
/// <param name="Rank">0 is the most urgent.</param>
/// <param name="Command">The command that does it, or null when there is nothing to do.</param>
/// <param name="Page">The page on which it is done, or null.</param>
internal sealed record NextStep(int Rank, string Words, string? Command, string? Page = null)
{
    /// <param name="waiting">The case's mails that are still in the outbox.</param>
    public static NextStep For(CaseListItem item, IEnumerable<OutboxItem> waiting, LocalDate today)
    {
        var mails = waiting.ToList();
        if (mails.FirstOrDefault(mail => mail.State == OutboxState.Unknown) is { } unknown)
            return new(0, $"It is not known whether {unknown.Item} went out: look into your Sent folder and at the delivery reports.", null, "/jobs");
        if (mails.FirstOrDefault(mail => mail is { State: OutboxState.Planned, Reply: not null }) is { } stuck)
            return new(1, $"{stuck.Item} has not gone out yet: {stuck.Reply}", null, "/jobs");
        return item.StateOn(today) switch
        {
            CaseState.Erased => new(9, "Erased.", null),
            CaseState.Closed => new(8, "Closed.", null),
            CaseState.Overdue => new(2, "The time for an answer is over: look at the reminder letter.", $"misar letter preview {item.Reference} --kind reminder"),
            CaseState.Draft when mails.Count > 0 => new(7, "The letter is on its way to your mail server.", null),
            CaseState.Draft when item.Responses > 0 => Answered(item),
            CaseState.Draft => new(5, "Look at the letter and send it.", $"misar letter preview {item.Reference} --kind access"),
            CaseState.Sent => new(4, "Record when the controller received the request.", $"misar response record {item.Reference} --kind acknowledgement"),
            CaseState.Answered => Answered(item),
            CaseState.Paused => new(2, "The controller asked you something: answer it, or object to it, and record the day.", $"misar case clarified {item.Reference}"),
            CaseState.Reminded => new(4, "The reminder went out: you may complain to an authority.", $"misar authority choose {item.Reference}"),
            CaseState.Complained => new(7, "The complaint lies with the authority.", $"misar case show {item.Reference}"),
            _ when item.Responses > 0 => Answered(item),
            _ when item.Evidence == 0 => new(6, "While you wait: add what your phone was seen to upload.", $"misar evidence add {item.Reference} FILE"),
            _ => new(7, "Wait for the answer.", null),
        };
    }

    private static NextStep Answered(CaseListItem item) => (item.Evidence, item.Responses, item.Findings) switch
    {
        (_, 0, _) => new(3, "Add the answer that came.", $"misar response add {item.Reference} FILE"),
        (0, _, _) => new(3, "Add what your phone was seen to upload, to compare the answer with.", $"misar evidence add {item.Reference} FILE"),
        (_, _, null) => new(3, "Compare the answer with what was uploaded.", $"misar compare {item.Reference}"),
        (_, _, 0) => new(6, "The comparison found no difference.", $"misar report {item.Reference} --output report.pdf"),
        _ => new(3, "Look at the findings and make the report.", $"misar report {item.Reference} --output report.pdf"),
    };
}
