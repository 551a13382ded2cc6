using MiSarTracker.SystemTests.Fixtures;
using MiSarTracker.Tests.Pdf;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>One byte is changed behind the program's back; <c>verify</c> says so and names what.</summary>
public sealed class TamperingTests(FinishedCase finished) : IClassFixture<FinishedCase>, IDisposable
{
    private readonly MisarProcess _misar = new();

    public void Dispose() => _misar.Dispose();

    [Fact]
    public async Task AnUntouchedCopyVerifies()
    {
        finished.CopyTo(_misar.Workspace);
        (await _misar.RunAsync("verify", finished.Reference)).Expect(0);
        (await _misar.RunAsync("verify")).Expect(0);
        (await _misar.RunAsync("verify", finished.Report)).Expect(0);
    }

    [Fact]
    public Task AChangedExhibitIsNamed() => DamagedAsync(() => Flip(VaultFile(finished.EvidenceSha256)), "E-001", "mifit-upload-http1.v17.mitm");

    [Fact]
    public Task AChangedComparisonIsNamed() => DamagedAsync(() => Flip(VaultFile(finished.ComparisonSha256)), "comparison C-001");

    [Fact]
    public Task AnExhibitThatIsGoneIsNamed() => DamagedAsync(() => File.Delete(VaultFile(finished.EvidenceSha256)), "E-001");

    [Theory]
    [InlineData("""UPDATE "Ledger" SET "Kind"='evidence-addee' WHERE "Sequence"=3""", "Ledger entry 3")]
    [InlineData("""UPDATE "Ledger" SET "At"="At"+1 WHERE "Sequence"=2""", "Ledger entry 2")]
    [InlineData("""DELETE FROM "Ledger" WHERE "Sequence"=3""", "Ledger entry")]
    [InlineData("""UPDATE "LedgerPayloads" SET "Payload"=CAST(replace(CAST("Payload" AS TEXT),'NL','DE') AS BLOB) WHERE "Sequence"=2""", "Ledger entry 2")]
    [InlineData("""UPDATE "Cases" SET "PersonCountry"='DE'""", "SAR-")]
    [InlineData("""UPDATE "Cases" SET "FindingCount"=0""", "SAR-")]
    [InlineData("""UPDATE "Exhibits" SET "Size"="Size"+1 WHERE "Ordinal"=0""", "SAR-")]
    [InlineData("""UPDATE "Comparisons" SET "Findings"=1 WHERE "Ordinal"=0""", "SAR-")]
    public Task AChangedRowIsNamed(string sql, string named) =>
        DamagedAsync(() => Tool.Run("sqlite3", "sqlite3", Path.Combine(_misar.Workspace, "misar.db"), "PRAGMA foreign_keys=OFF;" + sql + ";"), named);

    [Fact]
    public async Task AReportThatWasChangedIsNoLongerOurs()
    {
        finished.CopyTo(_misar.Workspace);
        string copy = Path.Combine(_misar.WorkingFolder, "report.pdf");
        File.Copy(finished.Report, copy);
        Flip(copy);
        var result = (await _misar.RunAsync("verify", copy)).Expect(5);
        Assert.Contains(copy, result.Errors, StringComparison.Ordinal);
    }

    private async Task DamagedAsync(Action damage, params string[] named)
    {
        finished.CopyTo(_misar.Workspace);
        damage();
        var result = (await _misar.RunAsync("verify", "--json")).Expect(5);
        Assert.False(result.Json.GetProperty("intact").GetBoolean());
        string faults = string.Join('\n', result.Json.GetProperty("faults").EnumerateArray());
        foreach (string name in named)
            Assert.Contains(name, faults, StringComparison.Ordinal);
        (await _misar.RunAsync("verify", finished.Reference)).Expect(5);
    }

    private string VaultFile(string sha256) => Path.Combine(_misar.Workspace, "vault", "sha256", sha256[..2], sha256[2..]);

    private static void Flip(string file)
    {
        new FileInfo(file).IsReadOnly = false;
        using FileStream stream = File.Open(file, FileMode.Open);
        stream.Position = stream.Length / 2;
        int old = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(old ^ 1));
    }
}
