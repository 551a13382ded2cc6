using System.Diagnostics;
using System.Text.Json;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Journey;
using NodaTime;
using Xunit;
using Example = MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Journey;

/// <summary>The calendar file, read back by tests/oracles/ics_reader.py, which knows RFC 5545 and nothing of us.</summary>
public sealed class CaseCalendarTests
{
    private static readonly Instant Changed = Instant.FromUtc(2026, 3, 6, 12, 0);

    [Fact]
    public async Task TheDaysAreAllDayEntriesOnTheRightDateWithAlarms()
    {
        var events = await ReadAsync(CaseCalendar.Write(Example.Waiting(), 7, Changed, 9));
        Assert.Equal(["20260404", "20260407", "20260408"], events.Select(e => e.GetProperty("start").GetString()));
        Assert.Equal(["20260405", "20260408", "20260409"], events.Select(e => e.GetProperty("end").GetString()));
        Assert.All(events, e => Assert.Equal(("DATE", 7, "CONFIRMED"), (e.GetProperty("startType").GetString(), e.GetProperty("sequence").GetInt32(), e.GetProperty("status").GetString())));
        Assert.Equal([-159 * 60, -39 * 60, 9 * 60], events[1].GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetInt32()));
        Assert.Contains("Easter Monday", events[1].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMovedClockMovesTheSameEntries()
    {
        var before = await ReadAsync(CaseCalendar.Write(Example.Waiting(), 7, Changed, 9));
        var notice = Example.Reply(ReplyKind.Extension, new LocalDate(2026, 4, 1)) with { Reasons = "many", ExtendedClock = Example.Clock(extended: true) };
        var extended = RecordResponse.Decide(Example.Waiting(), notice, Example.At(2026, 4, 1)).Case;
        var after = await ReadAsync(CaseCalendar.Write(extended, 8, Changed, 9));
        Assert.Equal(before.Select(e => e.GetProperty("uid").GetString()), after.Select(e => e.GetProperty("uid").GetString()));
        Assert.Equal("20260605", after[1].GetProperty("start").GetString());
        Assert.All(after, e => Assert.Equal(8, e.GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public async Task WhatIsOverIsCancelledAndRingsNoMore()
    {
        var answered = RecordResponse.Decide(Example.Waiting(), Example.Reply(ReplyKind.Answer, new LocalDate(2026, 3, 20)), Example.At(2026, 4, 1)).Case;
        var events = await ReadAsync(CaseCalendar.Write(answered, 9, Changed, 9));
        Assert.All(events, e => Assert.Equal(("CANCELLED", 0), (e.GetProperty("status").GetString(), e.GetProperty("alarms").GetArrayLength())));
    }

    [Fact]
    public async Task AWickedNameStaysInItsLine()
    {
        var wicked = Example.Waiting();
        wicked = wicked with { Controllers = wicked.Controllers.Replace(_ => true, c => c with { Name = "A;B,C\\D\r\nBEGIN:VEVENT\r\nUID:evil " + new string('ü', 90) }) };
        var events = await ReadAsync(CaseCalendar.Write(wicked, 1, Changed, 9));
        Assert.Equal(3, events.Count);
        Assert.Contains("A;B,C\\D", events[0].GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AComplaintHasItsThreeMonths()
    {
        var complained = RecordComplaint.Decide(Example.Waiting(), new RecordComplaint("nl-ap", "Autoriteit Persoonsgegevens", new LocalDate(2026, 4, 30)), Example.At(2026, 5, 1)).Case;
        var events = await ReadAsync(CaseCalendar.Write(complained, 9, Changed, 9));
        Assert.Equal(IsoDate.Text(new LocalDate(2026, 7, 31)).Replace("-", "", StringComparison.Ordinal), events[^1].GetProperty("start").GetString());
    }

    private static async Task<IReadOnlyList<JsonElement>> ReadAsync(string ics)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var reader = Process.Start(new ProcessStartInfo("python3", [Path.Combine(Repository.Root, "tests", "oracles", "ics_reader.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
        })!;
        await reader.StandardInput.WriteAsync(ics.AsMemory(), cancel);
        reader.StandardInput.Close();
        var complaint = reader.StandardError.ReadToEndAsync(cancel);
        var text = await reader.StandardOutput.ReadToEndAsync(cancel);
        await reader.WaitForExitAsync(cancel);
        Assert.True(reader.ExitCode == 0, await complaint);
        return [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
    }
}
