using System.Diagnostics;
using MiSarTracker.Core;
using MiSarTracker.Mail.Trust;
using Xunit;

namespace MiSarTracker.Tests.Mail.Trust;

public sealed class TokenSourceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("printf 'ya29.abc-_~+/='", "ya29.abc-_~+/=")]
    [InlineData("echo; echo '  ya29.abc  '; echo complaint >&2", "ya29.abc")]
    public async Task WhatTheCommandPrintsIsTheTokenWithoutBlanksAndLineEnds(string script, string token) =>
        Assert.Equal(token, await TokenSource.FromCommand(["/bin/sh", "-c", script])(Stop));

    [Theory]
    [InlineData("echo secret-canary; exit 3", "exit code 3")]
    [InlineData("echo secret-canary two", "gave no token")]
    [InlineData("printf 'secret-canary\\nX: y'", "gave no token")]
    [InlineData("printf 'sécret-canary'", "gave no token")]
    [InlineData("true", "gave no token")]
    [InlineData("head -c 100000 /dev/zero | tr '\\0' x", "more than a token")]
    public async Task WhatIsNoTokenIsRefusedAndNeverRepeated(string script, string says)
    {
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(async () => await TokenSource.FromCommand(["/bin/sh", "-c", script])(Stop));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.Message + failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommandThatHangsIsEnded()
    {
        var clock = Stopwatch.StartNew();
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(async () => await TokenSource.FromCommand(["/bin/sh", "-c", "sleep 60"], TimeSpan.FromMilliseconds(300))(Stop));
        Assert.Contains("did not end in time", failure.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task ACommandThatIsNotThereIsSaid() =>
        Assert.Contains("cannot be run", (await Assert.ThrowsAsync<Unavailable>(async () => await TokenSource.FromCommand(["/no/such/program"])(Stop))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task AFileIsReadAnewEachTime()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "one\n", Stop);
            var source = TokenSource.FromFile(path);
            Assert.Equal("one", await source(Stop));
            await File.WriteAllTextAsync(path, "two\n", Stop);
            Assert.Equal("two", await source(Stop));
        }
        finally
        {
            File.Delete(path);
        }

        await Assert.ThrowsAsync<Unavailable>(async () => await TokenSource.FromFile(path)(Stop));
    }
}
