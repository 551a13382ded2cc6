using System.Globalization;
using System.Text;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>Writes typed netstrings from the format's description, with nothing of the reader's code.</summary>
public static class Tnet
{
    public static byte[] Bytes(byte[] payload) => Element(payload, ',');

    public static byte[] Bytes(string latin1) => Element(Encoding.Latin1.GetBytes(latin1), ',');

    public static byte[] Text(string text) => Element(Encoding.UTF8.GetBytes(text), ';');

    public static byte[] Number(long number) => Element(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)), '#');

    public static byte[] Number(double number) => Element(Encoding.ASCII.GetBytes(number.ToString("R", CultureInfo.InvariantCulture)), '^');

    public static byte[] Bool(bool value) => Element(Encoding.ASCII.GetBytes(value ? "true" : "false"), '!');

    public static byte[] Null() => Element([], '~');

    public static byte[] List(params IReadOnlyList<byte[]> elements) => Element(Joined(elements), ']');

    /// <summary>A dictionary; null values are left out. Keys are text since version 1.0, bytes before.</summary>
    public static byte[] Dict(bool textKeys, params IReadOnlyList<(string Key, byte[]? Value)> fields) => Element(
        Joined([.. fields.Where(field => field.Value is not null).SelectMany(field => (byte[][])[textKeys ? Text(field.Key) : Bytes(field.Key), field.Value!])]), '}');

    public static byte[] Element(byte[] payload, char tag)
    {
        var prefix = Encoding.ASCII.GetBytes(payload.Length.ToString(CultureInfo.InvariantCulture) + ":");
        var element = new byte[prefix.Length + payload.Length + 1];
        prefix.CopyTo(element, 0);
        payload.CopyTo(element, prefix.Length);
        element[^1] = (byte)tag;
        return element;
    }

    private static byte[] Joined(IReadOnlyList<byte[]> parts)
    {
        var all = new byte[parts.Sum(part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }
}
