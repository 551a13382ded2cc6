using System.CommandLine;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;

namespace MiSarTracker.Commands;

/// <summary><c>misar inbox list</c> and <c>misar inbox show</c></summary>
internal static class InboxListCommand
{
    public static Command Create(Wiring wiring)
    {
        var all = new Option<bool>("--all") { Description = "Also those that are done: confirmed, or a machine's." };
        var reference = new Option<string>("--case") { Description = "Only the mails of this case, all of them.", HelpName = "REF" };
        return CommandLine.Describe("list", "Lists mails that wait for you: for a case, or for your word on what they are.", "misar inbox list")
            .With(all, reference)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var items = result.GetValue(reference) is { } named
                    ? workspace.Inbox.OfCase(CaseReference.Parse(named))
                    : [.. workspace.Inbox.List().Where(item => item.State != InboxState.Dismissed && (result.GetValue(all) || Waits(item)))];
                Print(session.Screen, items);
                return 0;
            });
    }

    /// <summary>Whether the person has still to say something about it.</summary>
    private static bool Waits(InboxItem item) => item.State == InboxState.Waiting || (item.State == InboxState.Filed && !item.Kind.IsByMachine());

    private static void Print(Screen screen, IReadOnlyList<InboxItem> items)
    {
        screen.AsJson(json =>
        {
            json.WriteStartArray("mails");
            foreach (var item in items)
            {
                json.WriteStartObject();
                InboxView.Write(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        if (items.Count == 0)
        {
            screen.Line("No mail waits.");
            return;
        }

        screen.Table(
            ["no", "case", "kind", "from", "subject"],
            [.. items.Select(item => new[]
            {
                item.Number, item.Case is { } reference ? $"{reference} {item.Mail}" : "?", ContractName.Of(item.Kind) + (item.State == InboxState.Confirmed ? " ✓" : ""),
                Cut(item.From, 24), Cut(item.Subject, 30),
            })]);
        screen.Next(items[0].Case is null ? $"misar inbox show {items[0].Number}" : $"misar inbox confirm {items[0].Number}");
    }

    private static string Cut(string text, int most) => MemberPeek.Visible(text.Length <= most ? text : text[..(most - 1)] + "…");
}

/// <summary><c>misar inbox show</c></summary>
internal static class InboxShowCommand
{
    public static Command Create(Wiring wiring)
    {
        var number = InboxCommands.Number();
        var output = new Option<string>("--output") { Description = "Write the mail as it came, byte for byte, to this file.", HelpName = "FILE" };
        return CommandLine.Describe("show", "Shows what is known of a mail, or writes it to a file.", "misar inbox show I-003 --output mail.eml")
            .With(number, output)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var item = workspace.Inbox.Get(InboxItem.ParseNumber(result.GetValue(number)!));
                if (result.GetValue(output) is { } path && item.State != InboxState.Dismissed)
                    OutputFile.Write(path, workspace.Vault.ReadChecked(item.Sha256));
                session.Screen.AsJson(json => InboxView.Write(json, item));
                InboxView.Print(session.Screen, item);
                return 0;
            });
    }
}
