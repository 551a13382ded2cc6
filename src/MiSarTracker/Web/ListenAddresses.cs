using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MiSarTracker.Core;

namespace MiSarTracker.Web;

/// <summary>Where the pages are, and by which names they may be asked for.</summary>
internal sealed class ListenAddresses
{
    private readonly IReadOnlyList<Uri> _urls;

    private ListenAddresses(IReadOnlyList<Uri> urls) => _urls = urls;

    /// <summary>Addresses and ports to listen at.</summary>
    public IEnumerable<IPEndPoint> EndPoints => _urls.Select(url => new IPEndPoint(AddressOf(url)!, url.Port));

    /// <param name="urls">One or more <c>http://address:port</c>, with ; between them.</param>
    /// <exception cref="Refusal">Not such an address, or one that would listen everywhere.</exception>
    public static ListenAddresses Parse(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } all
            ? new ListenAddresses([.. all.Select(One)])
            : throw Bad(urls, "is empty");

    /// <summary>
    /// Whether a Host header names one of the addresses, or this machine by its loopback names. Anything else is a foreign
    /// site that made its own name point here (DNS rebinding).
    /// </summary>
    public bool Knows(HostString host) => host.HasValue && _urls.Any(url =>
        string.Equals(url.IdnHost, host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        || (IPAddress.IsLoopback(AddressOf(url)!) && host.Host is "localhost" or "127.0.0.1" or "[::1]"));

    /// <summary>The first address as it was really taken (port 0 becomes a port).</summary>
    public static Uri Bound(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public override string ToString() => string.Join(", ", _urls.Select(url => url.GetLeftPart(UriPartial.Authority)));

    private static Uri One(string text)
    {
        if (text.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            throw Bad(text, "asks for TLS, which the service does not speak itself", "Put a reverse proxy with a certificate in front.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/" || url.UserInfo.Length > 0)
            throw Bad(text, "is no address such as http://127.0.0.1:5080");
        if (AddressOf(url) is not { } address)
            throw Bad(text, "has a name where an IP address must stand");
        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? throw Bad(text, "would listen on every network", "Name the one address that is meant; 127.0.0.1 is this machine alone.")
            : url;
    }

    private static IPAddress? AddressOf(Uri url) => url.IdnHost == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(url.IdnHost, out var address) ? address : null;

    private static Refusal Bad(string text, string reason, string? remedy = null) =>
        new($"--urls: “{text}” {reason}.", remedy ?? "For example --urls http://127.0.0.1:5080");
}
