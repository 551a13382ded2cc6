namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>A program of the system that a test cannot do without. Its absence fails the test; it never skips one.</summary>
public static class RequiredProgram
{
    /// <returns>The program's full path.</returns>
    public static string Find(string name, string package)
    {
        string path = (Environment.GetEnvironmentVariable("PATH") ?? "") + ":/usr/sbin:/usr/bin:/sbin:/bin";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{name} is not installed. Install it with: apt-get install --no-install-recommends {package}");
    }
}
