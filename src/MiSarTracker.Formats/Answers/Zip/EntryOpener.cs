using System.IO.Compression;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>How well a password fits an entry.</summary>
internal enum PasswordFit
{
    /// <summary>None of the passwords fits.</summary>
    None,

    /// <summary>One passes the quick test (two bytes of AES, one of ZipCrypto), but the data fails its check: damage, or bad luck.</summary>
    Doubtful,

    /// <summary>One fits, and the data passes its check.</summary>
    Proven,
}

/// <summary>Turns an entry's packed bytes into its content: decrypts, inflates, and sets up the checks.</summary>
internal sealed class EntryOpener(Stream archive, ZipPasswords passwords, AnswerReading reading)
{
    /// <summary>Content up to this length is unpacked once more to tell a right ZipCrypto password from a lucky one.</summary>
    private const long LongestTrial = 64L << 20;

    /// <summary>Why an entry cannot be unpacked whatever the password, or null.</summary>
    public static string? Objection(ZipEntry entry)
    {
        if (entry.Method == 99 && (entry.Aes is null || !entry.IsEncrypted))
            return "the entry says that it is AES-encrypted and does not say how";
        if ((entry.Flags & 0x2040) != 0)
            return "the entry uses PKWARE's strong encryption, which is not supported";
        if (entry.Packing is not (0 or 8))
            return $"the entry is packed with method {entry.Packing}, which is not supported (stored and deflate are); unpack it with 7-Zip and add the files";

        var overhead = entry.Aes is { } aes ? WinZipAes.Overhead(aes.Strength) : entry.IsEncrypted ? ZipCrypto.HeaderLength : 0;
        if (entry.PackedSize < overhead)
            return "the entry is too short for its encryption";
        return entry.Packing == 0 && entry.Size != entry.PackedSize - overhead && entry.Size != long.MaxValue
            ? $"the entry is stored unpacked, but its two sizes disagree ({entry.Size} and {entry.PackedSize - overhead} bytes); the entry was not read"
            : null;
    }

    /// <summary>How well the passwords fit; reads the entry when it is small enough to be checked first.</summary>
    public PasswordFit Fit(EntryPlace place)
    {
        var best = PasswordFit.None;
        foreach (var form in passwords.Forms.ToArray())
        {
            var fit = Fit(place, form);
            if (fit == PasswordFit.Proven)
                passwords.Prefer(form);

            best = fit > best ? fit : best;
            if (best == PasswordFit.Proven)
                break;
        }

        return best;
    }

    /// <summary>The content, or null with the reason. A null reason means: no password fits.</summary>
    public MemberStream? Open(EntryPlace place, out string? reason)
    {
        reason = null;
        if (!place.Entry.IsEncrypted)
            return Unpack(place.Entry, Window(place, 0, 0), null, Window(place, 0, 0));

        return place.Entry.Aes is null ? OpenZipCrypto(place) : OpenAes(place, out reason);
    }

    private MemberStream? OpenAes(EntryPlace place, out string? reason)
    {
        reason = null;
        foreach (var form in passwords.Forms.ToArray())
        {
            if (Keys(place, form) is not { } keys)
                continue;

            var checkedFirst = place.Entry.PackedSize < reading.Limits.AuthenticateFirstBytes;
            if (checkedFirst && !Authentic(place, keys))
            {
                reason = "the data fails its authentication (MAC): it was changed or damaged, or, once in 65,536 cases, the password is wrong; nothing of it was read";
                continue;
            }

            passwords.Prefer(form);
            reading.Opened(passwords.Written(form));
            reason = null;
            var plain = new AesCounterStream(Ciphertext(place), keys, computeMac: !checkedFirst);
            return Unpack(place.Entry, plain, checkedFirst ? null : () => LateMac(place, plain), null);
        }

        return null;
    }

    private string? LateMac(EntryPlace place, AesCounterStream plain) =>
        plain.Authenticates(Mac(place)) ? null : "the data fails its authentication (MAC): it was changed or damaged";

    private MemberStream? OpenZipCrypto(EntryPlace place)
    {
        var fitting = passwords.Forms.Where(form => Unlock(place, form) is not null).ToArray();
        if (fitting.Length == 0)
            return null;

        // One byte lets every 256th wrong password through; where several pass, the data decides.
        var chosen = fitting.Length == 1
            ? fitting[0]
            : fitting.FirstOrDefault(form => Fit(place, form) == PasswordFit.Proven) ?? fitting[0];
        reading.Opened(passwords.Written(chosen));
        return Unpack(place.Entry, Unlock(place, chosen)!, null, null);
    }

