using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;

namespace MiSarTracker.Commands;

/// <summary><c>misar response grade</c>: the person's judgement of an item of Article 15, in place of the patterns'.</summary>
internal static class ResponseGradeCommand
{
    /// <summary>The status that hands an item back.</summary>
    private const string ToPatterns = "pattern";

    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var item = new Option<string>("--item") { Description = $"{string.Join(", ", Checklist.Items.Select(known => known.Id))}.", HelpName = "ITEM", Required = true };
        var status = new Option<string>("--status")
        {
            Description = "answered, partly, missing, unclear; or pattern, to leave it to the patterns again.",
            HelpName = "STATUS",
            Required = true,
        };
        var because = new Option<string>("--because") { Description = "Your reason; it stands in the report.", HelpName = "TEXT", Required = true };
        return CommandLine.Describe(
            "grade", "Judges an item of Article 15 yourself, with a reason; a later judgement replaces it.",
            "misar response grade SAR-2026-0001 --item \"15(1)(c)\" --status partly --because \"names Google, not Amplitude\"")
            .With(reference, item, status, because)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var grade = new GradeItem(result.GetValue(item)!, Parse(result.GetValue(status)!), result.GetValue(because)!);
                var decision = await workspace.Apply(found.Reference, grade, session.Now, cancellationToken).ConfigureAwait(false);
                Show(session.Screen, decision, Checklist.Find(grade.Item), result.GetValue(status)!, grade.Because.Trim());
                session.Screen.Next($"misar compare {found.Reference}");
                return 0;
            });
    }

    private static ItemStatus? Parse(string status)
    {
        if (status == ToPatterns)
        {
            return null;
        }

        return ContractName.TryParse<ItemStatus>(status, out var known)
            ? known
            : throw new Refusal($"“{status}” is no status.", "Known: answered, partly, missing, unclear; pattern leaves the item to the patterns again.");
    }

    private static void Show(Screen screen, Decision decision, ChecklistItem item, string status, string because)
    {
        screen.AsJson(json =>
        {
            json.WriteString("reference", decision.Case.Reference.ToString());
            json.WriteString("item", item.Id);
            json.WriteString("status", status);
            json.WriteString("by", status == ToPatterns ? "pattern" : "person");
            json.WriteString("because", because);
            json.WriteBoolean("changed", decision.Events.Count > 0);
        });
        screen.Line(decision.Events.Count == 0
            ? $"Art. {item.Id} was judged so before; nothing changed."
            : status == ToPatterns ? $"Art. {item.Id} is left to the patterns again." : $"Art. {item.Id} ({item.What}): {status}, in your judgement.");
        screen.Paragraph("The next comparison and report say so, with your reason.");
    }
}
