using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Journey;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar deadline compute | recheck</c></summary>
internal static class DeadlineCommands
{
    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("deadline", "When an answer is due, by law.", isNamed, () =>
        [
            Compute(wiring), Recheck(wiring),
        ]);

    private static Command Compute(Wiring wiring)
    {
        var received = new Option<string>("--received") { Description = "The day on which the request reached the controller.", HelpName = "DATE", Required = true };
        var country = new Option<string>("--country") { Description = "The controller's country, whose holidays count.", HelpName = "CC", Required = true };
        var extended = new Option<bool>("--extended") { Description = "The controller took the two further months of Art. 12(3)." };
        var rule = new Option<string>("--rule") { Description = "How the period is counted, month:1 or days:30 (else by the law of the place).", HelpName = "RULE" };
        var language = new Option<string>("--language") { Description = "The language of the derivation.", HelpName = "CC" };
        return CommandLine.Describe("compute", "Computes the last day, with its derivation.", "misar deadline compute --received 2026-03-05 --country NL")
            .With(received, country, extended, rule, language)
            .Doing(wiring, (result, session, _) =>
            {
                var deadline = Deadline.For(
                    IsoDate.Parse(result.GetValue(received)!, "--received"),
                    session.Templates.Holidays().For(result.GetValue(country)),
                    result.GetValue(rule) is { } counted ? CountingRule.Parse(counted) : null,
                    result.GetValue(extended));
                Show(session.Screen, deadline, deadline.DerivationIn(Words(session, result.GetValue(language))));
                return Task.FromResult(0);
            });
    }

    private static DerivationWords Words(Session session, string? language)
    {
        var known = session.Templates.DerivationLanguages();
        return language is null || known.Contains(language)
            ? session.Templates.DerivationWords(language ?? "en")
            : throw new Refusal($"A deadline cannot be explained in the language “{language}”.", $"There is: {string.Join(", ", known)}. The words are one file in templates/deadlines.");
    }

    private static Command Recheck(Wiring wiring)
    {
        var reference = new Argument<string?>("REF") { Description = "One case (else all).", Arity = ArgumentArity.ZeroOrOne };
        return CommandLine.Describe("recheck", "Computes running clocks anew after a holiday table changed, and tells what moved.", "misar deadline recheck")
            .With(reference)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var recheck = new ClockRecheck(await session.OpenAsync(cancellationToken).ConfigureAwait(false), session.Templates, session.Settings);
                var changed = result.GetValue(reference) is { } one
                    ? await recheck.OneAsync(CaseReference.Parse(one), session.Now, cancellationToken).ConfigureAwait(false)
                    : await recheck.AllAsync(session.Now, cancellationToken).ConfigureAwait(false);
                session.Screen.AsJson(json =>
                {
                    json.WriteStartArray("changed");
                    foreach (var clock in changed)
                    {
                        json.WriteStartObject();
                        json.WriteString("reference", clock.Case.ToString());
                        json.WriteString("controller", clock.Controller);
                        json.WriteString("dueBefore", LocalDatePattern.Iso.Format(clock.Before.Due));
                        json.WriteString("due", LocalDatePattern.Iso.Format(clock.After.Due));
                        json.WriteString("safeBefore", LocalDatePattern.Iso.Format(clock.Before.Safe));
                        json.WriteString("safe", LocalDatePattern.Iso.Format(clock.After.Safe));
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                });
                if (changed.Count == 0)
                    session.Screen.Line("No running clock changed.");
                foreach (var clock in changed)
                    session.Screen.Line($"{clock.Case} {clock.Controller}: due {LocalDatePattern.Iso.Format(clock.After.Due)}, was {LocalDatePattern.Iso.Format(clock.Before.Due)}; late beyond doubt after {LocalDatePattern.Iso.Format(clock.After.Safe)}, was {LocalDatePattern.Iso.Format(clock.Before.Safe)}.");
                return 0;
            });
    }

    private static void Show(Screen screen, Deadline deadline, IReadOnlyList<string> derivation)
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
            foreach (var sentence in derivation)
            {
                json.WriteStringValue(sentence);
            }

            json.WriteEndArray();
        });
        screen.Heading($"{LocalDatePattern.Iso.Format(deadline.Due)}  last day to answer");
        screen.Line($"{LocalDatePattern.Iso.Format(deadline.ThirtyDays)}  30 days{(deadline.Rule == deadline.Calendar.Table.Regime.Rule && !deadline.Rule.InMonths ? "" : " (a rule of thumb)")}");
        screen.Line();
        foreach (var sentence in derivation)
        {
            screen.Paragraph(sentence);
        }
    }
}
