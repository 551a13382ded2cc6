using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;

namespace MiSarTracker.Web;

/// <summary>A comparison as it stands in the vault, in the contract's JSON; only what the pages show.</summary>
internal sealed record StoredComparison(
    DateTimeOffset ComparedAt,
    StoredClock Clock,
    IReadOnlyList<StoredCategory> Categories,
    IReadOnlyList<StoredFinding> Findings,
    IReadOnlyList<StoredRecipient> Recipients)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The latest comparison of a case; null before the first.</summary>
    /// <exception cref="Corrupt">The vault's file is gone, changed, or no comparison.</exception>
    public static StoredComparison? Latest(Case @case, Vault vault)
    {
        if (@case.Comparisons is not [.., var run])
            return null;
        try
        {
            return JsonSerializer.Deserialize<StoredComparison>(vault.ReadChecked(run.Sha256), Json)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new Corrupt($"The comparison {run.Number} of {@case.Reference} cannot be read: {fault.Message}", $"Make it again: misar compare {@case.Reference}", fault);
        }
    }

    /// <summary>Those that weigh most first; the engine's order within.</summary>
    public IEnumerable<StoredFinding> ByWeight() => Findings.OrderBy(finding => finding.Severity switch
    {
        "high" => 0,
        "medium" => 1,
        "low" => 2,
        _ => 3,
    });
}

internal sealed record StoredClock(string How, double? Agreement, bool Ambiguous);

internal sealed record StoredCategory(
    string Category, string Unit, long Uploaded, long Disclosed, long Matched, long Missing, long Altered, long NotComparable, long DisclosedOnly, string Verdict, string? Reason);

internal sealed record StoredFinding(
    string Id,
    string Kind,
    string? Category,
    string Subject,
    string? From,
    string? To,
    long Count,
    string Severity,
    string Statement,
    IReadOnlyList<StoredInnocent> Innocent,
    IReadOnlyList<StoredExample> Examples,
    IReadOnlyList<StoredUpload> Evidence,
    IReadOnlyList<StoredRow> Response);

internal sealed record StoredInnocent(string Explanation, bool? RuledOut, string Why);

internal sealed record StoredExample(string? At, string? Uploaded, string? Disclosed);

internal sealed record StoredUpload(string Exhibit, long Exchange, string? Path);

internal sealed record StoredRow(string Exhibit, string? Member, long? Line);

internal sealed record StoredRecipient(string Host, long Requests, long Uploads, string? Owner, string? Country, bool? Named);
