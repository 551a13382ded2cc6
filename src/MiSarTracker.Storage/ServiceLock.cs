using System.Globalization;
using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>
/// Held by the one service that works on a workspace. The operating system holds the lock and lets go of it when the
/// process ends in whatever way, so a lock cannot go stale; the file itself stays.
/// </summary>
public sealed class ServiceLock : IDisposable
{
    private readonly FileStream file;

    private ServiceLock(FileStream file) => this.file = file;

    /// <exception cref="Refusal">Another service holds it.</exception>
    internal static ServiceLock Take(string path)
    {
        var holder = path + ".pid";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = WorkspaceLayout.FileMode;
            var taken = new ServiceLock(new FileStream(path, options));
            DurableFile.Write(holder, System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return taken;
        }
        catch (IOException e) when (File.Exists(path))
        {
            var process = File.Exists(holder) ? $" (process {File.ReadAllText(holder)})" : "";
            throw new Refusal($"Another misar service{process} works on this workspace already: {e.Message}", "Stop it first, or use its pages.");
        }
    }

    public void Dispose() => file.Dispose();
}
