using System.Text.Json.Nodes;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ledger;
using MiSarTracker.Storage.Model;

namespace MiSarTracker.Storage;

/// <summary>Whether what is stored is what was recorded.</summary>
/// <param name="Ledger">The chain, replayed from its beginning.</param>
/// <param name="Vault">The files of the case, or of all cases, hashed again.</param>
/// <param name="Cases">Cases whose stored rows are not what the ledger's last entry about them says, and mails that differ from the outbox's.</param>
public sealed record WorkspaceVerdict(LedgerVerdict Ledger, VaultVerdict Vault, IReadOnlyList<string> Cases)
{
    public bool IsIntact => Ledger.IsIntact && Vault.IsIntact && Cases.Count == 0;
}

/// <summary>Replays, re-hashes and compares; changes nothing.</summary>
internal static class Verification
{
    public static WorkspaceVerdict Run(Database database, Vault vault, CaseReference? reference, Checkpoint? checkpoint, CancellationToken cancellationToken)
    {
        var (records, rows, outbox, inbox) = database.ReadPlainly((connection, transaction) => (
            Ledger.Records(connection, transaction, null),
            reference is { } only
                ? [CaseLoading.Find(connection, transaction, only) ?? throw CaseStore.NoSuchCase(only)]
                : CaseLoading.All(connection, transaction),
            Rows.Read<OutboxRow>(connection, transaction, "Outbox", "ORDER BY \"Id\""),
            reference is null ? [.. Inbox.FilesOf(connection, transaction)] : (string[])[]));
        var cases = rows.ToDictionary(r => r.Id, CaseReading.ToCase);
        var files = vault.Verify(cases.Values.SelectMany(CaseFiles.Of).Concat(inbox).ToHashSet(), cancellationToken);
        if (reference is not null)
            files = files with { Faults = [.. files.Faults.Where(f => f.Kind != VaultFaultKind.Extra)] };
        return new WorkspaceVerdict(LedgerVerifier.Verify(records, checkpoint), files,
        [
            .. FaultsOf(cases.Values, records, vault),
            .. rows.SelectMany(ColumnFaults),
            .. reference is null ? Unrecorded(records, cases.Values) : [],
            .. OutboxFaults(cases, outbox),
        ]);
    }

    private static IEnumerable<string> FaultsOf(IEnumerable<Case> cases, List<LedgerRecord> records, Vault vault)
    {
        var images = new Dictionary<string, (LedgerEntry Entry, string Image)>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (record.Entry.Case.Length > 0 && ImageOf(record) is { } image)
                images[record.Entry.Case] = (record.Entry, image);
        }

        foreach (var @case in cases)
        {
            var name = @case.Reference.ToString();
            if (!images.TryGetValue(name, out var last))
                yield return $"{name}: the ledger knows nothing of this case.";
            else if (last.Image != CaseImage.Digest(@case))
                yield return $"{name}: the stored case is not what entry {last.Entry.Sequence} ({last.Entry.Kind}) recorded; it was changed past the ledger.";

            foreach (var exhibit in @case.Exhibits.Where(e => vault.Contains(e.Sha256) && new FileInfo(vault.PathOf(e.Sha256)).Length != e.Size))
                yield return $"{name}: {exhibit.Number} has another size than was recorded.";
        }
    }

    // What lists show and search is derived from the case; a list must not lie where the case's page tells the truth.
    private static IEnumerable<string> ColumnFaults(CaseRow row)
    {
        var right = new CaseRow();
        CaseWriting.Write(CaseReading.ToCase(row), right);
        if ((row.State, row.NextDue, row.NextDueByLaw, row.NextController, row.SearchText) != (right.State, right.NextDue, right.NextDueByLaw, right.NextController, right.SearchText)
            || (row.LetterCount, row.EvidenceCount, row.ResponseCount, row.FindingCount) != (right.LetterCount, right.EvidenceCount, right.ResponseCount, right.FindingCount))
            yield return $"{CaseReading.ReferenceOf(row)}: what lists show of the case is not what the case says.";
    }

    // A case whose rows are gone while the ledger tells of it.
    private static IEnumerable<string> Unrecorded(List<LedgerRecord> records, IEnumerable<Case> cases) => records
        .Select(r => r.Entry.Case).Where(name => name.Length > 0).Distinct()
        .Except(cases.Select(c => c.Reference.ToString()))
        .Select(name => $"{name}: the ledger tells of this case, and it is gone.");

    // The outbox decides what goes out to whom: its rows must say what the case says.
    private static IEnumerable<string> OutboxFaults(Dictionary<long, Case> cases, List<OutboxRow> outbox)
    {
        foreach (var row in outbox)
        {
            if (!cases.TryGetValue(row.CaseId, out var @case))
                continue;
            var letter = @case.Letters.FirstOrDefault(l => l.Number == row.Item);
            var reminder = @case.Reminders.FirstOrDefault(r => r.Number == row.Item);
            var mail = letter?.Mail ?? reminder?.Mail;
            if (mail is null || (mail.To, mail.MessageId, mail.EnvelopeId, mail.Sha256, mail.Size) != (row.To, row.MessageId, row.EnvelopeId, row.Sha256, row.Size))
                yield return $"{@case.Reference}: the outbox's {row.Item} is not the mail that was approved.";
            else if ((letter?.State ?? reminder?.MailState) != StateOf(row.State))
                yield return $"{@case.Reference}: the outbox and the case disagree about what became of {row.Item}.";
        }
    }

    private static SendState? StateOf(OutboxState state) => state switch
    {
        OutboxState.Planned or OutboxState.Claimed => SendState.Planned,
        OutboxState.Handed => SendState.Handed,
        OutboxState.Accepted => SendState.Accepted,
        OutboxState.Refused => SendState.Refused,
        OutboxState.Unknown => SendState.Unknown,
        _ => null,
    };

    private static string? ImageOf(LedgerRecord record)
    {
        try
        {
            return record.Payload is null ? null : Parse(record.Payload)?[CaseStore.ImageMember]?.ToString();
        }
        catch (InvalidOperationException)
        {
            // Text whose bytes are no UTF-8 any more is noticed only when it is asked for.
            return null;
        }
    }

    // A payload that is no JSON any more is for the chain's check to name.
    private static JsonObject? Parse(byte[] payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
