using System.Globalization;

namespace MiSarTracker.Tests;

/// <summary>
/// How many made-up inputs a reader gets. Every run takes the first of a fixed sequence; <c>MISAR_MUTATIONS=20000</c> takes as many as are promised
/// of each, and so do the fault tests (P12), in a child with little memory.
/// </summary>
internal static class Fuzz
{
    public static int Inputs(int inEveryRun) =>
        int.TryParse(Environment.GetEnvironmentVariable("MISAR_MUTATIONS"), CultureInfo.InvariantCulture, out var inputs) ? inputs : inEveryRun;
}
