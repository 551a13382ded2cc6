namespace MiSarTracker.Core.Observations;

/// <summary>
/// A kind of personal data. The names are part of the public contract (JSON, command line, profiles);
/// <c>other:NAME</c> stands for what the contract has no name for.
/// </summary>
public readonly record struct Category : IComparable<Category>
{
    // Its place among the named categories: tables are sorted often, and by name alone each comparison would search the list.
    private readonly int _rank;

    private Category(string name, int rank = int.MaxValue) => (Name, _rank) = (name, rank);

    /// <summary>The contract's name, for example <c>heart-rate</c> or <c>other:workout-gait</c>.</summary>
    public string Name { get; }

    public static readonly Category Steps = new("steps", 0);
    public static readonly Category ActivityKind = new("activity-kind", 1);
    public static readonly Category ActivityIntensity = new("activity-intensity", 2);
    public static readonly Category HeartRate = new("heart-rate", 3);
    public static readonly Category Sleep = new("sleep", 4);
    public static readonly Category SleepStage = new("sleep-stage", 5);
    public static readonly Category Workout = new("workout", 6);
    public static readonly Category WorkoutTrack = new("workout-track", 7);
    public static readonly Category Body = new("body", 8);
    public static readonly Category Profile = new("profile", 9);
    public static readonly Category Device = new("device", 10);
    public static readonly Category Account = new("account", 11);
    public static readonly Category Network = new("network", 12);
    public static readonly Category Location = new("location", 13);
    public static readonly Category Usage = new("usage", 14);

    /// <summary>The named categories, in the order in which tables and pictures show them.</summary>
    public static IReadOnlyList<Category> Named { get; } =
    [
        Steps, ActivityKind, ActivityIntensity, HeartRate, Sleep, SleepStage, Workout, WorkoutTrack,
        Body, Profile, Device, Account, Network, Location, Usage,
    ];

    /// <summary>A category that the contract has no name for; <paramref name="name"/> is lower case with hyphens.</summary>
    public static Category Other(string name) => new("other:" + name);

    /// <summary>Reads a contract name. Unknown names without the <c>other:</c> prefix are refused with false.</summary>
    public static bool TryParse(string text, out Category category)
    {
        foreach (var known in Named)
        {
            if (known.Name == text)
            {
                category = known;
                return true;
            }
        }

        category = new Category(text);
        return text.StartsWith("other:", StringComparison.Ordinal) && text.Length > "other:".Length;
    }

    /// <summary>Contract order first, then <c>other:</c> by name: the order of every table.</summary>
    public int CompareTo(Category other) =>
        _rank != other._rank ? _rank.CompareTo(other._rank) : string.CompareOrdinal(Name, other.Name);

    public bool Equals(Category other) => Name == other.Name;

    public override int GetHashCode() => Name is null ? 0 : Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    public static bool operator <(Category left, Category right) => left.CompareTo(right) < 0;

    public static bool operator >(Category left, Category right) => left.CompareTo(right) > 0;

    public static bool operator <=(Category left, Category right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Category left, Category right) => left.CompareTo(right) >= 0;
}
