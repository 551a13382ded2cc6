using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MiSarTracker.Core.Ports;

/// <summary>The two names by which a letter is known outside: its Message-ID and its envelope id.</summary>
public static class LetterIdentity
{
    /// <summary>
    /// The envelope id of a case's letter: "SAR-2026-0001.2" for the second. A delivery report repeats it
    /// (<c>Original-Envelope-ID</c>), which makes it the surest way back to the case.
    /// </summary>
    public static string EnvelopeId(string caseReference, int letterNumber) =>
        string.Create(CultureInfo.InvariantCulture, $"{caseReference}.{letterNumber}");

    /// <summary>Takes an envelope id apart again; false when it is none of ours.</summary>
    public static bool TryParseEnvelopeId(string envelopeId, out string caseReference, out int letterNumber)
    {
        int dot = envelopeId.LastIndexOf('.');
        caseReference = dot > 0 ? envelopeId[..dot] : "";
        letterNumber = 0;
        return dot > 0 && int.TryParse(envelopeId.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out letterNumber) && letterNumber > 0;
    }

    /// <summary>
    /// A Message-ID without angle brackets, with the sender's own domain. It tells nothing about the case, and the same
    /// salt, case and letter give the same one again.
    /// </summary>
    /// <param name="salt">At least 16 random bytes, drawn once for the workspace or the case and kept.</param>
    public static string MessageId(ReadOnlySpan<byte> salt, string caseReference, int letterNumber, EmailAddress sender)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(salt.Length, 16);
        byte[] hash = HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(EnvelopeId(caseReference, letterNumber)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16)) + "@" + sender.Domain;
    }
}
