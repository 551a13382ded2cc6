using System.Text;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Core.Ports;
using MiSarTracker.Journey;
using MiSarTracker.Tests.Sending;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Journey;

/// <summary>Mails that come in, against a workspace with one case whose letter the server accepted.</summary>
public sealed class InboxIntakeTests : IAsyncLifetime
{
    private static readonly Settings Settings = new() { Person = new PersonSettings { Name = "Alice", Email = "alice@client.test", Country = "NL", TimeZone = "Europe/Amsterdam" } };
    private PostOffice _office = null!;
    private InboxIntake _intake = null!;

    private CaseReference Reference => _office.Case.Reference;

    public async ValueTask InitializeAsync()
    {
        _office = await PostOffice.OpenAsync();
        await _office.QueueLetterAsync();
    }

    public ValueTask DisposeAsync()
    {
        _office.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AReplyIsFiledOnceAndMovesNoClockUntilThePersonConfirmsIt()
    {
        await AcceptAsync();
        var due = Controller().Clock!.Due;
        string extension = Reply("We have received your request. We extend the period by two months because of the number of requests.");
        InboxItem item = (await TakeAsync(extension))!;
        Assert.Equal((InboxState.Filed, MailKind.Extension, "M-001", "L-001", "xiaomi"), (item.State, item.Kind, item.Mail, item.Letter, item.Controller));
        Assert.Equal(item.Id, (await TakeAsync("Received: by another server\r\n" + extension))!.Id);
        Assert.Equal((1, 1), (_intake.Taken.New.Count, _intake.Taken.Known));
        Assert.Equal((due, ControllerState.Waiting), (Controller().Clock!.Due, Controller().State));
        Assert.Contains("that it arrived is shown by its reply of 2026-11-23 (M-001)", Controller().ReceiptBasis, StringComparison.Ordinal);

        (InboxItem confirmed, Recorded? recorded) = await ConfirmAsync(item, null);
        Assert.True(recorded!.Controller.Replies[^1].MovedClock);
        Assert.Equal((InboxState.Confirmed, "R-001"), (confirmed.State, confirmed.Exhibit));
        Assert.Equal((ControllerState.Extended, "R-001"), (Controller().State, Controller().Replies[^1].Exhibit));
        Assert.True(_office.Workspace.Verify(cancellationToken: PostOffice.Stop).IsIntact);
    }

    [Fact]
    public async Task AnAutomaticReplyMovesNothingWhateverItSays()
    {
        await AcceptAsync();
        Clock before = Controller().Clock!;
        InboxItem item = (await TakeAsync(Reply("We extend the period by two months.", "Auto-Submitted: auto-replied\r\n")))!;
        Assert.Equal(MailKind.Automatic, item.Kind);
        (InboxItem confirmed, Recorded? recorded) = await ConfirmAsync(item, null);
        Assert.Null(recorded);
        Assert.Equal(InboxState.Confirmed, confirmed.State);
        Assert.Equal((before, AfterSending.Presumed), (Controller().Clock, Controller().ReceiptBasis));
        Assert.True(Assert.Single(_office.Workspace.Cases.Get(Reference).Mails).Automatic);
    }

    [Fact]
    public async Task ADeliveryReportThatReturnsTheLettersHeadersReplacesThePresumptionAndAForgedOneDoesNot()
    {
        await AcceptAsync();
        await TakeAsync(Report("delivered", "unknown@client.test"));
        Assert.Equal(AfterSending.Presumed, Controller().ReceiptBasis);
        await TakeAsync(Report("delivered", "xiaomi@client.test"));
        Assert.Equal("delivery report of 2026-11-23 (M-002)", Controller().ReceiptBasis);
        Assert.Equal(new LocalDate(2026, 11, 23), Controller().Clock!.Received);

        // What the person recorded stays.
        await new Replies(_office.Workspace, Templates.Shipped, Settings).ReceivedAsync(Reference, "xiaomi", new LocalDate(2026, 11, 22), "the person's word", _office.Clock.GetCurrentInstant(), PostOffice.Stop);
        await TakeAsync(Report("delivered", "xiaomi@client.test").Replace("10:00:00", "11:00:00", StringComparison.Ordinal));
        Assert.Equal("the person's word", Controller().ReceiptBasis);
    }

    [Fact]
    public async Task AReportSettlesALetterWhoseOutcomeWasUnknown()
    {
        _office.Answer(new SendOutcome.Unknown("The line broke."));
        await _office.Sender.SendNow(Reference, "L-001", PostOffice.Stop);
        Assert.Equal(SendState.Unknown, _office.Workspace.Cases.Get(Reference).Letters[0].State);
        await TakeAsync(Report("delivered", "xiaomi@client.test"));
        Assert.Equal(SendState.Accepted, _office.Workspace.Cases.Get(Reference).Letters[0].State);
        Assert.StartsWith("delivery report of", Controller().ReceiptBasis, StringComparison.Ordinal);
        Assert.True(_office.Workspace.Verify(cancellationToken: PostOffice.Stop).IsIntact);
    }

    [Fact]
    public async Task ABounceIsSaidAtTheLetterAndTheClockStays()
    {
        await AcceptAsync();
        Clock before = Controller().Clock!;
        InboxItem item = (await TakeAsync(Report("failed", "xiaomi@client.test")))!;
        Assert.Equal(MailKind.Bounce, item.Kind);
        Assert.Contains("came back", _office.Workspace.Cases.Get(Reference).Letters[0].ServerReply, StringComparison.Ordinal);
        Assert.Contains(_intake.Taken.Remarks, remark => remark.Contains("L-001 came back", StringComparison.Ordinal));
        Assert.Equal(before, Controller().Clock);
    }

    [Fact]
    public async Task WhatConcernsNoCaseLeavesNoTrace()
    {
        await AcceptAsync();
        Assert.Null(await TakeAsync("From: friend@elsewhere.test\r\nSubject: private-canary\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nprivate-canary\r\n"));
        Assert.Empty(_office.Workspace.Inbox.List());
        Assert.Empty(FilesWith("private-canary"));
    }

    [Fact]
    public async Task WhatIsUnsureWaitsIsAssignedOrDismissedAndADismissedMailLeavesOnlyItsFingerprints()
    {
        await AcceptAsync();
        string fromTheDomain = "From: Legal <legal@vendor.test>\r\nSubject: waiting-canary\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nPlease send us a copy of your passport.\r\n";
        InboxItem waiting = (await TakeAsync(fromTheDomain))!;
        Assert.Equal((InboxState.Waiting, MailKind.Identity), (waiting.State, waiting.Kind));
        Assert.Equal([Reference], waiting.Candidates);
        Assert.True(_office.Workspace.Verify(cancellationToken: PostOffice.Stop).IsIntact);

        InboxItem assigned = await _intake.AssignAsync(waiting, Reference, PostOffice.Stop);
        Assert.Equal((waiting.Id, InboxState.Filed, "M-001", "xiaomi"), (assigned.Id, assigned.State, assigned.Mail, assigned.Controller));
        await Assert.ThrowsAsync<MiSarTracker.Core.Refusal>(() => _office.Workspace.Inbox.Dismiss(assigned.Id, PostOffice.Stop));

        InboxItem other = (await TakeAsync(fromTheDomain.Replace("waiting-canary", "dismissed-canary", StringComparison.Ordinal)))!;
        Assert.NotEmpty(FilesWith("dismissed-canary"));
        await _office.Workspace.Inbox.Dismiss(other.Id, PostOffice.Stop);
        Assert.Empty(FilesWith("dismissed-canary"));
        Assert.Equal(InboxState.Dismissed, (await TakeAsync(fromTheDomain.Replace("waiting-canary", "dismissed-canary", StringComparison.Ordinal)))!.State);
        Assert.True(_office.Workspace.Verify(cancellationToken: PostOffice.Stop).IsIntact);
    }

    [Fact]
    public async Task AnErasedCaseLeavesNothingOfItsMails()
    {
        await AcceptAsync();
        await TakeAsync(Reply("erased-canary: we have received your request."));
        await TakeAsync("From: Legal <legal@vendor.test>\r\nSubject: erased-canary\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nerased-canary\r\n");
        Assert.NotEmpty(FilesWith("erased-canary"));
        await _office.Workspace.Erase(Reference, _office.Clock.GetCurrentInstant(), PostOffice.Stop);
        Assert.Empty(_office.Workspace.Inbox.List());
        Assert.Empty(FilesWith("erased-canary"));
        Assert.True(_office.Workspace.Verify(cancellationToken: PostOffice.Stop).IsIntact);
    }

    [Fact]
    public async Task AStormOfAutomaticMailsEndsAtItsCap()
    {
        await AcceptAsync();
        for (int i = 0; i < InboxIntake.MostMachineMailsADay + 10; i++)
            await TakeAsync(Reply($"Out of office {i}", "Auto-Submitted: auto-replied\r\n"));
        Assert.Equal(InboxIntake.MostMachineMailsADay, _office.Workspace.Inbox.OfCase(Reference).Count);
        InboxItem human = (await TakeAsync(Reply("Please find attached a copy of your personal data.")))!;
        Assert.Equal(MailKind.Answer, human.Kind);
    }

    [Fact]
    public async Task AForgedSenderIsFlaggedAndItsFilesAreNoExhibit()
    {
        await AcceptAsync();
        string forged = "From: Privacy <privacy@evil.test>\r\nSubject: SAR-2026-0001\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease find attached your data.\r\n"
            + "--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\na,b\r\n1,2\r\n--b--\r\n";
        InboxItem item = (await TakeAsync(forged))!;
        Assert.Null(item.Exhibit);
        Assert.Equal(AfterSending.Presumed, Controller().ReceiptBasis);
        InboxItem honest = (await TakeAsync(forged.Replace("evil.test", "vendor.test", StringComparison.Ordinal)))!;
        Assert.Equal("R-001", honest.Exhibit);
    }

    [Fact]
    public async Task APasswordThatASecondMailNamesIsOfferedAndTriedOnlyWhenThePersonSaysSo()
    {
        await AcceptAsync();
        byte[] zip = await File.ReadAllBytesAsync(Path.Combine(Templates.Shipped.Demo, "3000000001_1714557600000.zip"), PostOffice.Stop);
        string password = (await File.ReadAllTextAsync(Path.Combine(Templates.Shipped.Demo, "password.txt"), PostOffice.Stop)).Trim();
        InboxItem answer = (await TakeAsync(Reply(
            $"--b\r\nContent-Type: text/plain\r\n\r\nPlease find attached a copy of your personal data.\r\n--b\r\nContent-Type: application/zip; name=data.zip\r\nContent-Disposition: attachment; filename=data.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(zip, Base64FormattingOptions.InsertLineBreaks)}\r\n--b--",
            "Content-Type: multipart/mixed; boundary=b\r\n")))!;
        await TakeAsync(Reply($"The password is: {password}"));
        var exhibit = new InboxExhibit(_office.Workspace, Templates.Shipped, Settings);
        Assert.Contains(exhibit.Hints(Reference), hint => hint.Mail == "M-002" && hint.Hint.Password == password);
        Assert.False(Assert.Single(_office.Workspace.Cases.Get(Reference).Exhibits).HasPassword);

        (InboxItem confirmed, _) = await ConfirmAsync(answer, null, [.. exhibit.Hints(Reference).Select(hint => hint.Hint.Password)]);
        Assert.Equal("R-001", confirmed.Exhibit);
        Assert.True(Assert.Single(_office.Workspace.Cases.Get(Reference).Exhibits).HasPassword);
    }

    [Fact]
    public void MailsAreReadFromFilesFromAnMboxAndFromAMaildirByteForByte()
    {
        string folder = Directory.CreateTempSubdirectory("misar-mails-").FullName;
        try
        {
            foreach (string name in (string[])["new", "cur", "tmp", ".Archive/cur"])
                Directory.CreateDirectory(Path.Combine(folder, "Maildir", name));
            File.WriteAllText(Path.Combine(folder, "Maildir", "new", "1"), "From: a@b.test\n\none\n");
            File.WriteAllText(Path.Combine(folder, "Maildir", "cur", "2:2,S"), "From: a@b.test\n\ntwo\n");
            File.WriteAllText(Path.Combine(folder, "Maildir", ".Archive", "cur", "3:2,S"), "From: a@b.test\n\nthree\n");
            File.WriteAllText(Path.Combine(folder, "Maildir", "tmp", "4"), "half");
            File.WriteAllText(Path.Combine(folder, "all.mbox"), "From a@b Sun Nov 22\nFrom: a@b.test\n\none\n>From here\nFrom there\n\nFrom c@d Sun Nov 22\nFrom: c@d.test\n\ntwo\n");
            Assert.Equal(["From: a@b.test\n\none\n", "From: a@b.test\n\nthree\n", "From: a@b.test\n\ntwo\n"], InboxFiles.Read(Path.Combine(folder, "Maildir")).Select(mail => Encoding.UTF8.GetString(mail.Raw)).Order(StringComparer.Ordinal));
            Assert.Equal(["From: a@b.test\n\none\nFrom here\nFrom there\n", "From: c@d.test\n\ntwo\n"], InboxFiles.Read(Path.Combine(folder, "all.mbox")).Select(mail => Encoding.UTF8.GetString(mail.Raw)));
            Assert.Equal(2, InboxFiles.Read(folder).Count());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task AcceptAsync()
    {
        await _office.Sender.SendNow(Reference, "L-001", PostOffice.Stop);
        await new AfterSending(_office.Workspace, Templates.Shipped, Settings).RecordAsync(Reference, "L-001", _office.Clock.GetCurrentInstant(), PostOffice.Stop);
        _office.Clock.AdvanceDays(1);
    }

    private Task<InboxItem?> TakeAsync(string mail)
    {
        _intake ??= new InboxIntake(_office.Workspace, Templates.Shipped, Settings, "", _office.Clock);
        return _intake.TakeAsync(Encoding.UTF8.GetBytes(mail), "test", null, null, PostOffice.Stop);
    }

    private Task<(InboxItem Item, Recorded? Recorded)> ConfirmAsync(InboxItem item, MailKind? kind, IReadOnlyList<string>? passwords = null) =>
        new InboxDesk(_office.Workspace, Templates.Shipped, Settings).ConfirmAsync(item, new MailJudgement(kind, null, null, null, null, passwords ?? []), _office.Clock.GetCurrentInstant(), [], PostOffice.Stop);

    private CaseController Controller() => _office.Workspace.Cases.Get(Reference).Controller("xiaomi");

    private List<string> FilesWith(string canary) =>
        [.. Directory.EnumerateFiles(_office.Workspace.Layout.Root, "*", SearchOption.AllDirectories).Where(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains(canary, StringComparison.Ordinal))];

    private static string Reply(string body, string headers = "") =>
        $"From: Privacy Office <privacy@vendor.test>\r\nSubject: Your request\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{Guid.NewGuid():N}@vendor.test>\r\nIn-Reply-To: <xiaomi@client.test>\r\n{headers}\r\n{body}\r\n";

    private static string Report(string action, string messageId) =>
        "Return-Path: <>\r\nFrom: Mail Delivery System <mailer-daemon@client.test>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        + $"--b\r\nContent-Type: text/plain\r\n\r\nAbout your mail.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.client.test\r\nOriginal-Envelope-ID: SAR-2026-0001.1\r\n\r\nFinal-Recipient: rfc822;privacy@vendor.test\r\nAction: {action}\r\nStatus: 2.0.0\r\n"
        + $"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: alice@client.test\r\nMessage-ID: <{messageId}>\r\n--b--\r\n";
}
