namespace MiSarTracker.Formats.Uploads;

/// <summary>The 64-bit identifier that was made of a Bluetooth address by writing FF FE into its middle.</summary>
internal static class Eui64
{
    /// <summary>
    /// <c>AABBCCFFFEDDEEFF</c> → <c>AA:BB:CC:DD:EE:FF</c>; the universal/local bit stays as it is. Null for any other
    /// form: some devices' ids were not made of an address.
    /// </summary>
    public static string? MacAddress(string id)
    {
        if (id.Length != 16 || !id.All(char.IsAsciiHexDigit) || !id.AsSpan(6, 4).Equals("FFFE", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var hex = string.Concat(id.AsSpan(0, 6), id.AsSpan(10, 6)).ToUpperInvariant();
        return string.Join(':', Enumerable.Range(0, 6).Select(i => hex.Substring(2 * i, 2)));
    }
}
