using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MiSarTracker.Journey;
using MiSarTracker.Tests.Formats.Answers;
using Xunit;

namespace MiSarTracker.Tests.Journey;

/// <summary>Documents read by our own executable in a process of its own.</summary>
public sealed class DocumentProcessTests
{
    [Fact]
    public void OneProcessReadsOneDocumentAfterAnother()
    {
        using var process = new DocumentProcess();
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(Read(process, "pdf", ForgedPdf.Of([$"Letter {i}."]), out var pdf));
            Assert.Equal($"Letter {i}.", pdf[0].GetProperty("text").GetString());
            Assert.Null(Read(process, "xlsx", ForgedWorkbook.Xlsx(), out var sheet));
            Assert.Equal("Heart", sheet[0].GetProperty("sheet").GetString());
            Assert.Equal(5, sheet.Count);
        }
    }

    [Fact]
    public void ADocumentThatIsNoneIsALineAndTheProcessGoesOn()
    {
        using var process = new DocumentProcess();
        Assert.Null(Read(process, "pdf", "%PDF-1.7 and nothing else"u8.ToArray(), out var lines));
        Assert.Contains("damaged", Assert.Single(lines).GetProperty("fault").GetString(), StringComparison.Ordinal);
        Assert.Null(Read(process, "pdf", ForgedPdf.Of(["Still here."]), out _));
    }

    [Fact]
    public void ADocumentThatTakesTooLongIsGivenUpAndTheNextOneIsRead()
    {
        using var hasty = new DocumentProcess(TimeSpan.FromMilliseconds(1), DocumentProcess.DefaultHeap);
        var slow = ForgedPdf.Of([.. Enumerable.Repeat("Slow.", 20_000)]);
        Assert.Contains("took longer", Read(hasty, "pdf", slow, out _), StringComparison.Ordinal);
        Assert.Contains("took longer", Read(hasty, "pdf", slow, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void ADocumentThatWantsAllMemoryIsGivenUpAndTheNextOneIsRead()
    {
        using var process = new DocumentProcess(DocumentProcess.DefaultPatience, 96L << 20);
        var end = Read(process, "pdf", Bomb(400 << 20), out var lines);
        Assert.True(end is not null || lines.Exists(line => line.TryGetProperty("fault", out var fault) && fault.GetString()!.Contains("memory", StringComparison.Ordinal)));
        Assert.Null(Read(process, "pdf", ForgedPdf.Of(["Still here."]), out var after));
        Assert.Equal("Still here.", after[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData]
    [InlineData("AbCdEfGh")]
    [InlineData("one", "two")]
    [InlineData("misar-passwords:odd")]
    [InlineData("[\"json\"]", "\u00e4\"\n")]
    public void PasswordsAreKeptOnOneLineAndComeBack(params string[] passwords)
    {
        var line = ExhibitPasswords.Join(passwords);
        Assert.DoesNotContain('\n', line ?? "");
        Assert.Equal(passwords, ExhibitPasswords.Split(line));
    }

    private static string? Read(DocumentProcess process, string kind, byte[] document, out List<JsonElement> lines)
    {
        var taken = new List<JsonElement>();
        var end = process.Read(kind, document, [], line => taken.Add(JsonDocument.Parse(line.ToArray()).RootElement), TestContext.Current.CancellationToken);
        lines = taken;
        return end;
    }

    /// <summary>A page whose content unpacks to this many bytes.</summary>
    private static byte[] Bomb(int length)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var part = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("q Q BT ET ", 10_000)));
            for (var written = 0; written < length; written += part.Length)
                zlib.Write(part);
        }

        var content = Encoding.Latin1.GetString(packed.ToArray());
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        foreach (var one in new[]
        {
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} /Filter /FlateDecode >>\nstream\n{content}\nendstream"),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << >> >>",
        })
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{one}\nendobj\n");
        }

        var table = file.Length;
        file.Append("xref\n0 5\n0000000000 65535 f \n");
        places.ForEach(place => file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n"));
        return Encoding.Latin1.GetBytes(file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").ToString());
    }
}
