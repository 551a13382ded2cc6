using System.Text.Json;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary>A mail of the inbox on the screen and as JSON.</summary>
internal static class InboxView
{
    public static void Write(Utf8JsonWriter json, InboxItem item)
    {
        var details = InboxDetails.Parse(item.Details);
        json.WriteString("id", item.Number);
        json.WriteString("state", ContractName.Of(item.State));
        json.WriteString("case", item.Case?.ToString());
        json.WriteString("mail", item.Mail);
        json.WriteString("controller", item.Controller);
        json.WriteString("letter", item.Letter);
        json.WriteString("exhibit", item.Exhibit);
        json.WriteString("kind", ContractName.Of(item.Kind));
        json.WriteString("guess", details.Guess);
        json.WriteString("sentence", details.Sentence);
        json.WriteString("rule", details.Rule);
        json.WriteString("because", details.RuleBecause);
        Texts(json, "also", details.Also);
        json.WriteString("until", details.Until);
        json.WriteString("reasons", details.Reasons);
        json.WriteString("matchedBy", details.MatchedBy);
        json.WriteString("trust", details.Trust);
        json.WriteString("match", details.Because);
        json.WriteString("unsure", details.Unsure);
        Texts(json, "candidates", [.. item.Candidates.Select(one => one.ToString())]);
        json.WriteString("from", item.From);
        json.WriteString("subject", item.Subject);
        json.WriteString("messageId", item.MessageId);
        json.WriteString("sentAt", Moment(item.SentAt));
        json.WriteString("arrivedAt", Moment(item.ArrivedAt));
        json.WriteString("source", item.Source);
        json.WriteString("sha256", item.Sha256);
        json.WriteNumber("size", item.Size);
        json.WriteBoolean("automatic", item.Kind.IsByMachine());
        Texts(json, "robot", details.Robot);
        json.WriteBoolean("ambiguous", details.Doubts.Count > 0);
        Texts(json, "doubts", details.Doubts);
        Texts(json, "authentication", details.Authentication);
        Texts(json, "warnings", details.Warnings);
        json.WriteString("report", details.Report);
        json.WriteStartArray("attachments");
        foreach (var file in details.Attachments)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("mediaType", file.MediaType);
            json.WriteNumber("size", file.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Texts(json, "links", details.Links);
    }

    public static void Print(Screen screen, InboxItem item)
    {
        var details = InboxDetails.Parse(item.Details);
        var where = item.Case is { } reference ? $"{reference} {item.Mail}{(item.Letter is null ? "" : $", to {item.Letter}")}" : $"waits: {details.Unsure}";
        screen.Heading($"{item.Number}  {ContractName.Of(item.Kind)}{(item.State == InboxState.Confirmed ? " (confirmed)" : "")}  {where}");
        Say(screen, "from", $"{item.From}");
        Say(screen, "subject", item.Subject);
        Say(screen, "match", details.Because is null ? null : $"{details.Because}{(details is { Trust: "low", MatchedBy: not "person" } ? " Low trust: anybody may write a sender into a mail." : "")}");
        Say(screen, "because", details.Sentence is { } sentence ? $"“{sentence}” {details.RuleBecause}" : details.RuleBecause);
        foreach (var also in details.Also)
            Say(screen, "also", also);
        Say(screen, "until", details.Until);
        Say(screen, "reasons", details.Reasons is { } reasons && reasons != details.Sentence ? $"“{reasons}”" : null);
        Say(screen, "report", details.Report);
        foreach (var warning in details.Warnings)
            Say(screen, "warning", warning);
        if (details.Authentication.Count > 0)
            Say(screen, "server", string.Join(", ", details.Authentication));
        foreach (var doubt in details.Doubts)
            Say(screen, "ambiguous", doubt);
        foreach (var file in details.Attachments)
            Say(screen, "file", $"{file.Name} ({file.MediaType}, {Screen.Number(file.Size)} bytes)");
        foreach (var link in details.Links)
            Say(screen, "link", Screen.Shorten(link, 200));
        Say(screen, "exhibit", item.Exhibit);
        screen.Line();
    }

    private static void Say(Screen screen, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            screen.Hanging($"  {name,-9}  ", MemberPeek.Visible(text));
    }

    private static string? Moment(Instant? moment) => moment is { } at ? InstantPattern.ExtendedIso.Format(at) : null;

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
