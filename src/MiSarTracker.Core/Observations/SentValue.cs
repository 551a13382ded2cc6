using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// A value that a request carried and that no rule gives a meaning. What it is, nobody here knows; but it can be looked for in the
/// vendor's answer: as it is, hashed, encoded, in other notations.
/// </summary>
/// <param name="Host">The host that it was sent to, lower case; any host, not only the vendor's.</param>
/// <param name="Endpoint">Method and path of the request that carried it first, secrets replaced: <c>POST /v2/sync</c>.</param>
/// <param name="Field">
/// Where it stood: <c>query.NAME</c>, <c>form.NAME</c>, or a path into JSON such as <c>$.items[*].bpm</c>. What was found inside a text goes
/// on from it, as in <c>form.payload(base64)(gzip).user.name</c>.
/// </param>
/// <param name="Value">As it was sent. A secret's hash or commitment stands in its place; see <see cref="IsSecret"/>.</param>
/// <param name="Origin">Where it was first seen.</param>
/// <param name="SeenAt">When it was first seen, or null.</param>
public sealed record SentValue(string Host, string Endpoint, string Field, string Value, Origin Origin, Instant? SeenAt)
{
    /// <summary>How often the field had this value.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The value is a hash or a commitment and cannot be searched for.</summary>
    public bool IsSecret { get; init; }
}
