using System.Diagnostics;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

/// <summary>Runs an independent PDF program. A missing one fails the test and names its package.</summary>
internal static class Tool
{
    public static string Run(string program, string package, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{error.Result}");
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail($"{program} is not installed; apt-get install {package}");
            throw;
        }
    }

    public static string Qpdf(params string[] arguments) => Run("qpdf", "qpdf", arguments);

    public static string Poppler(string program, params string[] arguments) => Run(program, "poppler-utils", arguments);
}
