using System.Text.Json;
using MiSarTracker.Core.Cases;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary>The mails that came in, as a case shows them.</summary>
internal static class CaseMails
{
    public static void Write(Utf8JsonWriter json, Case found)
    {
        json.WriteStartArray("mails");
        foreach (var mail in found.Mails)
        {
            json.WriteStartObject();
            json.WriteString("number", mail.Number);
            json.WriteString("from", mail.From);
            json.WriteString("subject", mail.Subject);
            json.WriteString("messageId", mail.MessageId);
            json.WriteString("sentAt", mail.SentAt is { } sent ? InstantPattern.ExtendedIso.Format(sent) : null);
            json.WriteString("addedAt", InstantPattern.ExtendedIso.Format(mail.AddedAt));
            json.WriteBoolean("automatic", mail.Automatic);
            json.WriteString("answers", mail.Answers);
            json.WriteString("sha256", mail.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Print(Screen screen, Case found)
    {
        if (found.Mails.Count == 0)
            return;
        screen.Line();
        screen.Heading("Mails");
        screen.Table(["no", "from", "subject", "answers"], [.. found.Mails.Select(mail => new[] { mail.Number, Cut(mail.From, 26), Cut(mail.Subject, 34), (mail.Automatic ? "automatic " : "") + mail.Answers })]);
        screen.Line($"  misar inbox list --case {found.Reference} says what they are.");
    }

    private static string Cut(string text, int most) => MemberPeek.Visible(text.Length <= most ? text : text[..(most - 1)] + "…");
}
