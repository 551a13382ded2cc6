using System.Buffers;
using System.Text;
using MiSarTracker.Formats.Bodies;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>Writes a form again from the fields that a tool kept of it.</summary>
internal static class HarForm
{
    private const string OwnBoundary = "----fields-of-the-capture";

    /// <summary>What stands in a coded form for itself, and the signs of the code.</summary>
    private static readonly SearchValues<char> Sent = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*!'()%+");

    public static byte[] Write(IReadOnlyList<HttpHeader> fields, string mimeType)
    {
        var text = new StringBuilder();
        if (mimeType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var boundary = HeaderParameters.Find(mimeType, "boundary") ?? OwnBoundary;
            foreach (var field in fields)
                text.Append($"--{boundary}\r\nContent-Disposition: form-data; name=\"{Quoted(field.Name)}\"\r\n\r\n{field.Value}\r\n");
            text.Append($"--{boundary}--\r\n");
        }
        else
        {
            var isCoded = AreStillCoded(fields);
            foreach (var field in fields)
                text.Append(text.Length == 0 ? "" : "&").Append(isCoded ? field.Name : Coded(field.Name)).Append('=').Append(isCoded ? field.Value : Coded(field.Value));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>
    /// Some tools decode the fields of a form and some leave them as they were sent: then nothing in them needs coding, and something is coded.
    /// </summary>
    private static bool AreStillCoded(IReadOnlyList<HttpHeader> fields) =>
        fields.Any(field => HasCode(field.Value)) && fields.All(field => !field.Name.AsSpan().ContainsAnyExcept(Sent) && !field.Value.AsSpan().ContainsAnyExcept(Sent));

    private static bool HasCode(string value)
    {
        for (var at = value.IndexOf('%', StringComparison.Ordinal); at >= 0 && at + 2 < value.Length; at = value.IndexOf('%', at + 1))
        {
            if (char.IsAsciiHexDigit(value[at + 1]) && char.IsAsciiHexDigit(value[at + 2]))
                return true;
        }

        return false;
    }

    private static string Coded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Quoted(string name) => name
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
