namespace MiSarTracker.Core.Observations;

/// <summary>
/// Many values of one thing over a short time, such as the positions of one run: kept as arrays, each value a sample.
/// </summary>
/// <param name="Category"><see cref="Category.WorkoutTrack"/> for positions; <c>other:workout-heart-rate</c> and so on.</param>
/// <param name="Subject">What the series belongs to: the workout's id.</param>
/// <param name="Start">Time zero.</param>
/// <param name="Seconds">Seconds after <paramref name="Start"/> of each value, not decreasing.</param>
/// <param name="Columns">The columns' names: <c>latitude</c>, <c>longitude</c> (degrees); <c>bpm</c>; …</param>
/// <param name="Values">One array per column, each as long as <paramref name="Seconds"/>; NaN for no value.</param>
/// <param name="Origin">Where it stands.</param>
public sealed record Series(
    Category Category,
    string Subject,
    Moment Start,
    int[] Seconds,
    IReadOnlyList<string> Columns,
    double[][] Values,
    Origin Origin);
