namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>A folder for one test, removed with everything in it at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>A Unix socket's path has at most 107 bytes; servers put theirs below this folder.</summary>
    private const int LongestForSockets = 60;

    public TemporaryFolder()
    {
        string created = Directory.CreateTempSubdirectory("misar-").FullName;
        if (created.Length > LongestForSockets && Directory.Exists("/tmp"))
        {
            Directory.Delete(created);
            created = Directory.CreateDirectory($"/tmp/{System.IO.Path.GetFileName(created)}").FullName;
        }
        Path = created;
    }

    public string Path { get; }

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        // A server that was just stopped may still drop a last file.
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 5)
            {
                Thread.Sleep(100);
            }
        }
    }
}
