using System.Text.RegularExpressions;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Recipients;

namespace MiSarTracker.Core.Correlation;

/// <summary>A host with what is known of its owner.</summary>
/// <param name="IsController">The owner is one of the case's own controllers rather than a third party.</param>
/// <param name="IsForeign">The profile does not know the host, so that what it was sent may be another app's.</param>
internal sealed record JudgedRecipient(Recipient Recipient, bool IsController, bool IsForeign);

/// <summary>
/// The hosts that received requests, and whether the answer names them or their owner. The Court of Justice asks for
/// the actual recipients (C-154/21); a controller's own server is no recipient, so only other hosts become findings.
/// </summary>
/// <param name="owners">What the vendor's profile says of hosts; comes before the directory.</param>
internal sealed class RecipientList(IReadOnlyList<HostOwner> owners, RecipientDirectory directory, RecipientNames names)
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public IReadOnlyList<JudgedRecipient> Of(IReadOnlyList<HostTraffic> hosts) =>
        [.. hosts.OrderBy(host => host.Host, StringComparer.Ordinal).Select(One)];

    private JudgedRecipient One(HostTraffic host)
    {
        var stated = owners.FirstOrDefault(known => Regex.IsMatch(host.Host, known.Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatternTimeout));
        var known = directory.Find(host.Host);
        var owner = stated?.Owner ?? known?.Owner;
        bool? named = names.HasWords ? names.Find([host.Host, .. known?.Domains ?? []], [.. owner is null ? Array.Empty<string>() : [owner], .. known?.Names ?? []]) is not null : null;
        return new JudgedRecipient(
            new Recipient(
                host.Host, host.Requests, host.Uploads + host.Foreign, Math.Max(host.Bytes, host.ConnectionBytes), host.FirstSeen, host.LastSeen,
                owner, stated is null ? known?.Country : stated.Country, named),
            stated?.IsController ?? false,
            IsForeign: host.Uploads == 0);
    }

    /// <summary>
    /// Hosts of others that were sent something and that the answer does not name. One that nothing ties to the app is a remark: the request may be
    /// another app's.
    /// </summary>
    public static IEnumerable<Finding> NotNamed(IReadOnlyList<JudgedRecipient> recipients, IReadOnlyDictionary<string, ForeignLink> links) =>
        recipients.Where(one => one is { IsController: false, Recipient: { Uploads: > 0, Named: false } })
            .Select(one => NotNamed(one, links.GetValueOrDefault(one.Recipient.Host)));

    private static Finding NotNamed(JudgedRecipient one, ForeignLink? link)
    {
        var (host, count) = (one.Recipient, one.Recipient.Uploads);
        var isOurs = !one.IsForeign || link is not null;
        return new Finding
        {
            Kind = FindingKind.RecipientNotNamed,
            Category = Category.Network,
            Subject = host.Host,
            Count = count,
            Severity = isOurs ? Severity.Medium : Severity.Info,
            Statement = $"{host.Host}{(host.Owner is null ? "" : $" ({host.Owner})")} was sent {Wording.Number(count)} {(count == 1 ? "upload" : "uploads")}"
                + (link is null ? "" : $", with the {link.Name} that the vendor was sent too")
                + "; the answer names neither the host nor its owner."
                + (isOurs ? "" : " Nothing ties it to this app."),
            Innocent =
            [
                new InnocentExplanation("a processor named otherwise", null, "The answer may name the same company under a name that we do not know."),
                .. one.IsForeign ? new[] { AnotherApp(link) } : [],
            ],
            Evidence = link is null ? [] : [link.Where],
        };
    }

    private static InnocentExplanation AnotherApp(ForeignLink? link) => link is null
        ? new InnocentExplanation("another app", null, "A capture holds the traffic of the whole phone; the request may be another app's.")
        : new InnocentExplanation("another app", true, $"It carries the {link.Name}{(link.Notation == Search.Notation.AsSent ? "" : " in another notation")}, which only this app and its vendor use.");
}
