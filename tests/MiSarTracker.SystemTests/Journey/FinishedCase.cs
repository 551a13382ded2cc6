using System.Text.Json;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>A case with evidence, answer, comparison and report, made once; tests damage copies of its workspace.</summary>
public sealed class FinishedCase : IAsyncLifetime
{
    private CaseAtHand? _hand;

    public string Reference => _hand!.Reference;

    public string Report => Path.Combine(_hand!.Misar.WorkingFolder, "report.pdf");

    public string EvidenceSha256 { get; private set; } = "";

    public string ComparisonSha256 { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _hand = await CaseAtHand.OpenAsync();
        JsonElement added = await _hand.JsonAsync("evidence", "add", Reference, CaseAtHand.Sample("captures", "mifit-upload-http1.v17.mitm"));
        EvidenceSha256 = added.GetProperty("files")[0].GetProperty("sha256").GetString()!;
        await _hand.JsonAsync("response", "add", Reference, CaseAtHand.Sample("exports", "3000000001_1714557600000.zip"), "--password-file", _hand.PasswordFile());
        string compared = (await _hand.Misar.RunAsync("compare", Reference, "--json")).Expect(0).Output;
        ComparisonSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(compared)));
        await _hand.JsonAsync("report", Reference, "--output", Report);
    }

    /// <summary>Copies the workspace, with the rights of its files.</summary>
    public void CopyTo(string workspace)
    {
        foreach (string file in Directory.GetFiles(_hand!.Misar.Workspace, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(workspace, Path.GetRelativePath(_hand.Misar.Workspace, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public ValueTask DisposeAsync()
    {
        _hand?.Dispose();
        return ValueTask.CompletedTask;
    }
}
