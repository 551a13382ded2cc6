namespace MiSarTracker.Core.Observations;

/// <summary>
/// Something that happened at a time, or over one: a night, a sleep stage, a workout, a weighing, a single
/// measurement. Fields keep the source's own names after mapping (see the vendor profile).
/// </summary>
/// <param name="Category">What kind of thing.</param>
/// <param name="Start">When it began (or was measured).</param>
/// <param name="End">When it ended, exclusive; null for a measurement at one instant.</param>
/// <param name="Fields">What was said of it, in the source's order, with canonical field names.</param>
/// <param name="Origin">Where it stands.</param>
/// <param name="Subject">
/// What a reader calls it within its category, or an empty string: a workout's id, <c>manual</c> for a
/// measurement that the wearer started.
/// </param>
public sealed record Occurrence(
    Category Category,
    Moment Start,
    Moment? End,
    IReadOnlyList<Field> Fields,
    Origin Origin,
    string Subject = "")
{
    /// <summary>The value of the named field, or null.</summary>
    public Field? this[string name] => Fields.FirstOrDefault(field => field.Name == name);
}

/// <summary>A named value: a number when it is one (with its unit in the name's documentation), else text.</summary>
public sealed record Field(string Name, decimal? Number, string? Text)
{
    public static Field Of(string name, decimal number) => new(name, number, null);

    public static Field Of(string name, string text) => new(name, null, text);

    /// <summary>The value as a reader sees it; numbers without trailing zeros.</summary>
    public string Display => Number is { } number
        ? number.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture)
        : Text ?? "";
}
