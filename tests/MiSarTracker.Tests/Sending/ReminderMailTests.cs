using System.Text;
using MiSarTracker.Core.Cases;
using MiSarTracker.Sending;
using MiSarTracker.Tests.Service;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Sending;

public sealed class ReminderMailTests
{
    private static readonly DateTimeZone Amsterdam = DateTimeZoneProviders.Tzdb["Europe/Amsterdam"];
    private static readonly Instant Due = Instant.FromUtc(2026, 12, 9, 8, 0);

    [Theory]
    [InlineData("two-days-before", 0, "reminder-two-days")]
    [InlineData("overdue", 3, "reminder-overdue")]
    public async Task AReminderSaysWhatHoldsAndWhatToDo(string kind, int days, string approved) =>
        Approved.Verify($"sending/{approved}", Text(await ComposeAsync(kind, Due + Duration.FromDays(days), Due + Duration.FromDays(days))));

    [Fact]
    public async Task AReminderThatComesLateSaysSo() =>
        Approved.Verify("sending/reminder-late", Text(await ComposeAsync("two-days-before", Due + Duration.FromDays(5))));

    [Fact]
    public async Task AReminderTriedAgainHasTheSameBytesAndAlwaysTheSameMessageId()
    {
        var first = await ComposeAsync("two-days-before", Due + Duration.FromSeconds(2));
        var again = await ComposeAsync("two-days-before", Due + Duration.FromHours(20));
        var muchLater = await ComposeAsync("two-days-before", Due + Duration.FromDays(40));
        Assert.Equal(first.Bytes.ToArray(), again.Bytes.ToArray());
        Assert.NotEqual(first.Sha256, muchLater.Sha256);
        Assert.Equal(first.MessageId, muchLater.MessageId);
    }

    [Fact]
    public async Task AReminderGoesFromThePersonToThePersonAndNobodyElse()
    {
        var mail = await ComposeAsync("overdue", Due);
        Assert.Equal(("alice@client.test", "alice@client.test"), (mail.EnvelopeFrom.ToString(), mail.EnvelopeTo.ToString()));
        Assert.Contains("\r\nAuto-Submitted: auto-generated\r\n", Encoding.ASCII.GetString(mail.Bytes.Span), StringComparison.Ordinal);
    }

    private static async Task<MiSarTracker.Core.Ports.PreparedMail> ComposeAsync(string kind, Instant now, Instant? due = null)
    {
        using var office = await PostOffice.OpenAsync();
        var @case = await Clockwork.StartAsync(office, new LocalDate(2026, 11, 11), new PlannedReminder(kind, due ?? Due));
        var reminder = @case.Reminders.Single();
        return ReminderMail.Compose(@case, reminder, ReminderWords.Of(@case, reminder, Templates.Shipped.Holidays()), now, Amsterdam);
    }

    private static string Text(MiSarTracker.Core.Ports.PreparedMail mail) => Encoding.ASCII.GetString(mail.Bytes.Span).ReplaceLineEndings("\n");
}
