using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// A field and its value that says something about the person, the device, the account, the network or the place:
/// a device id, a time zone, a geohash, a nickname.
/// </summary>
/// <param name="Category">One of profile, device, account, network, location, usage, or <c>other:</c>.</param>
/// <param name="Name">The field's canonical name: <c>device-id</c>, <c>user-agent</c>, <c>geohash</c>.</param>
/// <param name="Value">
/// The value, as text. A secret (token, password) is never here: its <c>sha256:…</c>, or the <c>hmac-sha256:…</c> of one that could be
/// guessed, stands in its place, so that equal secrets stay recognisable.
/// </param>
/// <param name="Origin">Where it was first seen.</param>
/// <param name="SeenAt">When it was first seen, or null.</param>
public sealed record Fact(Category Category, string Name, string Value, Origin Origin, Instant? SeenAt = null)
{
    /// <summary>In how many exchanges or rows the same field had the same value.</summary>
    public int Count { get; init; } = 1;

    /// <summary>True when the value identifies a person, a device or an installation; see the comparison's identifiers.</summary>
    public bool Identifies { get; init; }

    /// <summary>For a location: true when it came from a workout, false when from outside one; null for anything else.</summary>
    public bool? InWorkout { get; init; }
}
