using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Recipients;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>Everything that the comparison knows. It reads nothing else: no clock, no file.</summary>
public sealed record ComparisonInput
{
    /// <summary>The case's reference.</summary>
    public required string Case { get; init; }

    public required Instant ComparedAt { get; init; }

    public required Uploaded Uploaded { get; init; }

    public required Disclosed Disclosed { get; init; }

    /// <summary>
    /// The answers of each day by themselves, in the order of arrival, when they came on several days; <see cref="Disclosed"/> holds them all.
    /// </summary>
    public IReadOnlyList<Disclosed> Rounds { get; init; } = [];

    /// <summary>What newer captures upload that older ones did not, when it was asked for.</summary>
    public Drift? Drift { get; init; }

    public ComparisonRules Rules { get; init; } = new();

    /// <summary>Whose hosts these are, as far as the vendor's profile does not say.</summary>
    public RecipientDirectory Recipients { get; init; } = RecipientDirectory.Empty;

    /// <summary>The day by which the answer was due (the safe date), or null when no clock runs.</summary>
    public LocalDate? Due { get; init; }

    /// <summary>The answer's files, to tell letters from data and to know what could not be read; may be left out.</summary>
    public IReadOnlyList<AnswerPart> Parts { get; init; } = [];

    /// <summary>By which the answer's words are judged; without any, no item of Article 15 is.</summary>
    public IReadOnlyList<LanguagePatterns> Patterns { get; init; } = [];

    /// <summary>How the person judged items of Article 15.</summary>
    public IReadOnlyList<ItemGrade> Grades { get; init; } = [];

    /// <summary>Notices of extension that the law does not accept as they were given.</summary>
    public IReadOnlyList<FaultyExtension> Extensions { get; init; } = [];
}

/// <summary>A notice of extension with what is wrong with it (Art. 12(3) GDPR).</summary>
/// <param name="Received">The day on which it reached the person.</param>
/// <param name="Exhibit">The exhibit that shows it; null when none does.</param>
/// <param name="Faults">Plain sentences; at least one.</param>
public sealed record FaultyExtension(LocalDate Received, string? Exhibit, IReadOnlyList<string> Faults);

/// <summary>What a profile and the user say about how to compare.</summary>
public sealed record ComparisonRules
{
    /// <summary>
    /// By category name (<c>heart-rate</c>) or category and field (<c>sleep.start</c>): how far two values may differ
    /// and still agree. Anything not listed must be equal, but for the defaults in <see cref="Tolerance.Defaults"/>.
    /// </summary>
    public IReadOnlyDictionary<string, Tolerance> Tolerances { get; init; } = new Dictionary<string, Tolerance>();

    /// <summary>The clock that the user says the answer's bare times were read from, or null.</summary>
    public DateTimeZone? AnswerZone { get; init; }

    /// <summary>The vendor's name in sentences: <c>Xiaomi</c>.</summary>
    public string Vendor { get; init; } = "The vendor";

    /// <summary>Known hosts: who runs them.</summary>
    public IReadOnlyList<HostOwner> Hosts { get; init; } = [];

    /// <summary>The tolerance of a category, or of one of its fields.</summary>
    public Tolerance ToleranceOf(Category category, string? field = null)
    {
        if (field is not null && Find($"{category.Name}.{field}") is { } ofField)
        {
            return ofField;
        }

        return field is null || IsOwnValue(category, field) ? Find(category.Name) ?? Tolerance.None : Tolerance.None;
    }

    /// <summary>The tolerances of a profile, by the keys of <see cref="Tolerances"/>, in the fields' own units.</summary>
    public static Dictionary<string, Tolerance> TolerancesOf(VendorProfile profile)
    {
        var tolerances = new Dictionary<string, Tolerance>(StringComparer.Ordinal);
        foreach (var rule in profile.Tolerances)
        {
            var key = rule.Field == "value" || IsOwnValue(rule.Category, rule.Field) ? rule.Category.Name : $"{rule.Category.Name}.{rule.Field}";
            tolerances[key] = new Tolerance(ToleranceUnits.InFieldUnit(rule), rule.Because) { IsPercent = rule.Unit == ToleranceUnits.Percent };
        }

        return tolerances;
    }

    // The minutes of a category hold one value each, which single measurements and totals call by a name.
    private static bool IsOwnValue(Category category, string field) =>
        (category == Category.HeartRate && field == "bpm") || (category == Category.Steps && field == "steps");

