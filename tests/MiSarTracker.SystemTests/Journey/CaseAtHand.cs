using System.Text.Json;
using MiSarTracker.SystemTests.Fixtures;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>A workspace of its own with one open case, driven by commands as a person types them.</summary>
internal sealed class CaseAtHand : IDisposable
{
    public const string UserId = "3000000001";
    public const string DeviceId = "D4000000FFFF0001";
    public const string Password = "AbCdEfGh";

    private CaseAtHand()
    {
    }

    public MisarProcess Misar { get; } = new();

    /// <summary>As <c>case open</c> printed it.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>A file of the corpus.</summary>
    public static string Sample(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "corpus", "samples", .. parts]);

    /// <param name="furtherInit">Options of <c>init</c> besides the person.</param>
    public static async Task<CaseAtHand> OpenAsync(params string[] furtherInit)
    {
        var hand = new CaseAtHand();
        try
        {
            (await hand.Misar.RunAsync([
                "init", "--non-interactive", "--name", "Alice Voorbeeld", "--email", MailServers.AliceAddress, "--country", "NL", "--language", "en",
                "--timezone", "Europe/Amsterdam", .. furtherInit])).Expect(0);
            var opened = await hand.JsonAsync("case", "open", "--vendor", "xiaomi-mi-fit", "--identifier", "user-id=" + UserId, "--identifier", "device-id=" + DeviceId);
            hand.Reference = opened.GetProperty("reference").GetString()!;
            return hand;
        }
        catch
        {
            hand.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command with --json that must succeed.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments) => (await Misar.RunAsync([.. arguments, "--json"])).Expect(0).Json;

    public Task<JsonElement> ShowAsync() => JsonAsync("case", "show", Reference);

    /// <summary>The password's file, as a person keeps it: one line.</summary>
    public string PasswordFile(string password = Password) => Write("password.txt", System.Text.Encoding.UTF8.GetBytes(password + "\n"));

    /// <summary>Puts a file into the working folder.</summary>
    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(Misar.WorkingFolder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A file of the vault.</summary>
    public string VaultFile(string sha256) => Path.Combine(Misar.Workspace, "vault", "sha256", sha256[..2], sha256[2..]);

    public void Dispose() => Misar.Dispose();
}
