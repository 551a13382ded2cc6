using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MiSarTracker.Pdf;
using MiSarTracker.Pdf.Model;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

/// <summary>A document written to a file, looked at through other people's programs.</summary>
internal sealed partial class WrittenPdf : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pdf-test-");

    public WrittenPdf(Document document)
    {
        Bytes = BytesOf(document);
        File.WriteAllBytes(Path, Bytes);
        // qpdf ends with an error, and thereby the test, when it has anything to complain about.
        Assert.Contains("No syntax or stream encoding errors", Tool.Qpdf("--check", Path), StringComparison.Ordinal);
    }

    public WrittenPdf(Flow flow)
        : this(DocumentOf(flow))
    {
    }

    public byte[] Bytes { get; }

    public string Path => System.IO.Path.Combine(_folder.FullName, "test.pdf");

    public string Folder => _folder.FullName;

    public static DocumentMeta Meta { get; } = new("A test", "en", new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public static Document DocumentOf(Flow flow) => new(Meta, flow.Build());

    public static byte[] BytesOf(Document document)
    {
        using var stream = new MemoryStream();
        new PdfEngine().Write(document, stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    /// <summary>Text of each page in reading order.</summary>
    public IReadOnlyList<string> Pages() =>
        Tool.Poppler("pdftotext", "-enc", "UTF-8", Path, "-").Split('\f')[..^1];

    /// <summary>All text, compatibility-normalised, each run of white space one space.</summary>
    public string Text() => Normalised(string.Join(' ', Pages()));

    public static string Normalised(string text) => White().Replace(text.Normalize(NormalizationForm.FormKC), " ").Trim();

    public string Structure() => Tool.Poppler("pdfinfo", "-struct", Path);

    public JsonElement Json() => JsonDocument.Parse(Tool.Qpdf("--json", Path)).RootElement;

    /// <summary>Every object that is a dictionary (or a stream's dictionary).</summary>
    public IEnumerable<JsonElement> Dictionaries() =>
        from entry in Json().GetProperty("qpdf")[1].EnumerateObject()
        let value = entry.Value.TryGetProperty("stream", out var stream) ? stream.GetProperty("dict") : entry.Value.GetProperty("value")
        where value.ValueKind == JsonValueKind.Object
        select value;

    /// <summary>The file with every stream readable.</summary>
    public string Readable() => Encoding.Latin1.GetString(ReadableBytes());

    public byte[] ReadableBytes()
    {
        string path = System.IO.Path.Combine(Folder, "readable.pdf");
        Tool.Qpdf("--qdf", "--object-streams=disable", Path, path);
        return File.ReadAllBytes(path);
    }

    /// <summary>One page as pixels.</summary>
    public Picture Render(int page, int dotsPerInch)
    {
        string root = System.IO.Path.Combine(Folder, "render");
        string number = page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Tool.Poppler("pdftoppm", "-r", dotsPerInch.ToString(System.Globalization.CultureInfo.InvariantCulture), "-f", number, "-l", number, "-singlefile", Path, root);
        return Picture.Read(File.ReadAllBytes(root + ".ppm"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();

    /// <summary>A PPM picture, 3 bytes a pixel.</summary>
    internal sealed record Picture(int Width, int Height, byte[] Data, int Start)
    {
        public static Picture Read(byte[] file)
        {
            string[] head = Encoding.ASCII.GetString(file, 0, 30).Split(['\n', ' '], 5);
            int width = int.Parse(head[1], System.Globalization.CultureInfo.InvariantCulture), height = int.Parse(head[2], System.Globalization.CultureInfo.InvariantCulture);
            return new(width, height, file, file.Length - 3 * width * height);
        }

        public Colour this[int x, int y]
        {
            get
            {
                int at = Start + 3 * (y * Width + x);
                return new(Data[at], Data[at + 1], Data[at + 2]);
            }
        }

        public int Count(Colour colour)
        {
            int count = 0;
            for (int i = Start; i < Data.Length; i += 3)
                if (Data[i] == colour.Red && Data[i + 1] == colour.Green && Data[i + 2] == colour.Blue)
                    count++;
            return count;
        }
    }
}
