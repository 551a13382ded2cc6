namespace MiSarTracker.Core.Observations;

/// <summary>A field of an answer whose values are encoded, and of which the answer does not say how.</summary>
/// <param name="Origin">Exhibit and member, and the row of the first value where it is known.</param>
/// <param name="Field">The column's name, or the path into JSON.</param>
/// <param name="Count">How many values.</param>
/// <param name="Bytes">What they hold when they are decoded.</param>
/// <param name="Categories">What the vendor's profile knows them to be; empty when it knows nothing.</param>
/// <param name="Because">How it knows; null when it does not.</param>
public sealed record EncodedField(Origin Origin, string Field, long Count, long Bytes, IReadOnlyList<Category> Categories, string? Because);
