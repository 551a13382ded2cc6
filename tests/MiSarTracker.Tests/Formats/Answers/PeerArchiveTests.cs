using System.Globalization;
using System.Text;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>Archives that other tools wrote are read to the byte.</summary>
public sealed class PeerArchiveTests : IDisposable
{
    private readonly PeerTools _peers = new();
    private readonly string[] _values;

    public PeerArchiveTests()
    {
        var random = new Random(20240330);
        var rows = new StringBuilder("date,time,heartRate\n");
        _values = new string[15_000];
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = random.Next(40, 200).ToString(CultureInfo.InvariantCulture);
            rows.Append(CultureInfo.InvariantCulture, $"2024-03-30,{i / 60 % 24:00}:{i % 60:00},{_values[i]}\n");
        }

        _peers.Write("HEARTRATE_AUTO/HEARTRATE_AUTO_1714557600000.csv", rows.ToString());
        _peers.Write("EMPTY/EMPTY_1714557600000.csv", "");
        _peers.Write("SMALL/Größe.csv", "a,b\n1,2\n");
    }

    public void Dispose() => _peers.Dispose();

    [Theory]
    [InlineData("AES128", "AbCdEfGh")]
    [InlineData("AES192", "AbCdEfGh")]
    [InlineData("AES256", "AbCdEfGh")]
    [InlineData("AES256", "it's \"quoted\"")]
    [InlineData("ZipCrypto", "AbCdEfGh")]
    [InlineData("ZipCrypto", "Xy 12 ab!")]
    public void WhatSevenZipEncryptsIsRead(string cipher, string password)
    {
        foreach (var method in new[] { "-mm=Deflate", "-mm=Copy" })
        {
            _peers.SevenZip("a", "-tzip", $"-mem={cipher}", method, $"-p{password}", $"{method[4..]}.zip", "HEARTRATE_AUTO", "EMPTY", "SMALL");
            Check(CollectedAnswer.Of(_peers.Read($"{method[4..]}.zip"), "a.zip", "wrong one", password));
        }
    }

    [Fact]
    public void WhatSevenZipPacksPlainIsRead()
    {
        _peers.SevenZip("a", "-tzip", "plain.zip", "HEARTRATE_AUTO", "EMPTY", "SMALL");
        Check(CollectedAnswer.Of(_peers.Read("plain.zip"), "a.zip"));
    }

    [Fact]
    public void WhatInfoZipEncryptsIsRead()
    {
        // Written to a pipe it cannot go back, and puts sizes and checksums behind the data.
        _peers.RunOrSkip("sh", "-c", "command -v zip >/dev/null || exit 0; zip -q -r -P 'AbCdEfGh' seek.zip HEARTRATE_AUTO EMPTY SMALL; zip -q -r -P 'AbCdEfGh' - HEARTRATE_AUTO EMPTY SMALL | cat > pipe.zip");
        Assert.SkipUnless(File.Exists(_peers.PathOf("pipe.zip")), "Info-ZIP's zip is not installed");

        Check(CollectedAnswer.Of(_peers.Read("seek.zip"), "a.zip", "AbCdEfGh"));
        Check(CollectedAnswer.Of(_peers.Read("pipe.zip"), "a.zip", "AbCdEfGh"));
    }

    [Theory]
    [InlineData("p\\303\\244\\303\\237w", "UTF-8")]
    [InlineData("p\\344\\337w", "Latin-1")]
    [InlineData("p\\204\\341w", "CP437")]
    public void APasswordWithUmlautsIsTriedInTheAlphabetsThatToolsUse(string octal, string alphabet)
    {
        _peers.RunOrSkip("sh", "-c", $"command -v zip >/dev/null || exit 0; zip -q -r -P \"$(printf '{octal}')\" {alphabet}.zip HEARTRATE_AUTO EMPTY SMALL");
        Assert.SkipUnless(File.Exists(_peers.PathOf($"{alphabet}.zip")), "Info-ZIP's zip is not installed");

        Check(CollectedAnswer.Of(_peers.Read($"{alphabet}.zip"), "a.zip", "päßw"));
    }

    [Fact]
    public void WhatPythonPacksIsReadWithDescriptorsAnd64BitSizes()
    {
        const string script = """
            import io, sys, zipfile, os
            class Pipe(io.RawIOBase):
                def __init__(self, f): self.f = f
                def writable(self): return True
                def write(self, b): self.f.write(b); return len(b)
            with open('pipe.zip', 'wb') as f, zipfile.ZipFile(Pipe(f), 'w', zipfile.ZIP_DEFLATED) as z:
                for root, _, names in os.walk('.'):
                    for name in names:
                        if name.endswith('.csv'):
                            p = os.path.join(root, name)
                            with z.open(p[2:], 'w', force_zip64=True) as out: out.write(open(p, 'rb').read())
            """;
        _peers.RunOrSkip("python3", "-c", script);
        Check(CollectedAnswer.Of(_peers.Read("pipe.zip"), "a.zip"));

        // Without its directory the descriptors alone tell where entries end.
        var cut = CollectedAnswer.Of(_peers.Read("pipe.zip")[..^100], "a.zip");
        Assert.Equal(_values.Length, cut.Table("HEARTRATE_AUTO").Rows.Count);
        Assert.Contains(cut.Damages, damage => damage.Reason.Contains("directory", StringComparison.Ordinal));
    }

    [Fact]
    public void PythonReadsTheSameOutOfAnArchiveThatTheForgeWrote()
    {
        // The forge is what the hostile archives come from: an honest one of it must be honest for others too.
        var zip = new ZipForge { WithZip64End = true, Comment = "c" }.Add("a.csv", "a,b\n1,2\n", entry => entry.Descriptor = true).Add("d/\u00e4.txt", "words", deflate: false).Bytes();
        _peers.Write("forged.zip", zip);
        _peers.RunOrSkip("python3", "-c", "import zipfile; z=zipfile.ZipFile('forged.zip'); assert z.testzip() is None; open('out.txt','w',encoding='utf-8').write('\\n'.join(n+'='+z.read(n).decode() for n in z.namelist()))");

        var answer = CollectedAnswer.Of(zip, "a.zip");
        Assert.Empty(answer.Damages);
        Assert.Equal("a.csv=a,b\n1,2\n\nd/\u00e4.txt=words", Encoding.UTF8.GetString(_peers.Read("out.txt")));
        Assert.Equal(["1", "2"], answer.Table("a.csv").Rows[0].Fields);
        Assert.Equal("words", Assert.Single(answer.Texts).Text);
    }

    private void Check(CollectedAnswer answer)
    {
        Assert.Empty(answer.Damages);
        Assert.Equal(3, answer.Members.Count);
        Assert.Equal("empty", Assert.Single(answer.Members, member => member.Name.StartsWith("EMPTY", StringComparison.Ordinal)).Format);
        Assert.Equal(["1", "2"], answer.Table("SMALL/Größe.csv").Rows[0].Fields);
        Assert.Equal(_values, answer.Table("HEARTRATE_AUTO").Rows.Select(row => row.Fields[2]));
    }
}
