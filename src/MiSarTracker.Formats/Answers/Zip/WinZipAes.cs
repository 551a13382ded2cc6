using System.Security.Cryptography;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>
/// The keys of one entry under WinZip's AES scheme (method 99): PBKDF2-HMAC-SHA1, 1,000 iterations, over the entry's
/// salt gives the encryption key, the key of the MAC and two bytes that tell a wrong password early.
/// Source: WinZip, "AES Encryption Information: Encryption Specification AE-1 and AE-2".
/// </summary>
internal sealed class WinZipAes
{
    public const int VerifierLength = 2;
    public const int MacLength = 10;
    private const int Iterations = 1_000;

    private WinZipAes(byte[] encryptionKey, byte[] macKey, byte[] verifier)
    {
        EncryptionKey = encryptionKey;
        MacKey = macKey;
        Verifier = verifier;
    }

    public byte[] EncryptionKey { get; }

    public byte[] MacKey { get; }

    public byte[] Verifier { get; }

    /// <param name="strength">1 = 128, 2 = 192, 3 = 256 bits.</param>
    public static int KeyLength(int strength) => 8 + (8 * strength);

    public static int SaltLength(int strength) => KeyLength(strength) / 2;

    /// <summary>Bytes of an entry that are not ciphertext: salt, verifier and MAC.</summary>
    public static int Overhead(int strength) => SaltLength(strength) + VerifierLength + MacLength;

    public static WinZipAes Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int strength)
    {
        var key = KeyLength(strength);
        var all = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA1, (2 * key) + VerifierLength);
        return new WinZipAes(all[..key], all[key..(2 * key)], all[(2 * key)..]);
    }

    /// <summary>Whether the MAC behind the ciphertext fits it. Reads all of it.</summary>
    public bool Authenticates(Stream ciphertext, ReadOnlySpan<byte> mac, CancellationToken cancellation)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, MacKey);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = ciphertext.Read(buffer)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            hmac.AppendData(buffer, 0, read);
        }

        return Fits(hmac, mac);
    }

    public static bool Fits(IncrementalHash hmac, ReadOnlySpan<byte> mac)
    {
        Span<byte> computed = stackalloc byte[HMACSHA1.HashSizeInBytes];
        hmac.GetHashAndReset(computed);
        return CryptographicOperations.FixedTimeEquals(computed[..MacLength], mac);
    }
}
