namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>PKWARE's traditional cipher (APPNOTE.TXT 6.1): three keys of 32 bits, stirred by every plain byte. Weak, still in use.</summary>
internal struct ZipCrypto
{
    public const int HeaderLength = 12;

    private uint _key0 = 0x12345678;
    private uint _key1 = 0x23456789;
    private uint _key2 = 0x34567890;

    public ZipCrypto(ReadOnlySpan<byte> password)
    {
        foreach (var value in password)
            Stir(value);
    }

    public void Decrypt(Span<byte> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            var mixed = (_key2 | 2) & 0xffff;
            var plain = (byte)(data[i] ^ ((mixed * (mixed ^ 1)) >> 8));
            Stir(plain);
            data[i] = plain;
        }
    }

    private void Stir(byte plain)
    {
        _key0 = Crc32.Step(_key0, plain);
        _key1 = ((_key1 + (byte)_key0) * 134775813) + 1;
        _key2 = Crc32.Step(_key2, (byte)(_key1 >> 24));
    }
}

/// <summary>Decrypts what stands behind the 12 bytes of a ZipCrypto header.</summary>
internal sealed class ZipCryptoStream(Stream ciphertext, ZipCrypto keys) : ForwardStream
{
    private ZipCrypto _keys = keys;

    public override int Read(Span<byte> buffer)
    {
        var read = ciphertext.Read(buffer);
        _keys.Decrypt(buffer[..read]);
        return read;
    }
}