    private Tolerance? Find(string key) => Tolerances.GetValueOrDefault(key) ?? Tolerance.Defaults.GetValueOrDefault(key);
}

/// <summary>How far two values may differ and still agree, in the field's unit (minutes for moments), with the reason.</summary>
public sealed record Tolerance(decimal Amount, string Because)
{
    public static Tolerance None { get; } = new(0, "");

    /// <summary>The amount is a percentage of the uploaded value.</summary>
    public bool IsPercent { get; init; }

    public bool Allows(decimal uploaded, decimal disclosed) =>
        Math.Abs(uploaded - disclosed) <= (IsPercent ? Math.Abs(uploaded) * Amount / 100 : Amount);

    /// <summary>The same for whole numbers.</summary>
    public MinuteTolerance ForMinutes => IsPercent ? new(0, (int)Math.Min(Amount * 100, int.MaxValue)) : new((int)Math.Min(Amount, int.MaxValue), 0);

    /// <summary>As a reader sees it: <c>4</c>, <c>2 %</c>.</summary>
    public string Display => IsPercent ? $"{Wording.Value(Amount)} %" : Wording.Value(Amount);

    /// <summary>What holds for every vendor, because the cause is the unit and not the vendor.</summary>
    public static IReadOnlyDictionary<string, Tolerance> Defaults { get; } = new Dictionary<string, Tolerance>
    {
        ["sleep.start"] = new(1, "minutes; exports print whole minutes or seconds of the same instant"),
        ["sleep.end"] = new(1, "minutes; exports print whole minutes or seconds of the same instant"),
        ["sleep-stage.end"] = new(1, "minutes; inclusive and exclusive last minutes"),
        ["sleep.deep"] = new(1, "minutes; rounding"),
        ["sleep.light"] = new(1, "minutes; rounding"),
        ["sleep.awake"] = new(1, "minutes; rounding"),
        ["sleep.rem"] = new(1, "minutes; rounding"),
        ["workout.distance"] = new(1, "metres; uploads hold whole metres, exports decimals"),
        ["workout.calories"] = new(1, "kcal; uploads hold whole numbers, exports decimals"),
        ["workout.duration"] = new(1, "seconds; rounding"),
        ["workout.pace-average"] = new(0.01m, "s/m; printed with two decimals or more"),
        ["workout.pace-fastest"] = new(0.01m, "s/m; printed with two decimals or more"),
        ["workout.pace-slowest"] = new(0.01m, "s/m; printed with two decimals or more"),
        ["body.weight"] = new(0.05m, "kg; printed with one or two decimals"),
        ["body.height"] = new(0.5m, "cm; rounding"),
        ["body.bmi"] = new(0.1m, "computed anew on export"),
        ["body.fat-rate"] = new(0.05m, "%; rounding"),
        ["body.water-rate"] = new(0.05m, "%; rounding"),
        ["body.muscle"] = new(0.05m, "kg; rounding"),
        ["body.bone-mass"] = new(0.05m, "kg; rounding"),
        ["body.metabolism"] = new(0.5m, "kcal; rounding"),
        ["body.visceral-fat"] = new(0.05m, "rounding"),
        ["steps.distance"] = new(1, "metres; rounding"),
        ["steps.run-distance"] = new(1, "metres; rounding"),
        ["steps.calories"] = new(1, "kcal; rounding"),
    };
}

/// <summary>A tolerance for minutes, which hold whole numbers and come by the million.</summary>
/// <param name="Whole">How far apart they may be.</param>
/// <param name="Hundredths">Or how far in hundredths of a percent of the uploaded value.</param>
public readonly record struct MinuteTolerance(int Whole, int Hundredths)
{
    public bool Allows(int uploaded, int disclosed)
    {
        var apart = Math.Abs(uploaded - disclosed);
        return apart <= Whole || (Hundredths > 0 && apart * 10_000L <= (long)Math.Abs(uploaded) * Hundredths);
    }
}

/// <param name="Pattern">A regular expression over the host name.</param>
/// <param name="Owner">Who runs it.</param>
/// <param name="Country">Two letters, or null when it is not known.</param>
/// <param name="IsController">True when the owner is one of the case's own controllers rather than a third party.</param>
public sealed record HostOwner(string Pattern, string Owner, string? Country, bool IsController);
