using Microsoft.Data.Sqlite;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Storage;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class WorkspaceTests : TempFolder
{
    [Fact]
    public async Task AWholeCaseComesBackAsItWasDecided()
    {
        using var workspace = await Init();
        var (reference, decided) = await Journey(workspace);
        using var again = await Open();
        var read = again.Cases.Get(reference);
        Assert.Equal(decided, read);
        Assert.Equal(CaseImage.Digest(decided), CaseImage.Digest(read));
        var verdict = again.Verify(cancellationToken: Token);
        Assert.True(verdict.IsIntact, string.Join("\n", [verdict.Ledger.Problem, .. verdict.Cases, .. verdict.Vault.Faults.Select(f => f.ToString())]));
    }

    [Fact]
    public async Task PausesPartiesAndComplaintsComeBackAsTheyWereDecided()
    {
        using var workspace = await Init();
        var (reference, _) = await Journey(workspace);
        var asked = new RecordResponse { Controller = Xiaomi, Kind = ReplyKind.PartialAnswer, Received = new LocalDate(2026, 3, 20) };
        await workspace.Apply(reference, asked, At(2026, 3, 21), Token);
        var paused = Clock() with { WithoutPause = new LocalDate(2026, 4, 7) };
        await workspace.Apply(reference, asked with { Kind = ReplyKind.Identity, PausedClock = paused }, At(2026, 3, 21), Token);
        await workspace.Apply(reference, new AddController
        {
            Id = "eu-rep",
            Name = "Rep BV",
            Contact = new Contact("rep@example.org", "NL", ["Straat 1", "Den Haag"], PartyRole.Representative, "the privacy policy"),
            Redirect = new Redirect(Xiaomi, new LocalDate(2026, 3, 20), "ask “them”\nplease"),
        }, At(2026, 3, 21), Token);
        await workspace.Apply(reference, new ChooseAuthority(new ChosenAuthority("nl-ap", "AP", "You live there.")), At(2026, 3, 22), Token);
        await workspace.Apply(reference, new RecordComplaint("nl-ap", "AP", new LocalDate(2026, 3, 22), "z2026-1"), At(2026, 3, 22), Token);
        var decided = (await workspace.Apply(reference, new EndComplaint(ComplaintOutcome.Declined, new LocalDate(2026, 3, 23)), At(2026, 3, 23), Token)).Case;
        Assert.True(decided.Controllers[0].HasOpenPause);

        using var again = await Open();
        var read = again.Cases.Get(reference);
        Assert.Equal(decided, read);
        Assert.Equal(CaseImage.Digest(decided), CaseImage.Digest(read));
        Assert.True(again.Verify(cancellationToken: Token).IsIntact);
    }

    [Fact]
    public async Task ReferencesCountWithinTheYearAndGoOnAfter9999()
    {
        using var workspace = await Init();
        Assert.Equal("SAR-2026-0001", (await workspace.OpenCase(Opening(), Now, Token)).Reference.ToString());
        Assert.Equal("SAR-2026-0002", (await workspace.OpenCase(Opening(), Now, Token)).Reference.ToString());
        Assert.Equal("SAR-2027-0001", (await workspace.OpenCase(Opening(), Now + Duration.FromDays(365), Token)).Reference.ToString());
        using (var connection = new SqliteConnection($"Data Source={DatabasePath}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE Cases SET Number = 9999 WHERE Year = 2026 AND Number = 2";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        Assert.Equal("SAR-2026-10000", (await workspace.OpenCase(Opening(), Now, Token)).Reference.ToString());
    }

    [Fact]
    public async Task AListSortsByClockSearchesAndTellsWhatIsOverdue()
    {
        using var workspace = await Init();
        var (first, _) = await Journey(workspace);
        var second = (await workspace.OpenCase(Opening() with { Person = new Person("Zoë Ångström", "zoe@example.org", "SE") }, Now, Token)).Reference;
        await QueueAccess(workspace, second);
        await workspace.Apply(second, new RecordSendOutcome("L-001", SendState.Accepted, "250"), Now, Token);
        await workspace.Apply(second, new RecordReceipt(Xiaomi, Clock(), "word"), At(2026, 3, 6), Token);
        var third = (await workspace.OpenCase(Opening(), Now, Token)).Reference;

        var all = workspace.Cases.List(new CaseQuery());
        Assert.Equal([second, first, third], all.Select(i => i.Reference));
        Assert.Equal(new LocalDate(2026, 4, 7), all[0].Due);
        Assert.Equal(CaseState.Overdue, all[0].StateOn(new LocalDate(2026, 4, 8)));
        Assert.Equal((1, 1, 2, (int?)4), (all[1].Evidence, all[1].Responses, all[1].Letters, all[1].Findings));

        Assert.Equal([second], Found(workspace, "ångström"));
        Assert.Equal([second], Found(workspace, "ZOE@"));
        Assert.Equal([second], Found(workspace, "sar-2026-0002"));
        Assert.Equal(3, Found(workspace, "3000000001").Count);
        Assert.Empty(Found(workspace, "%"));
        Assert.Equal([second], workspace.Cases.List(new CaseQuery { OverdueOn = new LocalDate(2026, 4, 8) }).Select(i => i.Reference));
        Assert.Empty(workspace.Cases.List(new CaseQuery { OverdueOn = new LocalDate(2026, 4, 7) }));
        Assert.Equal([first], workspace.Cases.List(new CaseQuery { Skip = 1, Take = 1 }).Select(i => i.Reference));
    }

    [Fact]
    public async Task ARefusedStepLeavesNoTrace()
    {
        using var workspace = await Init();
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        var head = workspace.Ledger.Head();
        await Assert.ThrowsAsync<Refusal>(() => workspace.Apply(reference, Reply(ReplyKind.Answer, new LocalDate(2026, 3, 1)), Now, Token));
        await Assert.ThrowsAsync<Refusal>(() => workspace.Apply(new CaseReference(2026, 9), new NoteCase("x"), Now, Token));
        await Assert.ThrowsAsync<Unavailable>(() => workspace.Apply(reference, Evidence(), Now, Token));
        Assert.Equal(head, workspace.Ledger.Head());
        Assert.Empty((workspace.Cases.Get(reference)).Exhibits);
    }

    [Fact]
    public async Task TheHistoryTellsWhatHappenedInSentences()
    {
        using var workspace = await Init();
        var (reference, _) = await Journey(workspace);
        var history = workspace.Ledger.History(reference);
        Assert.Equal("case-opened", history[0].Kind);
        Assert.Contains("Letter L-001 (access) to privacy@example.com approved and queued.", history.Select(h => h.What));
        Assert.All(history, h => Assert.Equal("person", h.Actor));
        Assert.Equal("workspace-made", (workspace.Ledger.History(null))[0].Kind);
    }

    [Fact]
    public async Task ThePasswordOfAnExhibitIsASecretAndNotInTheDatabase()
    {
        using var workspace = await Init();
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        var answer = Stored(workspace, Evidence("answer") with { Kind = ExhibitKind.Response, FileName = "a.zip" }, [1, 2, 3]);
        var exhibit = await workspace.AddExhibit(reference, answer, "canary-p4ssw0rd", Now, Token);
        Assert.Equal(("R-001", true), (exhibit.Number, exhibit.HasPassword));
        Assert.Equal("canary-p4ssw0rd", workspace.PasswordOf(reference, exhibit));
        var secret = Assert.Single(Directory.GetFiles(workspace.Layout.Secrets));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        Assert.False(Contains(DatabasePath, "canary"));
        File.Delete(secret);
        Assert.Throws<Corrupt>(() => workspace.PasswordOf(reference, exhibit));
    }

    [Fact]
    public async Task AnAnswerThatIsGivenAgainWithItsPasswordKeepsItAndLosesItWithTheCase()
    {
        using var workspace = await Init();
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        var answer = Stored(workspace, Evidence("answer") with { Kind = ExhibitKind.Response, FileName = "a.eml", Summary = """{"locked":["a.zip"]}""" }, [1, 2, 3]);
        var locked = await workspace.AddExhibit(reference, answer, null, Now, Token);
        Assert.Null(workspace.PasswordOf(reference, locked));

        var opened = await workspace.AddExhibit(reference, answer with { Summary = """{"locked":[]}""" }, "canary-one", Now, Token);
        Assert.Equal(("R-001", true, """{"locked":[]}"""), (opened.Number, opened.HasPassword, opened.Summary));
        Assert.Equal("canary-one", workspace.PasswordOf(reference, opened));
        var further = await workspace.AddExhibit(reference, answer, "canary-one-and-two", Now, Token);
        Assert.Equal("canary-one-and-two", workspace.PasswordOf(reference, further));

        // The same password once more, or none, changes nothing.
        var entries = workspace.Ledger.History(reference).Count;
        await workspace.AddExhibit(reference, answer, "canary-one-and-two", Now, Token);
        Assert.Equal("canary-one-and-two", workspace.PasswordOf(reference, await workspace.AddExhibit(reference, answer, null, Now, Token)));
        Assert.Equal(entries, workspace.Ledger.History(reference).Count);
        Assert.Equal(["case-opened", "response-added", "response-unlocked", "response-unlocked"], workspace.Ledger.History(reference).Select(entry => entry.Kind));
        Assert.True(workspace.Verify(reference, cancellationToken: Token).IsIntact);
        Assert.False(Contains(DatabasePath, "canary"));

        await workspace.Erase(reference, Now, Token);
        Assert.Empty(Directory.GetFiles(workspace.Layout.Secrets));
        Assert.True(workspace.Verify(cancellationToken: Token).IsIntact);
    }

    [Fact]
    public async Task FoldersAndFilesAreTheOwnersAlone()
    {
        Directory.CreateDirectory(Root, (UnixFileMode)511);
        using var workspace = await Init();
        await Journey(workspace);
        foreach (var path in Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Append(Root))
            Assert.True(((int)File.GetUnixFileMode(path) & 63) == 0, $"{path}: {File.GetUnixFileMode(path)}");
        Assert.Equal(["appsettings.json", "misar.db", "secrets", "vault"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task AWorkspaceIsNotMadeTwice()
    {
        using var workspace = await Init();
        var before = await File.ReadAllBytesAsync(DatabasePath, Token);
        await Assert.ThrowsAsync<Refusal>(Init);
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabasePath, Token));
        Assert.Single(Directory.GetFiles(Root, "misar.db*"));
    }

    [Fact]
    public async Task OneServiceWorksOnAWorkspaceAndTheNextMayAfterIt()
    {
        using var workspace = await Init();
        using (workspace.LockForService())
        {
            using var other = await Open();
            Assert.Contains($"process {Environment.ProcessId}", Assert.Throws<Refusal>(() => other.LockForService()).Message, StringComparison.Ordinal);
        }

        workspace.LockForService().Dispose();
    }

    /// <summary>Through most of what can happen to a case.</summary>
    private static async Task<(CaseReference Reference, Case Case)> Journey(Workspace workspace)
    {
        var reference = (await workspace.OpenCase(Opening(Xiaomi, Huami), Now, Token)).Reference;
        await QueueAccess(workspace, reference);
        await QueueAccess(workspace, reference, Huami);
        var claim = (await workspace.Outbox.Claim("a", Duration.FromMinutes(1), Now, reference, "L-001", Token))!;
        Assert.True(await workspace.Outbox.Hand(claim, Duration.FromMinutes(1), Now + Duration.FromTicks(7), Token));
        await workspace.Outbox.Finish(claim, SendState.Accepted, "250 2.0.0 queued as 1", Now + Duration.FromTicks(7), Token);
        await workspace.Apply(reference, new RecordReceipt(Xiaomi, Clock(), "the person's word"), At(2026, 3, 6), Token);
        await workspace.Apply(reference, new PlanReminders(Xiaomi, [new PlannedReminder("overdue", At(2026, 4, 8)), new PlannedReminder("due-soon", At(2026, 4, 1))]), Now, Token);
        var pending = await workspace.Reminders.Pending(reference, cancellationToken: Token);
        await workspace.Reminders.Fire(pending[0].Id, Stored(workspace, MailOf("n1")), At(2026, 4, 2), Token);
        await workspace.Apply(reference, Reply(ReplyKind.Extension, new LocalDate(2026, 4, 3)) with { Reasons = "many", ExtendedClock = Clock(true) }, At(2026, 4, 4), Token);
        await workspace.Apply(reference, new RecordReceipt(Huami, Clock(), "word") with { Basis = "delivery report" }, At(2026, 3, 6), Token);
        await workspace.Apply(reference, Reply(ReplyKind.NotController, new LocalDate(2026, 3, 20)) with { Controller = Huami }, At(2026, 4, 4), Token);
        await workspace.Apply(reference, Stored(workspace, Evidence(), "capture"u8.ToArray()), Now, Token);
        await workspace.AddExhibit(reference, Stored(workspace, Evidence("r") with { Kind = ExhibitKind.Response, Received = new LocalDate(2026, 3, 1) }, "answer"u8.ToArray()), "secret", Now, Token);
        var mail = workspace.Vault.Store("From: x\r\n\r\n"u8.ToArray());
        await workspace.Apply(reference, new RecordMail { Sha256 = mail.Sha256, Size = mail.Size, From = "privacy@example.com", Subject = "Re: Zugriff – “Grüße”", SentAt = At(2026, 4, 3), Answers = "L-001" }, Now, Token);
        var json = workspace.Vault.Store("{}"u8.ToArray());
        await workspace.Apply(reference, new RecordComparison { Engine = "1.0", Sha256 = json.Sha256, Size = json.Size, Exhibits = ["E-001", "R-001"], Findings = 4 }, Now, Token);
        var pdf = workspace.Vault.Store("%PDF-1.7"u8.ToArray());
        await workspace.Apply(reference, new RecordReport(pdf.Sha256, pdf.Size, "C-001", "en", true), Now, Token);
        var last = await workspace.Apply(reference, new NoteCase("called them"), Now, Token);
        Assert.Equal([reference], workspace.Cases.WithReport(pdf.Sha256));
        return (reference, last.Case);
    }

    private static List<CaseReference> Found(Workspace workspace, string text) =>
        [.. workspace.Cases.List(new CaseQuery { Search = text }).Select(i => i.Reference)];

    private static bool Contains(string path, string text) => File.ReadAllBytes(path).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
}
