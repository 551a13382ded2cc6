using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>
/// Decrypts AES in WinZip's counter mode (a little-endian counter that starts at 1, no nonce), 32 KiB of key stream
/// at a time through the platform's AES. Computes the MAC on the way when asked to.
/// </summary>
internal sealed class AesCounterStream : ForwardStream
{
    private const int Block = 16;
    private const int Batch = 1 << 15;

    private readonly Stream _ciphertext;
    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _counters = new byte[Batch];
    private readonly byte[] _keyStream = new byte[Batch];
    private readonly IncrementalHash? _hmac;
    private ulong _counter = 1;
    private int _used = Batch;

    public AesCounterStream(Stream ciphertext, WinZipAes keys, bool computeMac)
    {
        _ciphertext = ciphertext;
        _aes = Aes.Create();
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _aes.Key = keys.EncryptionKey;
        _encryptor = _aes.CreateEncryptor();
        _hmac = computeMac ? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, keys.MacKey) : null;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _ciphertext.Read(buffer);
        var data = buffer[..read];
        _hmac?.AppendData(data);
        while (data.Length > 0)
        {
            if (_used == Batch)
                NextBatch();

            var count = Math.Min(data.Length, Batch - _used);
            Xor(data[..count], _keyStream.AsSpan(_used, count));
            _used += count;
            data = data[count..];
        }

        return read;
    }

    /// <summary>Whether the MAC fits the whole ciphertext; reads what an inflater left unread.</summary>
    public bool Authenticates(ReadOnlySpan<byte> mac)
    {
        if (_hmac is null)
            throw new InvalidOperationException("This stream was opened without a MAC.");

        var rest = new byte[1 << 14];
        int read;
        while ((read = _ciphertext.Read(rest)) > 0)
            _hmac.AppendData(rest, 0, read);

        return WinZipAes.Fits(_hmac, mac);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _encryptor.Dispose();
            _aes.Dispose();
            _hmac?.Dispose();
            CryptographicOperations.ZeroMemory(_keyStream);
        }

        base.Dispose(disposing);
    }

    private void NextBatch()
    {
        for (var at = 0; at < Batch; at += Block)
            BinaryPrimitives.WriteUInt64LittleEndian(_counters.AsSpan(at), _counter++);

        _encryptor.TransformBlock(_counters, 0, Batch, _keyStream, 0);
        _used = 0;
    }

    private static void Xor(Span<byte> data, ReadOnlySpan<byte> with)
    {
        var wide = MemoryMarshal.Cast<byte, Vector<byte>>(data);
        var wideWith = MemoryMarshal.Cast<byte, Vector<byte>>(with);
        for (var i = 0; i < wide.Length; i++)
            wide[i] ^= wideWith[i];

        for (var i = wide.Length * Vector<byte>.Count; i < data.Length; i++)
            data[i] ^= with[i];
    }
}
