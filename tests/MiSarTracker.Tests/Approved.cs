using System.Globalization;
using System.Runtime.CompilerServices;
using Xunit;

namespace MiSarTracker.Tests;

/// <summary>
/// Texts that people read, approved as texts: Approved/NAME.txt beside this file. Run the tests with UPDATE_APPROVED=1 to
/// rewrite them, and read the difference before it is committed.
/// </summary>
public static class Approved
{
    /// <summary>Fails at the first line that differs from the approved text.</summary>
    /// <param name="name">Path within Approved/, without extension: <c>letters/access</c>.</param>
    public static void Verify(string name, string text)
    {
        var approved = name + ".txt";
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            var source = Path.Combine(Repository.Root, "tests", "MiSarTracker.Tests", "Approved", approved);
            Directory.CreateDirectory(Path.GetDirectoryName(source)!);
            File.WriteAllText(source, text);
            return;
        }

        var path = Path.Combine(AppContext.BaseDirectory, "Approved", approved);
        Assert.True(File.Exists(path), $"There is no approved text {approved} yet. Run with UPDATE_APPROVED=1, and read what it writes.");
        var (expected, actual) = (File.ReadAllText(path).Split('\n'), text.Split('\n'));
        for (var i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            var (was, now) = (expected.ElementAtOrDefault(i), actual.ElementAtOrDefault(i));
            if (was != now)
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{approved}, line {i + 1}\napproved: {was ?? "(end)"}\nnow:      {now ?? "(end)"}"));
        }
    }
}

/// <summary>Files of the checkout that tests read where they lie: templates, oracles.</summary>
public static class Repository
{
    /// <summary>The folder that holds MiSarTracker.sln.</summary>
    public static string Root { get; } = Find();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string Find([CallerFilePath] string here = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) })
        {
            for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "MiSarTracker.sln")))
                    return folder;
            }
        }

        throw new InvalidOperationException($"No MiSarTracker.sln above {AppContext.BaseDirectory}.");
    }
}
