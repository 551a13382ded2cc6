namespace MiSarTracker.TestBench.Running;

/// <summary>A folder of its own that is gone when it is disposed of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly bool _stays;

    /// <param name="purpose">A part of its name.</param>
    /// <param name="kept">A folder that is used instead, and stays; null for one that goes.</param>
    public TemporaryFolder(string purpose, string? kept = null)
    {
        _stays = kept is not null;
        Root = kept is null ? Directory.CreateTempSubdirectory($"misar-{purpose}-").FullName : Directory.CreateDirectory(Path.GetFullPath(kept)).FullName;
    }

    public string Root { get; }

    public string At(string name) => Path.Combine(Root, name);

    public void Dispose()
    {
        if (!_stays)
            Delete(Root);
    }

    /// <summary>Removes a folder, the vault's read-only files included.</summary>
    public static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
