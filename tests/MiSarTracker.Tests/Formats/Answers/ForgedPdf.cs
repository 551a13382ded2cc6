using System.Globalization;
using System.Text;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>Writes small PDFs by hand: a page is its lines, or a picture when it is null.</summary>
internal static class ForgedPdf
{
    public static byte[] Of(params string[]?[] pages) => Of(Encoding.Latin1.GetString, pages);

    private static byte[] Of(Func<byte[], string> latin, string[]?[] pages)
    {
        var kids = string.Join(' ', Enumerable.Range(0, pages.Length).Select(i => string.Create(CultureInfo.InvariantCulture, $"{6 + (2 * i)} 0 R")));
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Kids [{kids}] /Count {pages.Length} >>"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >>\nstream\n" + latin([1, 128, 255, 64]) + "\nendstream",
        };
        foreach (var lines in pages)
        {
            var content = lines is null
                ? "q 500 0 0 700 50 50 cm /Im0 Do Q"
                : "BT /F1 11 Tf 60 780 Td 16 TL " + string.Join(' ', lines.Select(line => $"({line.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)}) Tj T*")) + " ET";
            objects.Add(string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} >>\nstream\n{content}\nendstream"));
            objects.Add(string.Create(CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {objects.Count} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /Im0 4 0 R >> >> >>"));
        }

        return Encoding.Latin1.GetBytes(Assembled(objects));
    }

    private static string Assembled(List<string> objects)
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");

        return file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").ToString();
    }
}