    private PasswordFit Fit(EntryPlace place, byte[] form)
    {
        if (place.Entry.Aes is not null)
        {
            if (Keys(place, form) is not { } keys)
                return PasswordFit.None;

            return place.Entry.PackedSize < reading.Limits.AuthenticateFirstBytes && !Authentic(place, keys) ? PasswordFit.Doubtful : PasswordFit.Proven;
        }

        if (Unlock(place, form) is not { } plain)
            return PasswordFit.None;

        return place.Entry.Size <= LongestTrial && !IsIntact(place.Entry, plain) ? PasswordFit.Doubtful : PasswordFit.Proven;
    }

    /// <summary>The keys, when the password passes the two bytes of the verifier.</summary>
    private WinZipAes? Keys(EntryPlace place, byte[] password)
    {
        reading.Cancellation.ThrowIfCancellationRequested();
        var strength = place.Entry.Aes!.Strength;
        Span<byte> head = stackalloc byte[WinZipAes.SaltLength(strength) + WinZipAes.VerifierLength];
        if (!ZipHeaders.TryReadAt(archive, place.Data, head))
            return null;

        var keys = WinZipAes.Derive(password, head[..^WinZipAes.VerifierLength], strength);
        return head[^WinZipAes.VerifierLength..].SequenceEqual(keys.Verifier) ? keys : null;
    }

    private bool Authentic(EntryPlace place, WinZipAes keys) => keys.Authenticates(Ciphertext(place), Mac(place), reading.Cancellation);

    private WindowStream Ciphertext(EntryPlace place) =>
        Window(place, WinZipAes.SaltLength(place.Entry.Aes!.Strength) + WinZipAes.VerifierLength, WinZipAes.MacLength);

    private byte[] Mac(EntryPlace place)
    {
        var mac = new byte[WinZipAes.MacLength];
        ZipHeaders.TryReadAt(archive, place.Data + place.Entry.PackedSize - mac.Length, mac);
        return mac;
    }

    /// <summary>The decrypted bytes, when the password passes the one byte of the check.</summary>
    private ZipCryptoStream? Unlock(EntryPlace place, byte[] password)
    {
        Span<byte> header = stackalloc byte[ZipCrypto.HeaderLength];
        if (!ZipHeaders.TryReadAt(archive, place.Data, header))
            return null;

        var keys = new ZipCrypto(password);
        keys.Decrypt(header);
        var entry = place.Entry;
        var check = header[^1];
        var fits = check == (byte)(entry.Crc >> 24) || (entry.HasDescriptor && check == (byte)(entry.DosTime >> 8));
        return fits ? new ZipCryptoStream(Window(place, ZipCrypto.HeaderLength, 0), keys) : null;
    }

    private bool IsIntact(ZipEntry entry, Stream plain)
    {
        using var trial = new TrialRun(entry.Packing == 0 ? plain : new DeflateStream(plain, CompressionMode.Decompress));
        return trial.Passes(entry.Size, entry.Crc, reading.Cancellation);
    }

    private MemberStream Unpack(ZipEntry entry, Stream packed, Func<string?>? atEnd, Stream? unencrypted)
    {
        var promise = new MemberPromise
        {
            Length = entry.Size == long.MaxValue ? null : entry.Size,
            Crc = entry.Size == long.MaxValue ? null : entry.ExpectedCrc,
            PackedLength = entry.PackedSize,
            AtEnd = atEnd,
            Seekable = entry.Packing == 0 ? unencrypted : null,
        };
        return new MemberStream(entry.Packing == 0 ? packed : Inflated(packed, entry.Size), reading, promise);
    }

    /// <summary>A large entry is decrypted and inflated on a second thread, while this one reads what is ready.</summary>
    private static Stream Inflated(Stream packed, long size)
    {
        var inflated = new DeflateStream(packed, CompressionMode.Decompress);
        return size >= ReadAheadStream.WorthIt && Environment.ProcessorCount > 1 ? new ReadAheadStream(inflated) : inflated;
    }

    private WindowStream Window(EntryPlace place, int before, int after) =>
        new(archive, place.Data + before, place.Entry.PackedSize - before - after);
}
