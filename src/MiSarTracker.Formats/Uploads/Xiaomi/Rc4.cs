namespace MiSarTracker.Formats.Uploads.Xiaomi;

/// <summary>
/// RC4 with the first bytes of its keystream dropped. The platform has none, for nothing new should use it; Xiaomi's wrapping does.
/// </summary>
internal static class Rc4
{
    /// <summary>Encrypts or decrypts, which is the same, in place.</summary>
    /// <param name="drop">Bytes of the keystream that are thrown away first.</param>
    public static void Apply(ReadOnlySpan<byte> key, Span<byte> data, int drop)
    {
        Span<byte> state = stackalloc byte[256];
        for (var i = 0; i < 256; i++)
        {
            state[i] = (byte)i;
        }

        byte other = 0;
        for (var i = 0; i < 256; i++)
        {
            other += (byte)(state[i] + key[i % key.Length]);
            (state[i], state[other]) = (state[other], state[i]);
        }

        byte one = 0;
        other = 0;
        for (var i = -drop; i < data.Length; i++)
        {
            one++;
            other += state[one];
            (state[one], state[other]) = (state[other], state[one]);
            if (i >= 0)
            {
                data[i] ^= state[(byte)(state[one] + state[other])];
            }
        }
    }
}
