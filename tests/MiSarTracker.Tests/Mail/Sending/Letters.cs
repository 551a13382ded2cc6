using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Sending;
using NodaTime;

namespace MiSarTracker.Tests.Mail.Sending;

/// <summary>Letters for tests: every part fixed, so that bytes can be compared.</summary>
public static class Letters
{
    public static LetterMail Access { get; } = new()
    {
        MessageId = "0123456789abcdef0123456789abcdef@client.test",
        EnvelopeId = "SAR-2026-0001.1",
        FromName = SingleLine.Parse("Zoë Müller", "name"),
        From = EmailAddress.Parse("alice@client.test"),
        To = EmailAddress.Parse("privacy@vendor.test"),
        Subject = SingleLine.Parse("Access request under Article 15 GDPR – SAR-2026-0001", "subject"),
        Date = new OffsetDateTime(new LocalDateTime(2026, 11, 22, 10, 0, 0), Offset.FromHours(1)),
        Text = "Dear Sir or Madam,\n\n.this line begins with a dot\n..and this with two\nFrom here on: a line with blanks at its end   \n.\nZoë\n",
    };

    public static PreparedMail Prepared(string text = "Hello.\r\n") => PreparedMail.Fix(
        Access.MessageId, Access.EnvelopeId, Access.From, Access.To,
        Encoding.ASCII.GetBytes($"From: alice@client.test\r\nTo: privacy@vendor.test\r\nSubject: s\r\nMessage-Id: <{Access.MessageId}>\r\n\r\n{text}"));
}
