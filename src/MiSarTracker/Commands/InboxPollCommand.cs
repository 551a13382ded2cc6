using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar inbox poll</c>: one look into the mailbox. Exit code 4 when the server fails and it may be tried again.</summary>
internal static class InboxPollCommand
{
    public static Command Create(Wiring wiring)
    {
        var again = new Option<bool>("--again") { Description = "Look at all mails again, from the first; what was taken in counts once." };
        var folders = new Option<string[]>("--folder") { Description = "Look into this folder instead of those of the settings; may be given several times.", HelpName = "NAME", Arity = ArgumentArity.OneOrMore };
        return CommandLine.Describe(
                "poll",
                "Looks into the mailbox once. Mails that name a case are stored and filed; the others are neither kept nor logged. No flag is touched.\n\n"
                + "Exit codes: 0 done, 2 no mailbox is set, 4 the server failed and may be tried again (what was fetched is kept).",
                "misar inbox poll")
            .With(again, folders)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var poll = new InboxPoll(workspace, session.Templates, session.Settings, wiring.Mailbox(workspace, session.Settings), wiring.Clock);
                var outcome = await session.Screen.WithProgressAsync("mailbox", () => poll.RunAsync(result.GetValue(folders) is { Length: > 0 } named ? named : null, result.GetValue(again), cancellationToken)).ConfigureAwait(false);
                Print(session.Screen, outcome.Taken, outcome.Reading.Looked, outcome.Failure);
                if (outcome.Failure is { } failure)
                    throw failure;
                return 0;
            });
    }

    /// <summary>What came in; used by <c>add</c> as well.</summary>
    /// <param name="looked">Mails whose headers were looked at; null for files.</param>
    public static void Print(Screen screen, TakenMails taken, int? looked, Unavailable? failure = null)
    {
        screen.AsJson(json =>
        {
            if (looked is { } headers)
                json.WriteNumber("looked", headers);
            json.WriteNumber("new", taken.New.Count);
            json.WriteNumber("known", taken.Known);
            json.WriteNumber("others", looked is { } all ? all - taken.New.Count - taken.Known : taken.Others);
            json.WriteString("failure", failure?.Message);
            json.WriteStartArray("mails");
            foreach (var item in taken.New)
            {
                json.WriteStartObject();
                InboxView.Write(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("remarks");
            taken.Remarks.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        });
        foreach (var item in taken.New)
            InboxView.Print(screen, item);
        var rest = taken.New.Count == 0 ? "Nothing new." : $"{Screen.Number(taken.New.Count)} new.";
        var known = taken.Known > 0 ? $" {Screen.Number(taken.Known)} had been taken in before." : "";
        var others = (looked is { } seen ? seen - taken.New.Count - taken.Known : taken.Others) is > 0 and var count
            ? $" {Screen.Number(count)} {(count == 1 ? "concerns" : "concern")} no case; nothing of {(count == 1 ? "it" : "them")} is kept."
            : "";
        screen.Line(rest + known + others);
        taken.Remarks.ForEach(remark => screen.Paragraph(remark));
        if (taken.New.Find(item => item.State == InboxState.Waiting) is { } waiting)
            screen.Next($"misar inbox assign {waiting.Number} {(waiting.Candidates.Count > 0 ? waiting.Candidates[0] : "REF")}");
        else if (taken.New.Find(item => item.Kind.AsReply() is not null) is { } reply)
            screen.Next($"misar inbox confirm {reply.Number}");
    }
}
