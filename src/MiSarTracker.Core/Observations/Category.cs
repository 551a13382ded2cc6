namespace MiSarTracker.Core.Observations;

/// <summary>
/// A kind of personal data. The names are part of the public contract (JSON, command line, profiles);
/// <c>other:NAME</c> stands for what the contract has no name for.
/// </summary>
public readonly record struct Category : IComparable<Category>
{
    private Category(string name) => Name = name;

    /// <summary>The contract's name, for example <c>heart-rate</c> or <c>other:workout-gait</c>.</summary>
    public string Name { get; }

    public static readonly Category Steps = new("steps");
    public static readonly Category ActivityKind = new("activity-kind");
    public static readonly Category ActivityIntensity = new("activity-intensity");
    public static readonly Category HeartRate = new("heart-rate");
    public static readonly Category Sleep = new("sleep");
    public static readonly Category SleepStage = new("sleep-stage");
    public static readonly Category Workout = new("workout");
    public static readonly Category WorkoutTrack = new("workout-track");
    public static readonly Category Body = new("body");
    public static readonly Category Profile = new("profile");
    public static readonly Category Device = new("device");
    public static readonly Category Account = new("account");
    public static readonly Category Network = new("network");
    public static readonly Category Location = new("location");
    public static readonly Category Usage = new("usage");

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
    public int CompareTo(Category other)
    {
        var (mine, theirs) = (Rank(this), Rank(other));
        return mine != theirs ? mine.CompareTo(theirs) : string.CompareOrdinal(Name, other.Name);
    }

    public override string ToString() => Name;

    private static int Rank(Category category)
    {
        for (var i = 0; i < Named.Count; i++)
        {
            if (Named[i] == category)
            {
                return i;
            }
        }

        return int.MaxValue;
    }

    public static bool operator <(Category left, Category right) => left.CompareTo(right) < 0;

    public static bool operator >(Category left, Category right) => left.CompareTo(right) > 0;

    public static bool operator <=(Category left, Category right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Category left, Category right) => left.CompareTo(right) >= 0;
}
