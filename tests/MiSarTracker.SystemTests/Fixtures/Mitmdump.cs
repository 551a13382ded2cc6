using System.Globalization;
using MiSarTracker.Tests.Mail;
using Xunit;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>
/// The real mitmdump between a phone and the vendor, all on this machine: the vendor's host names lead to a
/// <see cref="HuamiServer"/>, its configuration and certificates are its own.
/// </summary>
public sealed class Mitmdump : IAsyncDisposable
{
    private const int Attempts = 3;
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _mitmdump;

    private Mitmdump(HuamiServer vendor) => Vendor = vendor;

    public HuamiServer Vendor { get; }

    public int Port { get; private set; }

    /// <summary>What mitmdump writes. Complete only after <see cref="StopAsync"/>.</summary>
    public string Dump => _folder.File("capture.mitm");

    /// <summary>The certificate authority that mitmdump made, to be trusted by the phone.</summary>
    public string AuthorityFile => _folder.File("conf", "mitmproxy-ca-cert.pem");

    public static async Task<Mitmdump> StartAsync()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var authority = new TestCertificates();
        var capture = new Mitmdump(await HuamiServer.StartAsync(authority, stop));
        try
        {
            await File.WriteAllTextAsync(capture._folder.File("vendor-ca.pem"), authority.AuthorityPem, stop);
            await capture.StartProxyAsync(stop);
        }
        catch
        {
            await capture.DisposeAsync();
            throw;
        }
        return capture;
    }

    /// <summary>One synchronisation of the band through a mitmdump that is started and stopped for it.</summary>
    /// <param name="keepAs">Where the dump is copied to; it outlives this call.</param>
    public static async Task RecordSynchronisationAsync(string keepAs)
    {
        await using Mitmdump capture = await StartAsync();
        using (var phone = new BandClient(capture.Port, capture.AuthorityFile))
            await phone.SynchroniseAsync(TestContext.Current.CancellationToken);
        await capture.StopAsync();
        File.Copy(capture.Dump, keepAs);
    }

    /// <summary>Ends mitmdump, which writes the rest of its dump.</summary>
    public async Task StopAsync()
    {
        if (_mitmdump is not null)
            await _mitmdump.DisposeAsync();
        _mitmdump = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Vendor.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartProxyAsync(CancellationToken stop)
    {
        string program = RequiredProgram.Find("mitmdump", "mitmproxy");
        var environment = new Dictionary<string, string>
        {
            ["MISAR_TEST_UPSTREAM_PORT"] = Vendor.Port.ToString(CultureInfo.InvariantCulture),
            ["HOME"] = _folder.Path,
            ["LC_ALL"] = "C.UTF-8",
        };
        for (int attempt = 1; ; attempt++)
        {
            Port = FreePorts.Take(1)[0];
            string[] arguments =
            [
                "--listen-host", "127.0.0.1", "--listen-port", Port.ToString(CultureInfo.InvariantCulture),
                "--set", "confdir=" + _folder.File("conf"),
                "--set", "ssl_verify_upstream_trusted_ca=" + _folder.File("vendor-ca.pem"),
                "-s", ServerProcess.FixtureFile("mitm_redirect.py"),
                "-w", Dump,
            ];
            try
            {
                _mitmdump = await ServerProcess.StartAsync(program, arguments, [Port], stop, environment);
                return;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // The port was taken meanwhile: take another.
            }
        }
    }
}
