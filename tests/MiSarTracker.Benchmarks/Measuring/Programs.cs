namespace MiSarTracker.Benchmarks.Measuring;

/// <summary>Programs of the machine, found by their names.</summary>
internal static class Programs
{
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The Python that mitmdump itself runs on: the one that has the library.</summary>
    public static string MitmproxyPython()
    {
        using var text = File.OpenText(Find("mitmdump")!);
        return text.ReadLine() is { } first && first.StartsWith("#!", StringComparison.Ordinal) ? first[2..].Trim().Split(' ')[0] : "python3";
    }
}
