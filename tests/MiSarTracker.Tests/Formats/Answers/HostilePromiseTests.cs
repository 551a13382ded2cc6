using System.Diagnostics;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>
/// A hostile archive cannot write elsewhere, fill the memory, or lie: every kind in one table, each with the words that name its lie, its
/// memory bounded, and an honest table beside it that is read all the same.
/// </summary>
public sealed class HostilePromiseTests
{
    private const string Csv = "date,time,heartRate\n2024-03-30,00:00,61\n2024-03-30,00:05,54\n";
    private const long Most = 150L << 20;

    public static TheoryData<string, string> Lies => new()
    {
        { "climbs", ".." }, { "absolute", "absolute" }, { "drive", "absolute" }, { "backslash", ".." }, { "nul", "NUL" }, { "symlink", "symbolic link" },
        { "duplicate", "several entries of this name" }, { "overlap", "overlap" }, { "inside", "overlap" }, { "too short", "promises" }, { "too long", "promises" },
        { "stored sizes", "disagree" }, { "beyond the end", "beyond" }, { "crc", "checksum" }, { "1032:1", "bomb" }, { "nested 6 deep", "nested" },
        { "zip64 count", "" }, { "zip64 sizes missing", "64-bit" }, { "no directory", "directory is missing" }, { "half a directory", "directory" }, { "bad mac", "MAC" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void EachLieIsNamedWithinItsMemoryAndTheRestIsRead(string lie, string said)
    {
        var bytes = Forged(lie);
        var collected = new CollectedAnswer();
        using var stream = new MemoryStream(bytes);
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();
        AnswerReader.Read(stream, "answer.zip", ["AbCdEfGh"], collected, Limits.Default, TestContext.Current.CancellationToken);

        // All that was ever allocated, and not what lived at once: that is less. The two seconds are measured on a quiet machine.
        Assert.True(GC.GetTotalAllocatedBytes() - before < Most + (2L << 20), $"{lie}: {GC.GetTotalAllocatedBytes() - before} bytes");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{lie} took {watch.Elapsed}");
        Assert.Contains(collected.Damages, damage => damage.Reason.Contains(said, StringComparison.Ordinal));
        Assert.Contains(collected.Tables, table => table.Member.Name.EndsWith("good.csv", StringComparison.Ordinal) && table.Rows.Count == 2);
        Assert.All(collected.Members, member => Assert.DoesNotContain("..", member.Name.Split('/', '!')));
    }

    [Fact]
    public void AWrongPasswordIsOneRefusal()
    {
        var refused = Assert.Throws<ImportException>(() => CollectedAnswer.Of(CollectedAnswer.Sample("3000000001_1714557600000.zip"), "a.zip", "nope"));
        Assert.Contains("does not open", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingInTheReadersKnowsHowToWriteAFile()
    {
        // The compiler's own list of what the assembly calls: not one member of the file system's writing classes.
        using var stream = File.OpenRead(typeof(AnswerReader).Assembly.Location);
        using var pe = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(pe);
        var used = metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").ToHashSet();

        Assert.Contains("System.IO.Stream", used);
        Assert.DoesNotContain("System.IO.File", used);
        Assert.DoesNotContain("System.IO.FileStream", used);
        Assert.DoesNotContain("System.IO.Directory", used);
        Assert.DoesNotContain("System.IO.StreamWriter", used);
        Assert.DoesNotContain("System.Diagnostics.Process", used);
        Assert.DoesNotContain("System.Net.Sockets.Socket", used);
        Assert.DoesNotContain("System.Net.Http.HttpClient", used);
    }

    [Fact]
    public void AQuoteThatStaysOpenFor200MegabytesCostsItsLine()
    {
        using var stream = new RepeatedStream("a,b\n1,\"open"u8.ToArray(), (byte)'x', 200L << 20, "\n2,y\n"u8.ToArray());
        var collected = new CollectedAnswer();
        var before = GC.GetAllocatedBytesForCurrentThread();
        AnswerReader.Read(stream, "a.csv", [], collected, Limits.Default, TestContext.Current.CancellationToken);

        var table = Assert.Single(collected.Tables);
        Assert.Equal(["2", "y"], Assert.Single(table.Rows).Fields);
        Assert.Equal(2, Assert.Single(table.UnreadableRows).Line);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public void AQuoteThatStaysOpenOverManyLinesDropsNoneOfThemWithoutAWord()
    {
        // Five times the longest field of rows behind an open quote: every line is a row or is named.
        using var stream = new RepeatedStream("a\n\"open\n"u8.ToArray(), (byte)'\n', 20L << 20, "z\n"u8.ToArray());
        var collected = new CollectedAnswer();
        AnswerReader.Read(stream, "a.csv", [], collected, Limits.Default, TestContext.Current.CancellationToken);

        var table = Assert.Single(collected.Tables);
        Assert.Equal("z", table.Rows[^1].Fields[0]);
        Assert.Equal(2, Assert.Single(table.UnreadableRows).Line);
        Assert.Equal(3 + (20L << 20), table.Rows[^1].Line);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void OfRaggedRowsWithNulsEveryOneIsARowOrNamed(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var random = new Random(13);
        var text = new StringBuilder("a,b,c\n");
        const int rows = 2_000;
        for (var i = 0; i < rows; i++)
            text.Append(string.Join(',', Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(40) == 0 ? "n\0n" : $"v{random.Next(99)}"))).Append('\n');

        var table = Assert.Single(CollectedAnswer.Of([.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())], "a.csv").Tables);

        var lines = table.Rows.Select(row => row.Line).Concat(table.UnreadableRows.Select(row => row.Line)).Order();
        Assert.Equal(Enumerable.Range(2, rows).Select(line => (long)line), lines);
        Assert.All(table.Rows, row => Assert.True(row.Fields.Length <= 3));
    }

    private static byte[] Forged(string lie)
    {
        var forge = new ZipForge { WithZip64End = lie.StartsWith("zip64 count", StringComparison.Ordinal), SaidZip64Count = lie == "zip64 count" ? long.MaxValue : null }.Add("good.csv", Csv);
        switch (lie)
        {
            case "climbs": return forge.Add("../../etc/evil.csv", Csv).Bytes();
            case "absolute": return forge.Add("/etc/evil.csv", Csv).Bytes();
            case "drive": return forge.Add("C:\\evil.csv", Csv).Bytes();
            case "backslash": return forge.Add("..\\..\\evil.csv", Csv).Bytes();
            case "nul": return forge.Add("evil.csv\0.txt", Csv).Bytes();
            case "symlink": return forge.Add("link.csv", "/etc/passwd", entry => entry.UnixMode = 0xA1FF).Bytes();
            case "duplicate": return forge.Add("a.csv", Csv).Add("a.csv", Csv).Bytes();
            case "overlap": return forge.Add("good.csv", Csv, entry => (entry.OmitLocal, entry.Offset) = (true, 0)).Bytes();
            case "inside": return Inside();
            case "too short": return forge.Add("a.csv", Csv, entry => (entry.Size, entry.LocalSize) = (20, 20)).Bytes();
            case "too long": return forge.Add("a.csv", Csv, entry => (entry.Size, entry.LocalSize) = (100_000, 100_000)).Bytes();
            case "stored sizes": return forge.Add("a.csv", Encoding.UTF8.GetBytes(Csv), entry => (entry.Size, entry.LocalSize) = (7, 7), deflate: false).Bytes();
            case "beyond the end": return forge.Add("a.csv", Csv, entry => (entry.PackedSize, entry.LocalPackedSize) = (0x7fff0000, 0x7fff0000)).Bytes();
            case "crc": return forge.Add("a.csv", Csv, entry => entry.Crc ^= 1).Bytes();
            case "1032:1": return forge.Add("bomb.csv", Bomb).Bytes();
            case "nested 6 deep": return forge.Add("nested.zip", Nested(6)).Bytes();
            case "zip64 count": return forge.Bytes();
            case "zip64 sizes missing": return forge.Add("a.csv", Csv, entry => entry.Size = uint.MaxValue).Bytes();
            case "no directory": return forge.Add("b.csv", Csv).Bytes()[..^120];
            case "half a directory": return WithHalfADirectory();
            default: return BadMac();
        }
    }

    /// <summary>An entry whose bytes lie in another one's.</summary>
    private static byte[] Inside()
    {
        using var inner = new MemoryStream();
        ForgedEntry.Honest("inner.csv"u8.ToArray(), Encoding.UTF8.GetBytes(Csv), deflate: true).WriteLocal(inner);
        return new ZipForge().Add("outer.txt", [.. "words "u8, .. inner.ToArray()], deflate: false)
            .Add("inner.csv", Csv, entry => (entry.OmitLocal, entry.Offset) = (true, 30 + 9 + 6)).Add("good.csv", Csv).Bytes();
    }

    private static byte[] Bomb { get; } = new byte[32 << 20];

    private static byte[] Nested(int depth)
    {
        var bytes = new ZipForge().Add("deep.csv", Csv).Bytes();
        for (var i = 1; i < depth; i++)
            bytes = new ZipForge().Add("inner.zip", bytes).Bytes();

        return bytes;
    }

    /// <summary>The second record of the directory is overwritten; the entries themselves stand.</summary>
    private static byte[] WithHalfADirectory()
    {
        var bytes = new ZipForge().Add("a.csv", Csv).Add("good.csv", Csv).Bytes();
        bytes.AsSpan(bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8), 4).Clear();
        return bytes;
    }

    /// <summary>The sample's largest entry, with one byte of its MAC changed.</summary>
    private static byte[] BadMac()
    {
        using var peers = new PeerTools();
        peers.Write("good.csv", Csv);
        peers.Write("a.csv", Csv + Csv);
        peers.SevenZip("a", "-tzip", "-mem=AES256", "-pAbCdEfGh", "a.zip", "a.csv", "good.csv");
        var bytes = peers.Read("a.zip");
        var second = bytes.AsSpan(4).IndexOf("PK\u0003\u0004"u8) + 4;
        bytes[second - 1] ^= 1;
        return bytes;
    }
}
