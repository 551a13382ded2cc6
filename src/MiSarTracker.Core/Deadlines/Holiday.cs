using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>A public holiday on its day.</summary>
/// <param name="Name">English name; a substitute day says so.</param>
/// <param name="Source">The act that makes it one.</param>
/// <param name="Doubt">Why it is uncertain that it counts, or null.</param>
public sealed record Holiday(LocalDate Date, string Name, string LocalName, string Source, string? Doubt)
{
    /// <summary>English name of the holiday that this day is kept for instead; null for a holiday on its own day.</summary>
    public string? SubstituteFor { get; init; }
}
