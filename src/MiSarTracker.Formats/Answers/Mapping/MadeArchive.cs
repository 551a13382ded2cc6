using NodaTime;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>A statement of when something was made.</summary>
/// <param name="How">Where it stands, in words for a report.</param>
/// <param name="Member">Whose name or header it is.</param>
internal sealed record Stamped(Instant At, string How, string Member)
{
    public static Stamped Later(Stamped? held, Stamped other) => held is not null && held.At >= other.At ? held : other;
}

/// <summary>
/// An archive or a mail of an answer: a vendor cuts a long history into several archives, each made at its own time, and a person may add
/// them in one file. What lies in none of them lies in the answer's own file.
/// </summary>
/// <param name="name">As its member is named; the answer's file name for the outermost.</param>
/// <param name="outer">What it lies in; null for the answer itself.</param>
internal sealed class MadeArchive(string name, MadeArchive? outer)
{
    public string Name { get; } = name;

    /// <summary>The days that its own rows tell of.</summary>
    public RowDates Dates { get; } = new();

    /// <summary>The latest stamp in its name or in its members' names.</summary>
    public Stamped? Named { get; set; }

    /// <summary>The date of the mail that it is; the latest one of several.</summary>
    public Stamped? Mailed { get; set; }

    /// <summary>
    /// What may say when it was made, the first to be believed: its own names, those of what it lies in, the nearest mail around it.
    /// </summary>
    public IEnumerable<Stamped> Candidates => AndOuter.Select(one => one.Named).Concat(AndOuter.Select(one => one.Mailed)).OfType<Stamped>();

    /// <summary>The first candidate that its rows do not contradict.</summary>
    public Stamped? Believed => Candidates.FirstOrDefault(stamp => Dates.After(stamp.At) is null or { IsStray: true });

    private IEnumerable<MadeArchive> AndOuter
    {
        get
        {
            for (var one = this; one is not null; one = one.Outer)
            {
                yield return one;
            }
        }
    }

    private MadeArchive? Outer { get; } = outer;
}
