using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Storage;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar case open | list | show | note | received | clarified | controller add | complained | calendar | close</c></summary>
internal static class CaseCommands
{
    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("case", "Cases: one request of one person to one vendor.", isNamed, () =>
        [
            Open(wiring), List(wiring), CaseShowCommand.Create(wiring), Note(wiring), CaseReceivedCommand.Create(wiring), CaseClarifiedCommand.Create(wiring),
            CaseControllerCommands.Create(wiring, isNamed), CaseComplainedCommand.Create(wiring), CaseCalendarCommand.Create(wiring), Close(wiring),
        ]);

    private static Command Open(Wiring wiring)
    {
        var vendor = new Option<string>("--vendor") { Description = "The vendor profile.", HelpName = "ID", Required = true };
        var identifiers = new Option<string[]>("--identifier") { Description = "By what the vendor finds you: user-id=…, device-id=…, e-mail=…", HelpName = "KIND=VALUE" };
        var controllers = new Option<string[]>("--controller") { Description = "Whom to ask (else the profile's default).", HelpName = "ID" };
        var language = new Option<string>("--language") { Description = "The language of its letters.", HelpName = "CC" };
        return CommandLine.Describe("open", "Opens a case and prints its reference.", "misar case open --vendor xiaomi-mi-fit --identifier user-id=3000000001")
            .With(vendor, identifiers, controllers, language)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var profile = session.Templates.Vendor(result.GetValue(vendor)!);
                var opened = await (await session.OpenAsync(cancellationToken).ConfigureAwait(false)).OpenCase(
                    new OpenCase
                    {
                        Vendor = profile.Id,
                        Controllers = Choose(profile, result.GetValue(controllers) ?? []).ToValueList(),
                        Identifiers = (result.GetValue(identifiers) ?? []).Select(ParseIdentifier).ToValueList(),
                        Person = new Person(session.Settings.Person.Name, session.Settings.Person.Email, session.Settings.Person.Country),
                        Language = result.GetValue(language) ?? session.Settings.Person.Language,
                    },
                    session.Now,
                    cancellationToken).ConfigureAwait(false);
                session.Screen.AsJson(json => json.WriteString("reference", opened.Reference.ToString()));
                session.Screen.Line(opened.Reference.ToString());
                session.Screen.Next($"misar letter preview {opened.Reference} --kind access");
                return 0;
            });
    }

    private static IEnumerable<ControllerChoice> Choose(VendorProfile profile, string[] ids) =>
        ids.Length == 0
            ? [new ControllerChoice(profile.DefaultController.Id, profile.DefaultController.Name)]
            : ids.Select(id => profile.Controllers.FirstOrDefault(controller => controller.Id == id) is { } found
                ? new ControllerChoice(found.Id, found.Name)
                : throw new Refusal($"The profile {profile.Id} has no controller “{id}”.", $"It has: {string.Join(", ", profile.Controllers.Select(controller => controller.Id))}."));

    private static Identifier ParseIdentifier(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
            ? new Identifier(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new Refusal($"The identifier “{text}” is not KIND=VALUE.", "For example user-id=3000000001.");

    private static Command List(Wiring wiring)
    {
        var overdue = new Option<bool>("--overdue") { Description = "Only those whose clock has run out." };
        var search = new Option<string>("--search") { Description = "Only those in which this text stands.", HelpName = "TEXT" };
        return CommandLine.Describe("list", "Lists the cases, the next deadline first.", "misar case list --overdue")
            .With(overdue, search)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var today = session.Today;
                var cases = workspace.Cases.List(new CaseQuery { Search = result.GetValue(search), OverdueOn = result.GetValue(overdue) ? today : null });
                AsJson(session.Screen, cases, today);
                if (cases.Count == 0)
                {
                    session.Screen.Line("No case.");
                    session.Screen.Next("misar case open --vendor xiaomi-mi-fit --identifier user-id=…");
                    return 0;
                }

                session.Screen.Table(
                    ["reference", "vendor", "state", "due", ">days", ">findings"],
                    [.. cases.Select(item => new[]
                    {
                        item.Reference.ToString(), item.Vendor, ContractName.Of(item.StateOn(today)), Day(item.Due) ?? "-",
                        item.Due is { } due ? Period.DaysBetween(today, due).ToString(System.Globalization.CultureInfo.InvariantCulture) : "-",
                        item.Findings?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-",
                    })]);
                session.Screen.Next($"misar case show {cases[0].Reference}");
                return 0;
            });
    }

    private static void AsJson(Screen screen, IReadOnlyList<CaseListItem> cases, LocalDate today) => screen.AsJson(json =>
    {
        json.WriteStartArray("cases");
        foreach (var item in cases)
        {
            json.WriteStartObject();
            json.WriteString("reference", item.Reference.ToString());
            json.WriteString("vendor", item.Vendor);
            json.WriteString("state", ContractName.Of(item.StateOn(today)));
            json.WriteString("due", Day(item.Due));
            json.WriteString("safe", Day(item.Safe));
            json.WriteNumber("evidence", item.Evidence);
            json.WriteNumber("responses", item.Responses);
            if (item.Findings is { } findings)
            {
                json.WriteNumber("findings", findings);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static Command Note(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var text = new Argument<string>("TEXT") { Description = "The note." };
        return CommandLine.Describe("note", "Puts a note on the record.", "misar case note SAR-2026-0001 \"Called the helpline, no answer\"")
            .With(reference, text)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                await workspace.Apply(CaseReference.Parse(result.GetValue(reference)!), new NoteCase(result.GetValue(text)!), session.Now, cancellationToken).ConfigureAwait(false);
                session.Screen.AsJson(json => json.WriteString("reference", result.GetValue(reference)));
                session.Screen.Line("Noted.");
                return 0;
            });
    }

    private static Command Close(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var outcome = new Option<string>("--outcome") { Description = $"How it ended: {string.Join(", ", Enum.GetValues<CaseOutcome>().Select(ContractName.Of))}.", HelpName = "O", Required = true };
        return CommandLine.Describe("close", "Closes a case.", "misar case close SAR-2026-0001 --outcome " + ContractName.Of(Enum.GetValues<CaseOutcome>()[0]))
            .With(reference, outcome)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var how = ContractName.Parse<CaseOutcome>(result.GetValue(outcome)!);
                await workspace.Apply(CaseReference.Parse(result.GetValue(reference)!), new CloseCase(how), session.Now, cancellationToken).ConfigureAwait(false);
                session.Screen.AsJson(json =>
                {
                    json.WriteString("reference", result.GetValue(reference));
                    json.WriteString("outcome", ContractName.Of(how));
                });
                session.Screen.Line("Closed.");
                return 0;
            });
    }

    internal static string? Day(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : null;
}
