using System.Text.Json.Serialization;

namespace MiSarTracker.Core.Vendors;

/// <summary>
/// What is known of a vendor, as data with reasons: whom to write to, which hosts are its own, which uploads carry
/// what, which tables of its answers hold what. Read from <c>templates/vendors/ID.json</c> by <see cref="VendorProfileReader"/>. A vendor needs code
/// only when its payload is binary (<see cref="PayloadDecoders"/>).
/// </summary>
public sealed record VendorProfile
{
    /// <summary>Where an editor finds the schema: <c>vendor.schema.json</c>. Means nothing else.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Lower-case letters, digits and hyphens: <c>xiaomi-mi-fit</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The products' names, for letters and for finding the profile.</summary>
    public required IReadOnlyList<string> Products { get; init; }

    /// <summary>Whom to write to. Exactly one is the default.</summary>
    public required IReadOnlyList<Controller> Controllers { get; init; }

    /// <summary>
    /// How the clocks of this vendor's cases are counted, <c>month:1</c> or <c>days:30</c>; null for the law of the place. Nobody is called late
    /// before the day that the law's own rule gives.
    /// </summary>
    public string? Rule { get; init; }

    /// <summary>Whose hosts are whose, in the order in which they are tried.</summary>
    public required IReadOnlyList<HostRule> Hosts { get; init; }

    /// <summary>What requests carry, in the order in which they are tried: the first match counts.</summary>
    public required IReadOnlyList<UploadRule> Uploads { get; init; }

    /// <summary>Fields that any request to the vendor's hosts may carry.</summary>
    public IReadOnlyList<CommonField> Common { get => field ?? []; init; }

    /// <summary>How an answer's body says that the upload was taken, or null when only the status says it.</summary>
    public EnvelopeRule? Envelope { get; init; }

    public required SecretRules Secrets { get; init; }

    /// <summary>Parameters that say nothing of the person, such as a request's random number: never searched for in an answer.</summary>
    public IgnoredFields? Ignored { get; init; }

    /// <summary>Values that stand for "not known" wherever they appear: never a fact.</summary>
    public IReadOnlyList<string> Placeholders { get => field ?? []; init; }

    /// <summary>The tables of the vendor's answers, in the order in which they are tried.</summary>
    public IReadOnlyList<ExportRule> Exports { get => field ?? []; init; }

    /// <summary>Tables and files of the answers that are known and deliberately not mapped; they are still searched.</summary>
    public IReadOnlyList<NotMappedRule> NotMapped { get => field ?? []; init; }

    /// <summary>What stands in fields that answers may hold encoded and unexplained.</summary>
    public IReadOnlyList<EncodedRule> Encoded { get => field ?? []; init; }

    public IReadOnlyList<ToleranceRule> Tolerances { get => field ?? []; init; }

    public required MergingRule Merging { get; init; }

    /// <summary>Stamps in names that say when an answer was made.</summary>
    public IReadOnlyList<CutOffRule> CutOff { get => field ?? []; init; }

    /// <summary>What the vendor is known to leave out of its answers.</summary>
    public IReadOnlyList<KnownOmission> KnownOmissions { get => field ?? []; init; }

    /// <summary>Files that show that the profile reads what it says; run by <c>misar vendor check</c>.</summary>
    public IReadOnlyList<VendorSample> Samples { get => field ?? []; init; }

    /// <summary>The controller that a new case addresses first.</summary>
    public Controller DefaultController => Controllers.First(controller => controller.Default);

    /// <summary>The rule for a lower-case host, or null when it is not the vendor's.</summary>
    public HostRule? Host(string host) => Hosts.FirstOrDefault(rule => rule.Match.IsMatch(host));

    /// <summary>The tolerance for a field of a category, or null when it must be equal.</summary>
    public ToleranceRule? Tolerance(Observations.Category category, string field) =>
        Tolerances.FirstOrDefault(rule => rule.Category == category && rule.Field == field);
}

/// <summary>Parameters, form fields and properties that are overlooked.</summary>
public sealed record IgnoredFields
{
    /// <summary>Without regard to case.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required string Because { get; init; }
}

/// <summary>How two uploads of the same day combine; see <see cref="Observations.MinuteMerging"/>.</summary>
public sealed record MergingRule
{
    public required Observations.MinuteMerging Minutes { get; init; }

    public required string Because { get; init; }
}

/// <summary>How far two values may be apart and still be the same.</summary>
public sealed record ToleranceRule
{
    public required Observations.Category Category { get; init; }

    /// <summary>A field's name, or <c>start</c>, <c>end</c> or <c>time</c> for times.</summary>
    public required string Field { get; init; }

    /// <summary>Not negative; in <see cref="Unit"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary><c>seconds</c>, <c>minutes</c>, <c>percent</c>, or <c>absolute</c> for the field's own unit.</summary>
    public required string Unit { get; init; }

    public required string Because { get; init; }
}

/// <summary>A stamp in a name of an answer, such as <c>SLEEP_1714557600000.csv</c>.</summary>
public sealed record CutOffRule
{
    /// <summary>Tested against the archive's and the members' names; the group <c>stamp</c> is the stamp.</summary>
    public required Pattern Match { get; init; }

    /// <summary>
    /// <c>unix</c> (seconds or milliseconds, told apart by size), <c>date</c> (yyyyMMdd: the day's end, UTC) or <c>utc</c>
    /// (yyyyMMddTHHmmssZ).
    /// </summary>
    public required string Stamp { get; init; }

    public required string Because { get; init; }
}

/// <summary>A kind of data that the vendor uploads but is known to leave out of its answers.</summary>
public sealed record KnownOmission
{
    public required Observations.Category Category { get; init; }

    public required string Text { get; init; }

    public required string Because { get; init; }
}
