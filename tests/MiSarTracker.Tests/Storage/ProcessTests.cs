using System.Diagnostics;
using System.Globalization;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Storage;

/// <summary>
/// Real processes on one workspace: this test program started again for one of the explicit tests below, which write down
/// outside the workspace what was confirmed to them.
/// </summary>
public sealed class ProcessTests : TempFolder
{
    private const string Workspace = "MISAR_TEST_WORKSPACE";
    private const string Log = "MISAR_TEST_LOG";

    [Fact]
    public async Task TwoProcessesFireEachReminderAndClaimEachMailOnce()
    {
        const int count = 16;
        using (var workspace = await Init())
        {
            var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
            await workspace.Apply(reference, new PlanReminders(Xiaomi, Enumerable.Range(0, count).Select(i => new PlannedReminder("kind-" + i, Now)).ToValueList()), Now, Token);
        }

        using var one = Child(nameof(ChildThatFiresAndClaims), "one");
        using var two = Child(nameof(ChildThatFiresAndClaims), "two");
        await one.WaitForExitAsync(Token);
        await two.WaitForExitAsync(Token);
        Assert.Equal((0, 0), (one.ExitCode, two.ExitCode));

        string[] confirmed = [.. Confirmed("one"), .. Confirmed("two")];
        Assert.Equal(count, confirmed.Count(line => line.StartsWith("fired ", StringComparison.Ordinal)));
        Assert.Equal(count, confirmed.Count(line => line.StartsWith("sent ", StringComparison.Ordinal)));
        Assert.Equal(confirmed.Length, confirmed.Distinct().Count());
        using var after = await Open();
        Assert.All(await after.Outbox.List(true, Token), item => Assert.Equal(OutboxState.Accepted, item.State));
        Assert.True((after.Verify(cancellationToken: Token)).IsIntact);
    }

    [Fact]
    public async Task WhatWasConfirmedSurvivesAKillAndTheLockIsFree()
    {
        CaseReference reference;
        using (var workspace = await Init())
            reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 3; round++)
        {
            using var child = Child(nameof(ChildThatWorksUntilItIsKilled), $"round{round}");
            while (Confirmed($"round{round}").Length < 3 && !child.HasExited)
                await Task.Delay(10, Token);
            await Task.Delay(random.Next(120), Token);
            Assert.False(child.HasExited);
            child.Kill();
            await child.WaitForExitAsync(Token);
        }

        using var after = await Open();
        var notes = (after.Ledger.History(reference)).Where(h => h.Kind == "note").Select(h => h.What!).ToList();
        var confirmed = Enumerable.Range(0, 3).SelectMany(round => Confirmed($"round{round}")).ToList();
        Assert.Empty(confirmed.Except(notes));
        Assert.InRange(notes.Count - confirmed.Count, 0, 3);
        var verdict = after.Verify(cancellationToken: Token);
        Assert.True(verdict.IsIntact);
        Assert.Empty(Directory.GetFiles(Path.Combine(Root, "vault", "incoming")));
        after.LockForService().Dispose();
    }

    [Fact(Explicit = true)]
    public async Task ChildThatFiresAndClaims()
    {
        using var workspace = await MiSarTracker.Storage.Workspace.Open(Given(Workspace), MiSarTracker.Storage.Workspace.Service, cancellationToken: Token);
        var mail = Stored(workspace, MailOf("n"));
        foreach (var reminder in await workspace.Reminders.Pending(cancellationToken: Token))
        {
            if ((await workspace.Reminders.Fire(reminder.Id, mail, Now, Token)).Result == FireResult.Fired)
                Confirm($"fired {reminder.Id.ToString(CultureInfo.InvariantCulture)}");
        }

        while (await workspace.Outbox.Claim("child", Duration.FromMinutes(5), Now, cancellationToken: Token) is { } claim)
        {
            if (!await workspace.Outbox.Hand(claim, Duration.FromMinutes(5), Now, Token))
                continue;
            await workspace.Outbox.Finish(claim, SendState.Accepted, "250", Now, Token);
            Confirm($"sent {claim.Item}");
        }
    }

    [Fact(Explicit = true)]
    public async Task ChildThatWorksUntilItIsKilled()
    {
        using var workspace = await MiSarTracker.Storage.Workspace.Open(Given(Workspace), MiSarTracker.Storage.Workspace.Service, cancellationToken: Token);
        using var held = workspace.LockForService();
        while (true)
        {
            var note = Guid.NewGuid().ToString();
            using var tap = workspace.Vault.Tap(new MemoryStream(new byte[100_000]));
            await workspace.Apply(new CaseReference(2026, 1), new NoteCase(note), Now, Token);
            Confirm(note);
        }
    }

    private Process Child(string test, string log)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "MiSarTracker.Tests"),
            ["-noLogo", "-explicit", "only", "-method", $"{typeof(ProcessTests).FullName}.{test}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Workspace] = Root;
        start.Environment[Log] = Path.Combine(Folder, log);
        var child = Process.Start(start)!;
        child.OutputDataReceived += (_, _) => { };
        child.ErrorDataReceived += (_, _) => { };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        return child;
    }

    private string[] Confirmed(string log)
    {
        var path = Path.Combine(Folder, log);
        if (!File.Exists(path))
            return [];
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Confirm(string line)
    {
        using var log = new StreamWriter(new FileStream(Given(Log), FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
        log.Write(line + "\n");
    }

    private static string Given(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: this is a part of another test.");
}
