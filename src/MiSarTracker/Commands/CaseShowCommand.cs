using System.CommandLine;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar case show</c>: state, clocks with their derivation, history, letters, exhibits, findings.</summary>
internal static class CaseShowCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        return CommandLine.Describe("show", "Shows a case: state, clock with its derivation, history, letters, exhibits, findings.", "misar case show SAR-2026-0001")
            .With(reference)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var history = workspace.Ledger.History(found.Reference);
                AsJson(session, found, history);
                AsText(session, found, history);
                return 0;
            });
    }

    private static void AsText(Session session, Case found, IReadOnlyList<HistoryEntry> history)
    {
        var (screen, today) = (session.Screen, session.Today);
        screen.Heading($"{found.Reference}  {found.Vendor}  {ContractName.Of(found.StateOn(today))}");
        screen.Line($"{found.Person.Name} <{found.Person.Email}>, {found.Person.Country}");
        foreach (var identifier in found.Identifiers)
        {
            screen.Line($"{identifier.Kind} {identifier.Value}");
        }

        foreach (var controller in found.Controllers)
        {
            screen.Line();
            screen.Heading($"{controller.Name} ({controller.Id}): {ContractName.Of(controller.State)}");
            if (controller.Redirect is { } redirect)
            {
                screen.Paragraph($"{redirect.By} sent you there on {Day(redirect.On)}{(redirect.Quote is { } quote ? $": “{quote}”" : ".")}", "  ");
            }

            if (controller.Clock is { } clock)
            {
                screen.Line(!controller.IsOpen
                    ? $"  due {Day(clock.Due)}; 30 days: {Day(clock.ThirtyDays)}; the clock has stopped"
                    : controller.HasOpenPause
                    ? $"  due {Day(clock.Due)} if its question changes nothing; 30 days: {Day(clock.ThirtyDays)}; not late while the question is open"
                    : $"  due {Day(clock.Due)} ({Left(today, clock.Due)}); 30 days: {Day(clock.ThirtyDays)}; late beyond doubt after {Day(clock.Safe)}");
                Pauses(screen, controller);
                foreach (var sentence in clock.Derivation)
                {
                    screen.Paragraph(sentence, "  ");
                }
            }
        }

        if (found.Authority is { } authority && found.Complaints.Count == 0)
        {
            screen.Line();
            screen.Paragraph($"A complaint would go to {authority.Name}. {authority.Why}");
        }

        foreach (var complaint in found.Complaints)
        {
            screen.Line();
            screen.Line($"Complaint to {complaint.Name} of {Day(complaint.On)}{(complaint.Outcome is { } how ? $": {ContractName.Of(how)} on {CaseCommands.Day(complaint.EndedOn)}" : ", open")}.");
        }

        Blocks(screen, found);
        OnTheWay.PrintUnknown(screen, found);
        CaseMails.Print(screen, found);
        screen.Line();
        screen.Heading("History");
        foreach (var entry in history)
        {
            screen.Line($"  {entry.At.InZone(session.Settings.Person.Zone):uuuu-MM-dd HH:mm}  {entry.What}");
        }

        screen.Next(NextStep(found));
    }

    private static void Blocks(Screen screen, Case found)
    {
        if (found.Letters.Count > 0)
        {
            screen.Line();
            screen.Heading("Letters");
            screen.Table(["no", "kind", "to", "state"], [.. found.Letters.Select(letter => new[] { letter.Number, letter.Kind, letter.Mail.To, ContractName.Of(letter.State) })]);
        }

        if (found.Exhibits.Count > 0)
        {
            screen.Line();
            screen.Heading("Exhibits");
            screen.Table(
                ["no", "file", "format", ">bytes", "sha256"],
                [.. found.Exhibits.Select(exhibit => new[] { exhibit.Number, Short(exhibit.FileName), exhibit.Format, Screen.Number(exhibit.Size), exhibit.Sha256[..12] + "…" })]);
        }

        if (found.Comparisons.Count > 0)
        {
            screen.Line();
            screen.Line($"Findings of the last comparison ({found.Comparisons[^1].Number}): {found.Comparisons[^1].Findings}");
        }
    }

    /// <summary>The dates with and without the controller's questions.</summary>
    internal static void Pauses(Screen screen, CaseController controller)
    {
        if (controller.Clock is { WithoutPause: { } without } clock)
        {
            screen.Line($"  without its question {Day(without)}; with it {(clock.WithPause is { } with ? Day(with) : "not known before you answer")}");
        }
    }

    /// <summary>A complaint's members.</summary>
    internal static void Write(System.Text.Json.Utf8JsonWriter json, Complaint complaint)
    {
        json.WriteString("authority", complaint.Authority);
        json.WriteString("name", complaint.Name);
        json.WriteString("on", Day(complaint.On));
        json.WriteString("fileNumber", complaint.FileNumber);
        json.WriteString("outcome", complaint.Outcome is { } outcome ? ContractName.Of(outcome) : null);
        json.WriteString("endedOn", CaseCommands.Day(complaint.EndedOn));
    }

    /// <summary>What a controller has beside its clock: who sent the person there, its questions, a contact of its own.</summary>
    private static void WriteFacts(System.Text.Json.Utf8JsonWriter json, CaseController controller)
    {
        if (controller.Redirect is { } redirect)
        {
            json.WriteStartObject("redirect");
            json.WriteString("by", redirect.By);
            json.WriteString("on", Day(redirect.On));
            json.WriteString("quote", redirect.Quote);
            json.WriteEndObject();
        }

        if (controller.Contact is { } contact)
        {
            json.WriteStartObject("contact");
            json.WriteString("email", contact.Email);
            json.WriteString("country", contact.Country);
            json.WriteString("role", ContractName.Of(contact.Role));
            json.WriteEndObject();
        }

        json.WriteStartArray("pauses");
        foreach (var pause in controller.Pauses)
        {
            json.WriteStartObject();
            json.WriteString("kind", ContractName.Of(pause.Kind));
            json.WriteString("from", Day(pause.From));
            json.WriteString("until", CaseCommands.Day(pause.Until));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What a person would sensibly do next.</summary>
    internal static string NextStep(Case found)
    {
        if (OnTheWay.Unknown(found).Select(one => one.Item).FirstOrDefault() is { } unknown)
            return $"misar letter settle {found.Reference} {unknown}";
        var (evidence, responses) = (found.Exhibits.Any(e => e.Kind == ExhibitKind.Evidence), found.Exhibits.Any(e => e.Kind == ExhibitKind.Response));
        var asked = found.Letters.Count > 0 || found.Controllers.Any(controller => controller.State != ControllerState.Draft);
        if (found.Controllers.FirstOrDefault(controller => controller is { IsOpen: true, HasOpenPause: true }) is { } paused)
        {
            return $"misar case clarified {found.Reference} --controller {paused.Id}";
        }

        if (found is { State: CaseState.Draft, NextAsked: { } named })
        {
            return $"misar letter send {found.Reference} --kind access --controller {named.Id}";
        }

        return (asked, evidence, responses, found.Comparisons.Count) switch
        {
            (false, _, false, _) => $"misar letter send {found.Reference} --kind access",
            (_, false, _, _) => $"misar evidence add {found.Reference} capture.mitm",
            (_, true, false, _) => $"misar response add {found.Reference} answer.zip --password-file password.txt",
            (_, true, true, 0) => $"misar compare {found.Reference}",
            _ => $"misar report {found.Reference} --output {found.Reference}.pdf",
        };
    }

    private static void AsJson(Session session, Case found, IReadOnlyList<HistoryEntry> history) => session.Screen.AsJson(json =>
    {
        json.WriteString("reference", found.Reference.ToString());
        json.WriteString("vendor", found.Vendor);
        json.WriteString("state", ContractName.Of(found.StateOn(session.Today)));
        json.WriteStartArray("controllers");
        foreach (var controller in found.Controllers)
        {
            json.WriteStartObject();
            json.WriteString("id", controller.Id);
            json.WriteString("name", controller.Name);
            json.WriteString("state", ContractName.Of(controller.State));
            if (controller.Clock is { } clock)
            {
                json.WriteStartObject("clock");
                json.WriteString("received", Day(clock.Received));
                json.WriteString("rule", clock.Rule);
                json.WriteString("nominal", Day(clock.Nominal));
                json.WriteString("due", Day(clock.Due));
                json.WriteString("thirtyDays", Day(clock.ThirtyDays));
                json.WriteString("safe", Day(clock.Safe));
                json.WriteBoolean("extended", clock.Extended);
                json.WriteString("withoutPause", CaseCommands.Day(clock.WithoutPause));
                json.WriteString("withPause", CaseCommands.Day(clock.WithPause));
                json.WriteString("basis", controller.ReceiptBasis);
                json.WriteStartArray("derivation");
                clock.Derivation.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            WriteFacts(json, controller);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("authority", found.Authority?.Id);
        json.WriteStartArray("complaints");
        foreach (var complaint in found.Complaints)
        {
            json.WriteStartObject();
            Write(json, complaint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("letters");
        foreach (var letter in found.Letters)
        {
            json.WriteStartObject();
            json.WriteString("number", letter.Number);
            json.WriteString("kind", letter.Kind);
            json.WriteString("to", letter.Mail.To);
            json.WriteString("messageId", letter.Mail.MessageId);
            json.WriteString("sha256", letter.Mail.Sha256);
            json.WriteString("state", ContractName.Of(letter.State));
            json.WriteString("reply", letter.ServerReply);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("exhibits");
        foreach (var exhibit in found.Exhibits)
        {
            json.WriteStartObject();
            json.WriteString("exhibit", exhibit.Number);
            json.WriteString("file", exhibit.FileName);
            json.WriteString("format", exhibit.Format);
            json.WriteNumber("size", exhibit.Size);
            json.WriteString("sha256", exhibit.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        CaseMails.Write(json, found);
        json.WriteStartArray("reminders");
        foreach (var reminder in found.Reminders)
        {
            json.WriteStartObject();
            json.WriteString("kind", reminder.Kind);
            json.WriteString("due", InstantPattern.ExtendedIso.Format(reminder.Due));
            json.WriteString("state", ContractName.Of(reminder.State));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("history");
        foreach (var entry in history)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", entry.Sequence);
            json.WriteString("at", InstantPattern.ExtendedIso.Format(entry.At));
            json.WriteString("kind", entry.Kind);
            json.WriteString("what", entry.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Day(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Left(LocalDate today, LocalDate due) => Period.DaysBetween(today, due) switch
    {
        0 => "today",
        1 => "tomorrow",
        > 1 and var days => $"in {days} days",
        var days => $"{-days} days ago",
    };

    private static string Short(string name) => name.Length <= 28 ? name : name[..24] + "…" + name[^3..];
}
