using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using MiSarTracker.Core;
using MiSarTracker.Storage;
using Xunit;

namespace MiSarTracker.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class VaultTests : TempFolder
{
    private readonly Vault vault;

    public VaultTests()
    {
        vault = new Vault(Path.Combine(Folder, "vault"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    [InlineData((9 << 20) + 17)]
    public void WhatTheReaderReadsIsWhatIsStoredUnderItsHash(int length)
    {
        var content = Bytes(length);
        using var tap = vault.Tap(new MemoryStream(content));
        using var read = new MemoryStream();
        tap.CopyTo(read, 70_001);
        var entry = tap.Complete(Token);
        Assert.Equal(content, read.ToArray());
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(content)), (long)length), (entry.Sha256, entry.Size));
        Assert.Equal(content, vault.ReadChecked(entry.Sha256));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(vault.PathOf(entry.Sha256)));
    }

    [Fact]
    public async Task AReaderThatStopsEarlyStillStoresTheWhole()
    {
        var content = Bytes(5 << 20);
        using var tap = vault.Tap(new DribblingStream(content));
        var head = new byte[100];
        await tap.ReadExactlyAsync(head, Token);
        Assert.Equal(content[..100], head);
        var entry = tap.Complete(Token);
        Assert.Equal(content, vault.ReadChecked(entry.Sha256));
    }

    [Fact]
    public void ATapThatIsNotCompletedLeavesNothing()
    {
        using (var tap = vault.Tap(new MemoryStream(Bytes(3 << 20))))
            Assert.Equal(10, tap.Read(new byte[10]));
        Assert.Empty(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void ASourceThatFailsLeavesNothing()
    {
        using (var tap = vault.Tap(new DribblingStream(Bytes(3 << 20), failAt: 2 << 20)))
            Assert.Throws<IOException>(() => tap.Complete(Token));
        Assert.Empty(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void TheSameContentIsStoredOnceAndNeverRewritten()
    {
        var first = vault.Store("content"u8.ToArray());
        var written = File.GetLastWriteTimeUtc(vault.PathOf(first.Sha256));
        Assert.Equal(first, vault.Store("content"u8.ToArray()));
        Assert.Equal(written, File.GetLastWriteTimeUtc(vault.PathOf(first.Sha256)));
        Assert.Single(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void AChangedAMissingAndAnExtraFileAreNamed()
    {
        var (good, changed, missing, extra) = (Store("good"), Store("changed"), Store("missing"), Store("extra"));
        File.SetUnixFileMode(vault.PathOf(changed), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(vault.PathOf(changed), "chanGed");
        File.Delete(vault.PathOf(missing));
        File.WriteAllText(Path.Combine(Folder, "vault", "sha256", "stranger.txt"), "x");
        var verdict = vault.Verify(new HashSet<string> { good, changed, missing }, Token);
        Assert.False(verdict.IsIntact);
        Assert.Equal(
            [new VaultFault(changed, VaultFaultKind.Changed), new(missing, VaultFaultKind.Missing), new(extra, VaultFaultKind.Extra), new("stranger.txt", VaultFaultKind.Extra)],
            verdict.Faults.OrderBy(f => f.Kind).ThenBy(f => f.Name.Length == 64 ? 0 : 1));
        Assert.Equal(4, verdict.Bytes);
        Assert.Throws<Corrupt>(() => vault.OpenRead(missing));
        Assert.Throws<Corrupt>(() => vault.ReadChecked(changed));
        Assert.True(vault.Verify(new HashSet<string> { good }, Token).IsIntact);
    }

    [Fact]
    public void AnAbandonedTemporaryFileIsSweptAndALivingOneIsNot()
    {
        using var living = vault.Tap(new MemoryStream(Bytes(10)));
        File.WriteAllText(Path.Combine(Folder, "vault", "incoming", "abandoned"), "half");
        vault.Sweep();
        Assert.Single(Directory.GetFiles(Path.Combine(Folder, "vault", "incoming")));
        Assert.Equal(10, living.Complete(Token).Size);
    }

    [Fact]
    public void AFullDiskStopsPolitelyAndLeavesNothing()
    {
        // A small file system of its own; needs the right to mount, as in a container.
        var mount = Path.Combine(Folder, "small");
        Directory.CreateDirectory(mount);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mount), "mounting is not allowed here");
        try
        {
            var small = new Vault(Path.Combine(mount, "vault"));
            var kept = small.Store("kept"u8.ToArray());
            var failure = Assert.Throws<Unavailable>(() => small.Store(Bytes(9 << 20)));
            Assert.Contains(mount, failure.Message, StringComparison.Ordinal);
            Assert.Contains((9 << 20).ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
            Assert.Equal([small.PathOf(kept.Sha256)], Directory.GetFiles(mount, "*", SearchOption.AllDirectories));
            Assert.Equal(2 << 20, small.Store(Bytes(2 << 20)).Size);
        }
        finally
        {
            Run("umount", mount);
        }
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public void OnlyAHashNamesAFile(string name) => Assert.Throws<ArgumentException>(() => vault.PathOf(name));

    private string Store(string text) => vault.Store(System.Text.Encoding.UTF8.GetBytes(text)).Sha256;

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Gives few bytes at a time, cannot seek, and fails where it is told to.</summary>
    private sealed class DribblingStream(byte[] content, int failAt = int.MaxValue) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) =>
            Position >= failAt ? throw new IOException("the cable was pulled") : base.Read(buffer, offset, Math.Min(count, 65_537));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 65_537)]);
    }
}
