using MiSarTracker.FaultTests.Promises;

namespace MiSarTracker.FaultTests;

/// <summary>A promise of the product, and how it is broken on purpose. A new one is one file, and one line in <see cref="All"/>.</summary>
/// <param name="Name">As in the list of promises: <c>P11</c>.</param>
/// <param name="Sentence">What is promised.</param>
/// <param name="Break">Injects the faults and tells the trial what came of each.</param>
internal sealed record Promise(string Name, string Sentence, Action<Trial> Break)
{
    public static IReadOnlyList<Promise> All { get; } =
    [
        new("P1", "An approved letter is never lost and never sent twice as a different mail.", KilledWhileSending.Break),
        new("P10", "A hostile ZIP cannot write elsewhere, fill the disk or lie.", HostileZip.Break),
        new("P11", "A 10 GB capture needs no 10 GB.", LargeCapture.Break),
        new("P12", "No input makes a reader do anything but answer or refuse.", AnyInput.Break),
        new("P18", "Nothing in a template, a name or a reply can add a recipient or a header.", ForeignHeader.Break),
    ];
}
