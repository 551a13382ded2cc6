using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Storage;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Journey;

/// <summary>
/// What went into a comparison besides the exhibits; kept with it, so that it can be made again from the same inputs.
/// </summary>
/// <param name="TimeZone">IANA name of the clock that the answer's bare times were read from, or null to find it.</param>
/// <param name="Tolerances">By category or category and field.</param>
public sealed record ComparisonOptions(string? TimeZone, IReadOnlyDictionary<string, decimal> Tolerances)
{
    public static ComparisonOptions None { get; } = new(null, new Dictionary<string, decimal>());

    /// <summary>The last day beyond doubt on which the answer was due, ISO; null when no clock ran.</summary>
    public string? Due { get; init; }

    /// <summary>The last capture of the older side, when what is new since then was asked for.</summary>
    public string? Since { get; init; }

    /// <summary>The vendor profile that was used, SHA-256 of its file.</summary>
    public string? Profile { get; init; }

    /// <summary>The patterns by which the answer's words were judged, SHA-256 of their files; null before there were any.</summary>
    public string? Article15 { get; init; }

    /// <summary>Whose hosts these are, SHA-256 of the file; null before there was one.</summary>
    public string? Recipients { get; init; }

    /// <summary>How the person judged items of Article 15.</summary>
    public IReadOnlyList<GradeOption> Grades { get; init; } = [];

    /// <summary>Notices of extension with faults; null for none.</summary>
    public IReadOnlyList<ExtensionOption>? Extensions { get; init; }
}

/// <summary>A notice of extension with its faults, as it went into a comparison.</summary>
/// <param name="Received">ISO.</param>
public sealed record ExtensionOption(string Received, string? Exhibit, IReadOnlyList<string> Faults);

/// <summary>A judgement of the person's, as it went into a comparison.</summary>
/// <param name="Status">The contract's name.</param>
public sealed record GradeOption(string Item, string Status, string Because);

/// <summary>Compares a case: decodes both sides from the vault and puts them beside each other.</summary>
public sealed class CaseComparison(Workspace workspace, Templates templates, Settings settings)
{
    /// <summary>The options with the case's clock and the profile as they are now.</summary>
    public ComparisonOptions Complete(Case @case, ComparisonOptions options) => options with
    {
        Due = @case.Controllers.Where(controller => !controller.HasOpenPause).Select(controller => controller.Clock?.Safe).Max() is { } due ? LocalDatePattern.Iso.Format(due) : null,
        Profile = templates.VendorHash(@case.Vendor),
        Article15 = templates.Article15Hash(),
        Recipients = templates.RecipientsHash(),
        Extensions = FaultyExtensions(@case) is { Count: > 0 } faulty ? faulty : null,
        Grades = [.. ItemGrade.Current(@case.Grades).Select(grade => new GradeOption(grade.Item, ContractName.Of(grade.Status!.Value), grade.Because))],
    };

    /// <summary>Compares with what the options say, and nothing else that could change.</summary>
    /// <param name="progress">Told how many bytes of the case's files were read; null when nobody looks.</param>
    /// <exception cref="Refusal">There is nothing to compare yet.</exception>
    public Comparison Compare(Case @case, ComparisonOptions options, Instant now, CancellationToken cancellationToken, Action<long>? progress = null)
    {
        RequireBothSides(@case);
        var profile = templates.Vendor(@case.Vendor);
        var material = new CaseMaterial(workspace, @case, profile, settings.Person.Zone) { Progress = progress, AsOf = now };
        var patterns = Task.Run(templates.Article15, cancellationToken);
        var (uploaded, disclosed, parts) = material.ReadBoth(cancellationToken);
        return Correlator.Compare(
            new ComparisonInput
            {
                Case = @case.Reference.ToString(),
                ComparedAt = now,
                Uploaded = uploaded,
                Disclosed = disclosed,
                Rounds = material.ReadRounds(cancellationToken),
                Parts = parts,
                Patterns = patterns.GetAwaiter().GetResult(),
                Grades = [.. options.Grades.Select(grade => new ItemGrade(grade.Item, ContractName.Parse<ItemStatus>(grade.Status), grade.Because, now))],
                Rules = Rules(profile, options),
                Recipients = templates.Recipients(),
                Extensions = [.. (options.Extensions ?? []).Select(notice => new FaultyExtension(LocalDatePattern.Iso.Parse(notice.Received).Value, notice.Exhibit, notice.Faults))],
                Drift = options.Since is { } since ? material.ReadDrift(since, cancellationToken) : null,
                Due = options.Due is { } due ? LocalDatePattern.Iso.Parse(due).Value : null,
            },
            cancellationToken);
    }

    /// <summary>What is new since a capture, without any answer.</summary>
    public Drift Drift(Case @case, string since, CancellationToken cancellationToken) =>
        new CaseMaterial(workspace, @case, templates.Vendor(@case.Vendor), settings.Person.Zone).ReadDrift(since, cancellationToken);

    private static List<ExtensionOption> FaultyExtensions(Case @case) =>
        [.. from controller in @case.Controllers
            from reply in controller.Replies
            where reply.Kind == ReplyKind.Extension && reply.Faults.Count > 0
            select new ExtensionOption(LocalDatePattern.Iso.Format(reply.Received), reply.Exhibit, [.. reply.Faults])];

    private static void RequireBothSides(Case @case)
    {
        if (@case.Exhibits.All(exhibit => exhibit.Kind != ExhibitKind.Evidence))
        {
            throw new Refusal($"{@case.Reference} has no capture: there is nothing to compare with.", $"misar evidence add {@case.Reference} capture.mitm");
        }

        if (@case.Exhibits.All(exhibit => exhibit.Kind != ExhibitKind.Response))
        {
            throw new Refusal($"{@case.Reference} has no answer yet.", $"misar response add {@case.Reference} answer.zip");
        }
    }

    private static ComparisonRules Rules(VendorProfile profile, ComparisonOptions options)
    {
        var tolerances = ComparisonRules.TolerancesOf(profile);
        foreach (var (key, amount) in options.Tolerances)
        {
            tolerances[key] = new Tolerance(amount, "set by the user");
        }

        return new ComparisonRules
        {
            Tolerances = tolerances,
            Vendor = profile.Name,
            AnswerZone = options.TimeZone is { } zone
                ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? throw new BadInput("--timezone", null, $"there is no time zone “{zone}”", "Write an IANA name such as Europe/Amsterdam.")
                : null,
            Hosts = [.. profile.Hosts.Select(host => new HostOwner(host.Match.ToString(), host.Owner, host.Country, IsController(profile, host)))],
        };
    }

    private static bool IsController(VendorProfile profile, HostRule host) =>
        profile.Controllers.Any(controller => controller.Name.Contains(host.Owner, StringComparison.OrdinalIgnoreCase) || host.Owner.Contains(controller.Name, StringComparison.OrdinalIgnoreCase));
}
