namespace MiSarTracker.Formats;

/// <summary>A part that could not be read; the rest of the file was.</summary>
/// <param name="At">The place: <c>byte 70112</c>, <c>entry 12</c>, <c>HEARTRATE/HEARTRATE_1.csv line 7</c>.</param>
/// <param name="Reason">What is wrong, in a sentence that a person can act on.</param>
public sealed record Damage(string At, string Reason);
