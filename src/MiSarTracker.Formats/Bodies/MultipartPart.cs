using System.Text;
using MiSarTracker.Formats.Captures;

namespace MiSarTracker.Formats.Bodies;

/// <summary>One part of a multipart content.</summary>
/// <param name="Name">The field's name; empty when the part has none.</param>
/// <param name="FileName">The file's name as the client wrote it, or null: data, never a path to write to.</param>
/// <param name="Headers">The part's own headers.</param>
/// <param name="Content">The bytes between the headers and the next boundary, a slice of the body.</param>
public sealed record MultipartPart(string Name, string? FileName, IReadOnlyList<HttpHeader> Headers, ReadOnlyMemory<byte> Content)
{
    private const int MostHeaders = 64;

    internal static MultipartPart From(ReadOnlyMemory<byte> part)
    {
        var headers = new List<HttpHeader>();
        var rest = part;
        while (!rest.IsEmpty && headers.Count < MostHeaders)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = (end < 0 ? rest : rest[..end]).Span.TrimEnd((byte)'\r');
            var colon = line.IndexOf((byte)':');
            if (!line.IsEmpty && colon < 0)
                break;
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.IsEmpty)
                break;
            headers.Add(new HttpHeader(Encoding.UTF8.GetString(line[..colon]).Trim(), Encoding.UTF8.GetString(line[(colon + 1)..]).Trim()));
        }

        var disposition = headers.Find(header => header.Name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase)).Value ?? "";
        return new MultipartPart(
            HeaderParameters.Find(disposition, "name") ?? "", HeaderParameters.Find(disposition, "filename"), headers, rest);
    }
}
