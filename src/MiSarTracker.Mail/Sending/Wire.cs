using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MiSarTracker.Mail.Sending;

/// <summary>How a message and an envelope id look on the wire.</summary>
internal static class Wire
{
    /// <summary>
    /// The message after DATA (RFC 5321, 4.5.2): a line that begins with a dot gets a second one. The final dot is not included.
    /// </summary>
    public static byte[] DotStuffed(ReadOnlySpan<byte> message)
    {
        var stuffed = new MemoryStream(message.Length + 64);
        if (message.StartsWith("."u8))
            stuffed.WriteByte((byte)'.');
        for (int dot; (dot = message.IndexOf("\n."u8) + 1) > 0; message = message[dot..])
        {
            stuffed.Write(message[..dot]);
            stuffed.WriteByte((byte)'.');
        }
        stuffed.Write(message);
        return stuffed.ToArray();
    }

    /// <summary>xtext (RFC 3461, 4): everything but printable ASCII, and "+" and "=", becomes "+" and two hexadecimal digits.</summary>
    public static string XText(string text)
    {
        var xtext = new StringBuilder(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 33 and <= 126 and not (byte)'+' and not (byte)'=')
                xtext.Append((char)b);
            else
                xtext.Append(CultureInfo.InvariantCulture, $"+{b:X2}");
        }
        return xtext.ToString();
    }

    /// <summary>SHA-256 of what DATA sends, the final dot included.</summary>
    public static byte[] HashOfData(ReadOnlySpan<byte> stuffed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(stuffed);
        hash.AppendData(".\r\n"u8);
        return hash.GetHashAndReset();
    }
}
