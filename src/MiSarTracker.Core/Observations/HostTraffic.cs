using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>What the captures show of one host: the raw material of the list of recipients.</summary>
/// <param name="Host">Lower-case host name as the app asked for it.</param>
/// <param name="Requests">Exchanges with it, failed ones included.</param>
/// <param name="Uploads">Exchanges that carried personal data that we decoded, or an opaque body.</param>
/// <param name="Opaque">Uploads whose body could not be read (encrypted, unknown).</param>
/// <param name="Refused">Connections where the app refused interception.</param>
/// <param name="Bytes">Bytes of request bodies as sent.</param>
public sealed record HostTraffic(
    string Host, long Requests, long Uploads, long Opaque, long Refused, long Bytes, Instant? FirstSeen, Instant? LastSeen)
{
    /// <summary>Requests with a body to a host that is not the vendor's: a third party, or another app of the phone.</summary>
    public long Foreign { get; init; }

    /// <summary>Connections of which only the outside is known, from a table of connections.</summary>
    public long Connections { get; init; }

    /// <summary>Bytes that the device sent in those. Where an exchange was captured too, they are the same bytes once more.</summary>
    public long ConnectionBytes { get; init; }
}
