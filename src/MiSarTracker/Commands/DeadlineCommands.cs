using System.CommandLine;
using MiSarTracker.Core.Deadlines;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar deadline compute</c></summary>
internal static class DeadlineCommands
{
    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("deadline", "When an answer is due, by law.", isNamed, () =>
        [
            Compute(wiring),
        ]);

    private static Command Compute(Wiring wiring)
    {
        var received = new Option<string>("--received") { Description = "The day on which the request reached the controller.", HelpName = "DATE", Required = true };
        var country = new Option<string>("--country") { Description = "The controller's country, whose holidays count.", HelpName = "CC", Required = true };
        var extended = new Option<bool>("--extended") { Description = "The controller took the two further months of Art. 12(3)." };
        var rule = new Option<string>("--rule") { Description = "How the period is counted: month:1 (the law) or days:30.", HelpName = "RULE", DefaultValueFactory = _ => "month:1" };
        return CommandLine.Describe("compute", "Computes the last day, with its derivation.", "misar deadline compute --received 2026-03-05 --country NL")
            .With(received, country, extended, rule)
            .Doing(wiring, (result, session, _) =>
            {
                var deadline = Deadline.For(
                    IsoDate.Parse(result.GetValue(received)!, "--received"),
                    session.Templates.Holidays().For(result.GetValue(country)),
                    CountingRule.Parse(result.GetValue(rule)!),
                    result.GetValue(extended));
                Show(session.Screen, deadline);
                return Task.FromResult(0);
            });
    }

    private static void Show(Screen screen, Deadline deadline)
    {
        screen.AsJson(json =>
        {
            json.WriteString("received", LocalDatePattern.Iso.Format(deadline.Received));
            json.WriteString("rule", deadline.Rule.ToString());
            json.WriteBoolean("extended", deadline.Extended);
            json.WriteString("nominal", LocalDatePattern.Iso.Format(deadline.Nominal));
            json.WriteString("due", LocalDatePattern.Iso.Format(deadline.Due));
            json.WriteString("thirtyDays", LocalDatePattern.Iso.Format(deadline.ThirtyDays));
            json.WriteStartArray("derivation");
            foreach (var sentence in deadline.Derivation)
            {
                json.WriteStringValue(sentence);
            }

            json.WriteEndArray();
        });
        screen.Heading($"{LocalDatePattern.Iso.Format(deadline.Due)}  last day to answer");
        screen.Line($"{LocalDatePattern.Iso.Format(deadline.ThirtyDays)}  30 days (a rule of thumb)");
        screen.Line();
        foreach (var sentence in deadline.Derivation)
        {
            screen.Paragraph(sentence);
        }
    }
}
