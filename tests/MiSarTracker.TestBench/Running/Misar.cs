using System.Runtime.InteropServices;
using System.Text.Json;

namespace MiSarTracker.TestBench.Running;

/// <summary>The built product, in a workspace below a folder, with nothing of the user's around it.</summary>
public sealed class Misar(string executable, string folder)
{
    /// <summary>
    /// The executable as a user builds it, in the product's own folder: the copy beside this program is not translated
    /// ahead of time.
    /// </summary>
    public static string Built { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "..", "src", "MiSarTracker", "bin",
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, new DirectoryInfo(AppContext.BaseDirectory).Name, OperatingSystem.IsWindows() ? "misar.exe" : "misar"));

    public string Workspace => Path.Combine(folder, "workspace");

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["HOME"] = folder,
        ["MISAR_WORKSPACE"] = Workspace,
        // The executable looks for the runtime in the usual places only; this one runs on some runtime, wherever that is.
        ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        ["TZ"] = "UTC",
        ["NO_COLOR"] = "1",
    };

    public Command Command(params IReadOnlyList<string> arguments) => new(executable, arguments) { Environment = Environment };

    /// <summary>Makes the workspace with one case in it.</summary>
    /// <returns>The case's reference.</returns>
    public string Open()
    {
        Directory.CreateDirectory(folder);
        Command("init", "--name", "Ada Voorbeeld", "--email", "ada@example.org", "--country", "NL", "--non-interactive").Run().Expect(0);
        using var opened = JsonDocument.Parse(Command("case", "open", "--vendor", "xiaomi-mi-fit", "--json").Run().Expect(0).Output);
        return opened.RootElement.GetProperty("reference").GetString()!;
    }
}
