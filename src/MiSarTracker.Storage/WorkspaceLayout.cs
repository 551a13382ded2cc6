using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>Where things stand in a workspace: <c>misar.db</c>, <c>vault/</c>, <c>secrets/</c>, <c>appsettings.json</c>.</summary>
/// <param name="Root">The workspace's folder, absolute.</param>
public sealed record WorkspaceLayout(string Root)
{
    /// <summary>Folders are the owner's alone.</summary>
    internal const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>So are files.</summary>
    internal const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Database => Path.Combine(Root, "misar.db");

    public string Vault => Path.Combine(Root, "vault");

    public string Secrets => Path.Combine(Root, "secrets");

    public string Settings => Path.Combine(Root, "appsettings.json");

    internal string ServiceLock => Path.Combine(Root, "service.lock");

    // An empty folder may be open to others. One in use is not ours to close: it could be a home, or /tmp.
    private void CloseToOthers()
    {
        string[] ours = [Path.GetFileName(Vault), Path.GetFileName(Secrets), Path.GetFileName(Settings)];
        var stranger = Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName)
            .FirstOrDefault(name => !ours.Contains(name) && !name!.StartsWith(Path.GetFileName(Database) + ".", StringComparison.Ordinal));
        if (stranger is not null)
            throw new Refusal($"{Root} holds other things already, for example {stranger}.", "Name an empty or a new folder with --workspace.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Root, FolderMode);
    }

    internal static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            _ = Directory.CreateDirectory(path);
        else
            _ = Directory.CreateDirectory(path, FolderMode);
    }

    /// <exception cref="Refusal">The folder is in use for something else.</exception>
    /// <exception cref="Unavailable">The folder cannot be made.</exception>
    internal void MakeFolders()
    {
        try
        {
            if (Directory.Exists(Root))
                CloseToOthers();
            MakeFolder(Root);
            MakeFolder(Vault);
            MakeFolder(Secrets);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Unavailable($"The workspace {Root} cannot be made: {e.Message}", "Choose a folder that you may write to with --workspace.", e);
        }
    }
}
