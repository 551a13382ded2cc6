using System.Text.RegularExpressions;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// The hosts that received requests, and whether the answer names them or their owner. The Court of Justice asks for
/// the actual recipients (C-154/21); a controller's own server is no recipient, so only other hosts become findings.
/// </summary>
internal static class Recipients
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<(Recipient Recipient, bool IsController)> List(
        IReadOnlyList<HostTraffic> hosts, IReadOnlyList<HostOwner> owners, IReadOnlyList<AnswerText> texts) =>
    [
        .. hosts.OrderBy(host => host.Host, StringComparer.Ordinal).Select(host =>
        {
            var owner = owners.FirstOrDefault(known => Regex.IsMatch(host.Host, known.Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatternTimeout));
            bool? named = texts.Count == 0 ? null : texts.Any(text =>
                text.Text.Contains(host.Host, StringComparison.OrdinalIgnoreCase)
                || (owner is not null && text.Text.Contains(owner.Owner, StringComparison.OrdinalIgnoreCase)));
            return (new Recipient(host.Host, host.Requests, host.Uploads, Math.Max(host.Bytes, host.ConnectionBytes), host.FirstSeen, host.LastSeen, owner?.Owner, owner?.Country, named), owner?.IsController ?? false);
        }),
    ];

    /// <summary>A third party that was sent data and that the answer's text does not name.</summary>
    public static IEnumerable<Finding> NotNamed(IReadOnlyList<(Recipient Recipient, bool IsController)> recipients) =>
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
