using System.Globalization;
using MiSarTracker.SystemTests.Fixtures;

namespace MiSarTracker.SystemTests.Service;

/// <summary>
/// The wall clock of misar's processes, as a test sets it, also while they run (libfaketime). The clock that measures
/// durations stays real: moved too, a .NET program's waits would return at once or never.
/// </summary>
internal sealed class MovedClock
{
    private readonly string _file;

    public MovedClock(MisarProcess misar)
    {
        RequiredProgram.Find("faketime", "faketime");
        _file = Path.Combine(misar.Home, "clock");
        MoveTo(DateTimeOffset.UtcNow);
        misar.Environment["LD_PRELOAD"] = Library();
        misar.Environment["FAKETIME_TIMESTAMP_FILE"] = _file;
        misar.Environment["FAKETIME_NO_CACHE"] = "1";
        misar.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        misar.Environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
    }

    /// <summary>From now on it is this moment, and time goes on from there.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        var seconds = Math.Round((moment - DateTimeOffset.UtcNow).TotalSeconds);
        var written = _file + ".new";
        File.WriteAllText(written, seconds.ToString("+0;-0", CultureInfo.InvariantCulture) + "\n");
        // Replaced at once: the process reads it at any moment.
        File.Move(written, _file, overwrite: true);
    }

    private static string Library() => Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("libfaketimeMT.so.1 is not where the package faketime puts it.");
}
