using System.Security.Cryptography;

namespace MiSarTracker.Core.Ports;

/// <summary>
/// A letter whose bytes, Message-ID and envelope are fixed. Made once when the letter is approved, stored, and sent from the
/// store, however often it takes: the same Message-ID and the same bytes each time.
/// </summary>
public sealed class PreparedMail
{
    private readonly byte[] _bytes;

    private PreparedMail(string messageId, string envelopeId, EmailAddress from, EmailAddress to, byte[] bytes, string sha256)
    {
        MessageId = messageId;
        EnvelopeId = envelopeId;
        EnvelopeFrom = from;
        EnvelopeTo = to;
        _bytes = bytes;
        Sha256 = sha256;
    }

    /// <summary>The Message-ID without its angle brackets.</summary>
    public string MessageId { get; }

    /// <summary>The ENVID that a delivery report names (RFC 3461), not yet in xtext: the case reference and the letter's number, "SAR-2026-0001.1".</summary>
    public string EnvelopeId { get; }

    public EmailAddress EnvelopeFrom { get; }

    /// <summary>The one recipient. A letter never has a second one.</summary>
    public EmailAddress EnvelopeTo { get; }

    /// <summary>The message as it goes over the wire, before dot-stuffing: every line ends in CRLF, every byte is below 0x80.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>SHA-256 of <see cref="Bytes"/>, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Fixes a new letter.</summary>
    /// <exception cref="ArgumentException">The bytes are no 7-bit CRLF message, or the identifiers are not printable ASCII: a bug of the composer.</exception>
    public static PreparedMail Fix(string messageId, string envelopeId, EmailAddress from, EmailAddress to, byte[] bytes)
    {
        RequireWireForm(bytes);
        RequireIdentifier(messageId);
        RequireIdentifier(envelopeId);
        return new PreparedMail(messageId, envelopeId, from, to, bytes, Hash(bytes));
    }

    /// <summary>Takes a letter from the store and checks that it is the one that was put there.</summary>
    /// <param name="sha256">The hash that was written down when the letter was fixed.</param>
    /// <exception cref="Corrupt">The bytes are others, or no longer in wire form.</exception>
    public static PreparedMail Reopen(string messageId, string envelopeId, EmailAddress from, EmailAddress to, byte[] bytes, string sha256)
    {
        string now = Hash(bytes);
        if (!string.Equals(now, sha256, StringComparison.OrdinalIgnoreCase))
            throw new Corrupt($"The stored letter {envelopeId} has the SHA-256 {now}, but {sha256} was fixed when it was approved.",
                "Restore the letter from a backup; a changed letter is never sent.");
        return Fix(messageId, envelopeId, from, to, bytes);
    }

    /// <summary>Hashes the bytes again.</summary>
    /// <exception cref="Corrupt">They changed since they were fixed.</exception>
    public void Verify()
    {
        string now = Hash(_bytes);
        if (now != Sha256)
            throw new Corrupt($"The letter {EnvelopeId} changed in memory: its SHA-256 is {now}, fixed was {Sha256}.");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void RequireWireForm(byte[] bytes)
    {
        if (bytes.Length < 4 || bytes[^1] != '\n')
            throw new ArgumentException("A message ends with CRLF.", nameof(bytes));
        ReadOnlySpan<byte> rest = bytes;
        int foreign = Math.Max(rest.IndexOf((byte)0), rest.IndexOfAnyInRange((byte)0x80, (byte)0xff));
        if (foreign >= 0)
            throw new ArgumentException($"Byte {foreign} (0x{bytes[foreign]:X2}) has no place in a 7-bit message.", nameof(bytes));
        for (int end; (end = rest.IndexOfAny((byte)'\r', (byte)'\n')) >= 0; rest = rest[(end + 2)..])
        {
            if (!rest[end..].StartsWith("\r\n"u8))
                throw new ArgumentException("A line of a message ends with CRLF, and nowhere else stands a CR or LF.", nameof(bytes));
        }
    }

    private static void RequireIdentifier(string value)
    {
        if (value.Length is 0 or > 100 || value.Any(c => c is <= ' ' or >= '\u007f' or '<' or '>'))
            throw new ArgumentException("An identifier has 1 to 100 printable ASCII characters without blanks and angle brackets.", nameof(value));
    }
}
