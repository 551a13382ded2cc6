using NodaTime;

namespace MiSarTracker.Formats.Captures;

/// <summary>All connections of one app with one host.</summary>
/// <param name="IsVendorApp">
/// True when the app also talked to a host of the vendor in the same capture, or when the capture names no app: its
/// other hosts then are recipients too. What another app on the same phone did says nothing about the vendor.
/// </param>
public sealed record HostConnections(
    string Host, string? App, string? Package, long Connections, long BytesSent, long BytesReceived, Instant? FirstSeen, Instant? LastSeen, bool IsVendorApp);

/// <summary>How often the app refused interception for a host.</summary>
public sealed record RefusedHost(string Host, string Cause, long Times);

/// <summary>Folds a capture's connections and refusals by host and app. Holds at most <see cref="MostRows"/> of either.</summary>
public sealed class ConnectionSummary
{
    public const int MostRows = 50_000;

    private readonly Dictionary<(string Host, string? App, string? Package), HostConnections> _rows = [];
    private readonly Dictionary<(string Host, string Cause), long> _refused = [];

    /// <summary>Connections that are in no row, because there were too many different ones.</summary>
    public long Unlisted { get; private set; }

    public IReadOnlyList<RefusedHost> Refused =>
    [
        .. _refused.Select(entry => new RefusedHost(entry.Key.Host, entry.Key.Cause, entry.Value))
            .OrderBy(entry => entry.Host, StringComparer.Ordinal).ThenBy(entry => entry.Cause, StringComparer.Ordinal),
    ];

    /// <summary>Takes what a capture shows from outside; other items are not for it.</summary>
    public void Take(CaptureItem item)
    {
        if (item is CaptureItem.Connection connection)
            Add(connection.Seen);
        else if (item is CaptureItem.InterceptionRefused refused)
            Add(refused);
    }

    public void Add(HostConnection seen)
    {
        var key = (seen.Host, seen.App, seen.Package);
        if (!_rows.TryGetValue(key, out var row))
        {
            if (_rows.Count == MostRows)
            {
                Unlisted++;
                return;
            }

            row = new HostConnections(seen.Host, seen.App, seen.Package, 0, 0, 0, null, null, IsVendorApp: false);
        }

        _rows[key] = row with
        {
            Connections = row.Connections + 1,
            BytesSent = Sum(row.BytesSent, seen.BytesSent),
            BytesReceived = Sum(row.BytesReceived, seen.BytesReceived),
            FirstSeen = row.FirstSeen is null || seen.FirstSeen < row.FirstSeen ? seen.FirstSeen ?? row.FirstSeen : row.FirstSeen,
            LastSeen = row.LastSeen is null || seen.LastSeen > row.LastSeen ? seen.LastSeen ?? row.LastSeen : row.LastSeen,
        };
    }

    public void Add(CaptureItem.InterceptionRefused refused)
    {
        var key = (refused.Host, refused.Cause);
        if (_refused.Count < MostRows || _refused.ContainsKey(key))
            _refused[key] = _refused.GetValueOrDefault(key) + 1;
    }

    /// <summary>The rows by host and app.</summary>
    /// <param name="isVendors">Whether a host is the vendor's.</param>
    public IReadOnlyList<HostConnections> Rows(Func<string, bool> isVendors)
    {
        var apps = _rows.Values.Where(row => isVendors(row.Host)).Select(row => (row.App, row.Package)).ToHashSet();
        return
        [
            .. _rows.Values
                .Select(row => row with { IsVendorApp = (row.App is null && row.Package is null) || apps.Contains((row.App, row.Package)) })
                .OrderBy(row => row.Host, StringComparer.Ordinal)
                .ThenBy(row => row.App, StringComparer.Ordinal).ThenBy(row => row.Package, StringComparer.Ordinal),
        ];
    }

    private static long Sum(long held, long more) => held > long.MaxValue - more ? long.MaxValue : held + more;
}
