using System.Security.Cryptography;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;

namespace MiSarTracker.Journey;

/// <summary>
/// The key under which a case commits to secrets that could be guessed from a plain hash: passwords, mail addresses. It is made of the random salt
/// of the case's first entry in the ledger, so it is the same on every run and in an imported bundle, stands in no report, and is gone when the case
/// is erased.
/// </summary>
public static class SecretKey
{
    public static byte[] Of(Workspace workspace, CaseReference reference) =>
        workspace.Ledger.Records(reference).Select(record => record.Salt).FirstOrDefault(salt => salt is not null) is { } salt
            ? HMACSHA256.HashData(salt, "misar: commitments to guessable secrets"u8)
            : RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
}
