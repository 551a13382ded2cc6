using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ports;
using MiSarTracker.Sending;
using MiSarTracker.Storage;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Sending;

public sealed class OutboxSenderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatArrivesIsByteForByteTheStoredLetter()
    {
        using var office = await PostOffice.OpenAsync();
        var approved = await office.QueueLetterAsync();
        var delivery = await office.Sender.SendNow(office.Case.Reference, "L-001", Stop);

        Assert.Equal(approved, Assert.Single(office.Arrived).Bytes.ToArray());
        Assert.Equal(("alice@client.test", "privacy@vendor.test", "xiaomi@client.test"),
            (office.Arrived[0].EnvelopeFrom.ToString(), office.Arrived[0].EnvelopeTo.ToString(), office.Arrived[0].MessageId));
        Assert.Equal((SendState.Accepted, "250 2.0.0 OK id=1"), (delivery!.State, delivery.Reply));
        var letter = (await office.ReloadAsync()).Letter("L-001");
        Assert.Equal((SendState.Accepted, "250 2.0.0 OK id=1"), (letter.State, letter.ServerReply));
        Assert.Equal(ControllerState.Sent, office.Case.Controller("xiaomi").State);
    }

    [Fact]
    public async Task ASentMailIsNotSentAgain()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        Assert.Single(await office.Sender.Drain(Stop));
        Assert.Empty(await office.Sender.Drain(Stop));
        Assert.Null(await office.Sender.SendNow(office.Case.Reference, "L-001", Stop));
        Assert.Single(office.Arrived);
    }

    [Fact]
    public async Task ARefusalForNowIsTriedAgainAfterAPauseWithTheSameMessageId()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        office.Answer(new SendOutcome.Refused(451, "4.7.1", "Greylisted", Permanent: false, "The mail server asks to come back later."), new SendOutcome.Accepted(250, "OK", true));
        var first = Assert.Single(await office.Sender.Drain(Stop));
        Assert.Equal(SendState.Planned, first.State);
        Assert.Contains("Greylisted", (await office.ReloadAsync()).Letter("L-001").ServerReply, StringComparison.Ordinal);
        Assert.Empty(await office.Sender.Drain(Stop));

        office.Clock.Reset(first.RetryAt!.Value);
        Assert.Equal(SendState.Accepted, Assert.Single(await office.Sender.Drain(Stop)).State);
        Assert.Single(office.Arrived.Select(mail => (mail.MessageId, mail.Sha256)).Distinct());
        Assert.Equal(2, office.Arrived.Count);
    }

    [Fact]
    public async Task AWrongPasswordWaitsForThePersonAndSaysSo()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        office.Answer(new SendOutcome.NotSent("The server did not take the password.", Retryable: false, "Set it: misar secret set smtp."), new SendOutcome.Accepted(250, "OK", true));
        var first = Assert.Single(await office.Sender.Drain(Stop));
        Assert.True(first.NeedsPerson);
        Assert.Equal("The server did not take the password. Set it: misar secret set smtp.", (await office.RowAsync()).Reply);
        office.Clock.AdvanceHours(5);
        Assert.Empty(await office.Sender.Drain(Stop));

        // The person set the password and asks: no pause is kept then.
        Assert.Equal(SendState.Accepted, (await office.Sender.SendNow(office.Case.Reference, "L-001", Stop))!.State);
    }

    [Fact]
    public async Task ARefusalForGoodIsFinal()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        office.Answer(new SendOutcome.Refused(550, "5.1.1", "No such user", Permanent: true, "The recipient's mailbox does not exist."));
        Assert.Equal(SendState.Refused, Assert.Single(await office.Sender.Drain(Stop)).State);
        office.Clock.AdvanceDays(30);
        Assert.Empty(await office.Sender.Drain(Stop));
        Assert.Contains("No such user", (await office.ReloadAsync()).Letter("L-001").ServerReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownOutcomeIsShownAndNeverSentAgainByItself()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        office.Answer(new SendOutcome.Unknown("the whole letter was handed over, then there was no reply."));
        Assert.Equal(SendState.Unknown, Assert.Single(await office.Sender.Drain(Stop)).State);
        office.Clock.AdvanceDays(30);
        Assert.Empty(await office.Sender.Drain(Stop));
        Assert.Null(await office.Sender.SendNow(office.Case.Reference, "L-001", Stop));
        Assert.Equal(SendState.Unknown, (await office.ReloadAsync()).Letter("L-001").State);
    }

    [Fact]
    public async Task AMailThatWasHandedByAProcessThatDiedBecomesUnknownAfterItsLease()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        var claim = await office.Workspace.Outbox.Claim("process 1", Duration.FromMinutes(2), PostOffice.Start, cancellationToken: Stop);
        Assert.True(await office.Workspace.Outbox.Hand(claim!, OutboxSender.HandLease, PostOffice.Start, Stop));

        office.Clock.AdvanceMinutes(19);
        Assert.Empty(await office.Sender.Drain(Stop));
        Assert.Equal(SendState.Handed, (await office.ReloadAsync()).Letter("L-001").State);
        office.Clock.AdvanceMinutes(2);
        Assert.Empty(await office.Sender.Drain(Stop));
        Assert.Equal(SendState.Unknown, (await office.ReloadAsync()).Letter("L-001").State);
        Assert.Empty(office.Arrived);
    }

    [Fact]
    public async Task AChangedLetterIsNeverSentAndDoesNotKeepBackTheOthers()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        await office.QueueLetterAsync("huami");
        var stored = office.Workspace.Vault.PathOf((await office.ReloadAsync()).Letter("L-001").Mail.Sha256);
        var changed = await File.ReadAllTextAsync(stored, Stop) + "P.S.\r\n";
        File.Delete(stored);
        await File.WriteAllTextAsync(stored, changed, Stop);

        var deliveries = await office.Sender.Drain(Stop);
        Assert.Equal([SendState.Planned, SendState.Accepted], deliveries.Select(d => d.State));
        Assert.Equal("huami@client.test", Assert.Single(office.Arrived).MessageId);
        await Assert.ThrowsAsync<Corrupt>(() => office.Sender.SendNow(office.Case.Reference, "L-001", Stop));
        Assert.Single(office.Arrived);
    }

    [Fact]
    public async Task TwoSendersAtOnceSendEachMailOnce()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        await office.QueueLetterAsync("huami");
        office.Meanwhile = () => Task.Delay(50, Stop);
        var second = new OutboxSender(office.Workspace, office, office.Clock);
        await Task.WhenAll(office.Sender.Drain(Stop), second.Drain(Stop));
        Assert.Equal(["huami@client.test", "xiaomi@client.test"], office.Arrived.Select(mail => mail.MessageId).Order());
    }

    [Fact]
    public async Task AStopBetweenTwoMailsLeavesTheSecondForTheNextRun()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        await office.QueueLetterAsync("huami");
        using var stop = new CancellationTokenSource();
        office.Meanwhile = stop.CancelAsync;
        Assert.Equal(SendState.Accepted, Assert.Single(await office.Sender.Drain(stop.Token)).State);
        Assert.Equal(OutboxState.Planned, (await office.RowAsync("L-002")).State);
    }
}
