using System.Security.Cryptography;
using MiSarTracker.Formats.Bodies;

namespace MiSarTracker.Formats.Uploads.Xiaomi;

/// <summary>
/// Opens what Xiaomi's clouds wrap (formats.md §1.16), with keys that the same capture holds in the answer to a login. Keys stay in memory, for
/// one capture.
/// </summary>
internal sealed class XiaomiSession(Limits limits)
{
    private const int Dropped = 1024;
    private const int MostSecrets = 32;

    private readonly List<byte[]> _secrets = [];
    private readonly ContentDecoder _inflater = new(limits);

    /// <summary>True when the capture has shown a key so far.</summary>
    public bool HasSecrets => _secrets.Count > 0;

    /// <param name="ssecurity">The login answer's field of that name: base64.</param>
    public bool Learn(string ssecurity)
    {
        if (Base64Tolerant.Decode(ssecurity.AsSpan().Trim()) is not { Length: >= 8 and <= 64 } secret)
        {
            return false;
        }

        if (_secrets.Count < MostSecrets && !_secrets.Exists(known => known.AsSpan().SequenceEqual(secret)))
        {
            _secrets.Add(secret);
        }

        return true;
    }

    /// <summary>
    /// Opens the request: its fields and parameters but <c>signature</c> and <c>_nonce</c> get their plain values. Returns false, and nothing
    /// is changed, when no key fits.
    /// </summary>
    public bool Open(RequestContent content) =>
        Nonce(content) is { } nonce && content.Field("data") is { } data && Open(data.Span, nonce) is { } plain && Put(content, "data", plain);

    /// <summary>Opens the answer, which becomes JSON.</summary>
    /// <param name="nonce">The request's, see <see cref="Nonce"/>.</param>
    public bool OpenAnswer(RequestContent content, byte[] nonce)
    {
        if (content.Kind == ContentKind.Json)
        {
            return true;
        }

        return Open(content.Bytes.Span, nonce) is { } plain && Put(content, null, plain);
    }

    public static byte[]? Nonce(RequestContent content) =>
        content.Text("_nonce") is { } text && Base64Tolerant.Decode(text.AsSpan().Trim()) is { Length: >= 8 and <= 32 } nonce ? nonce : null;

    private static bool Put(RequestContent content, string? field, byte[] plain)
    {
        content.Replace(field, plain);
        return true;
    }

    /// <summary>The plain JSON, or null when no key gives any.</summary>
    private byte[]? Open(ReadOnlySpan<byte> base64, byte[] nonce)
    {
        foreach (var secret in _secrets)
        {
            if (Base64Tolerant.Decode(base64) is not { Length: > 0 } data)
            {
                return null;
            }

            Rc4.Apply(SHA256.HashData([.. secret, .. nonce]), data, Dropped);
            var plain = ContentDecoder.LooksCompressed(data) && _inflater.Decode(data, "gzip") is { IsDecoded: true } inflated
                ? inflated.Bytes.ToArray()
                : data;
            using var document = IsBracket(plain) ? JsonBytes.Parse(plain, out _) : null;
            if (document is not null)
            {
                return plain;
            }
        }

        return null;
    }

    private static bool IsBracket(ReadOnlySpan<byte> plain) => plain.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[', ..];
}
