using System.Diagnostics;
using MiSarTracker.Core.Deadlines;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

/// <summary>Compares every deadline of forty years with tests/oracles/deadline_oracle.py, which knows nothing of our code and tables.</summary>
public sealed class OracleTests
{
    private const string First = "2020-01-01";
    private const string Last = "2059-08-31"; // three months later is the table's last full year

    private static readonly string[] Cantons = [.. Tables.Shipped.For("CH").Table.Regions.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public async Task EveryDeadlineOfFortyYearsIsTheOneOfTheIndependentOracle()
    {
        var cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("python3", [Path.Combine(Repository.Root, "tests", "oracles", "deadline_oracle.py"), First, Last])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var oracle = Process.Start(start)!;
        var complaint = oracle.StandardError.ReadToEndAsync(cancel);
        var days = Period.DaysBetween(Tables.Date(First), Tables.Date(Last));
        var dates = Enumerable.Range(0, days + 200).Select(Tables.Date(First).PlusDays).ToDictionary(IsoDate.Text);
        var (compared, countries, mismatches) = (0, new HashSet<string>(), new List<string>());
        while (await oracle.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            var field = line.Split(',');
            var deadline = field[2] == "30d"
                ? Deadline.For(dates[field[1]], Tables.Shipped.For(field[0]))
                : Deadline.For(dates[field[1]], Tables.Shipped.For(field[0]), extended: field[2] == "3");
            if (deadline.Nominal != dates[field[3]] || deadline.Due != dates[field[4]])
                mismatches.Add($"{line}, but {IsoDate.Text(deadline.Nominal)} and {IsoDate.Text(deadline.Due)} here");
            compared++;
            countries.Add(field[0]);
        }

        await oracle.WaitForExitAsync(cancel);
        Assert.True(oracle.ExitCode == 0, await complaint);
        Assert.True(mismatches.Count == 0, $"{mismatches.Count} of {compared} differ: {string.Join("; ", mismatches.Take(10))}");
        Assert.Equal(Tables.Shipped.All.Select(table => table.Country), countries.Where(code => code.Length == 2).Order());
        Assert.Equal(Cantons, countries.Where(code => code.StartsWith("CH-", StringComparison.Ordinal)).Order());
        TestContext.Current.SendDiagnosticMessage($"{compared} deadlines compared, 0 mismatches");
        var swiss = countries.Count(code => code.StartsWith("CH", StringComparison.Ordinal));
        Assert.True(compared == ((2 * (countries.Count - swiss)) + swiss) * (days + 1), $"only {compared} lines");
    }
}
