using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>Runs other people's archivers in a folder of their own.</summary>
internal sealed class PeerTools : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("misar-answers-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), content);
    }

    public void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>7-Zip, under whichever name the distribution gives it. Missing, it fails the test: it is no optional peer.</summary>
    public void SevenZip(params string[] arguments)
    {
        if (!TryRun("7z", arguments) && !TryRun("7zz", arguments))
            Assert.Fail("7-Zip is needed as a peer: apt-get install 7zip");
    }

    /// <summary>Runs a tool; skips the test where it is not installed.</summary>
    public void RunOrSkip(string tool, params string[] arguments) =>
        Assert.SkipUnless(TryRun(tool, arguments), $"{tool} is not installed");

    public void Dispose() => _folder.Delete(recursive: true);

    private bool TryRun(string tool, string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{error.Result}");
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
