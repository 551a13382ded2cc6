using System.Text;
using MiSarTracker.Formats.Bodies;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>Writes a form again from the fields that a tool kept of it.</summary>
internal static class HarForm
{
    private const string OwnBoundary = "----fields-of-the-capture";

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
            foreach (var field in fields)
                text.Append(text.Length == 0 ? "" : "&").Append(Coded(field.Name)).Append('=').Append(Coded(field.Value));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Coded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Quoted(string name) => name
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
