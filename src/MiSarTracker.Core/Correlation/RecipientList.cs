using System.Text.RegularExpressions;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Recipients;

namespace MiSarTracker.Core.Correlation;

/// <summary>A host with what is known of its owner.</summary>
/// <param name="IsController">The owner is one of the case's own controllers rather than a third party.</param>
internal sealed record JudgedRecipient(Recipient Recipient, bool IsController);

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
                host.Host, host.Requests, host.Uploads, Math.Max(host.Bytes, host.ConnectionBytes), host.FirstSeen, host.LastSeen,
                owner, stated is null ? known?.Country : stated.Country, named),
            stated?.IsController ?? false);
    }

    /// <summary>A third party that was sent data and that the answer's text does not name.</summary>
    public static IEnumerable<Finding> NotNamed(IReadOnlyList<JudgedRecipient> recipients) =>
        recipients.Where(one => one is { IsController: false, Recipient: { Uploads: > 0, Named: false } }).Select(one => new Finding
        {
            Kind = FindingKind.RecipientNotNamed,
            Category = Category.Network,
            Subject = one.Recipient.Host,
            Count = one.Recipient.Uploads,
            Severity = Severity.Medium,
            Statement = $"{one.Recipient.Host}{(one.Recipient.Owner is null ? "" : $" ({one.Recipient.Owner})")} was sent {Wording.Number(one.Recipient.Uploads)} "
                + $"{(one.Recipient.Uploads == 1 ? "upload" : "uploads")}; the answer names neither the host nor its owner.",
            Innocent = [new InnocentExplanation("a processor named otherwise", null, "The answer may name the same company under a name that we do not know.")],
        });
}
