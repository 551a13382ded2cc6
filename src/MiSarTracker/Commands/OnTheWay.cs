using System.CommandLine;
using System.Text.Json;
using MiSarTracker.Core.Cases;
using MiSarTracker.Sending;

namespace MiSarTracker.Commands;

/// <summary>What the commands about a mail on its way have in common, and how an unknown outcome is told.</summary>
internal static class OnTheWay
{
    public static Argument<string> Number() => new("LETTER") { Description = "The letter's number, for example L-001 (a reminder's mail: N-001)." };

    public static int ExitCode(SendState state) => state switch
    {
        SendState.Accepted => 0,
        SendState.Refused => 2,
        _ => 4,
    };

    public static void Print(Screen screen, Case found, string item, Action<Utf8JsonWriter>? further = null)
    {
        var (mail, state, reply) = Settlement.MailOf(found, item);
        screen.AsJson(json =>
        {
            json.WriteString("reference", found.Reference.ToString());
            json.WriteString("letter", item);
            json.WriteString("messageId", mail.MessageId);
            json.WriteString("to", mail.To);
            json.WriteString("sha256", mail.Sha256);
            json.WriteString("state", ContractName.Of(state));
            json.WriteString("reply", reply);
            further?.Invoke(json);
        });
        screen.Line($"{item} to {mail.To}: {ContractName.Of(state)}{(reply is null ? "" : $" ({reply})")}");
    }

    /// <summary>Every mail of a case whose outcome is unknown, with what can be done; for <c>case show</c>.</summary>
    public static void PrintUnknown(Screen screen, Case found)
    {
        foreach (var (item, reply) in Unknown(found))
        {
            screen.Line();
            screen.Heading($"{item}: nobody knows whether it went out");
            screen.Paragraph(reply ?? "The sending was cut off.", "  ");
            PrintWaysOut(screen, found.Reference, item);
        }

        foreach (var letter in found.Letters.Where(letter => letter.State == SendState.Handed))
        {
            screen.Line();
            screen.Paragraph($"{letter.Number} is being sent at this moment, or its sending was cut off; misar letter settle {found.Reference} {letter.Number} tells, {OutboxSender.HandLease.Minutes} minutes after it began at the latest.");
        }
    }

    public static void PrintWaysOut(Screen screen, CaseReference reference, string item)
    {
        screen.Paragraph("It is never sent again by itself. There are two ways out:", "  ");
        screen.Line($"  1. misar letter settle {reference} {item}");
        screen.Paragraph("looks for a copy in your mailbox; a delivery report or an answer that misar inbox poll finds settles it too.", "     ");
        screen.Line($"  2. misar letter settle {reference} {item} --as sent");
        screen.Line($"     misar letter settle {reference} {item} --as not-sent");
        screen.Paragraph("you decide; sent again, it has the same bytes and the same Message-ID.", "     ");
    }

    public static IEnumerable<(string Item, string? Reply)> Unknown(Case found) =>
    [
        .. found.Letters.Where(letter => letter.State == SendState.Unknown).Select(letter => (letter.Number, letter.ServerReply)),
        .. found.Reminders.Where(reminder => reminder.MailState == SendState.Unknown).Select(reminder => (reminder.Number, reminder.ServerReply)),
    ];
}
