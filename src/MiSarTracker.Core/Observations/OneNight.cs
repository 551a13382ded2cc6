using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// Uploads label nights by the evening or by the morning, depending on the app's version, and move a night's ends when
/// more of it is known. So a night is its interval: of two nights of one owner that share at least half of the
/// shorter one, the later seen is the night and the other one is its history.
/// </summary>
internal static class OneNight
{
    public static IEnumerable<OccurrenceVersions> WithoutEarlier(IEnumerable<OccurrenceVersions> groups)
    {
        var kept = new Dictionary<(string Owner, int Day), List<Interval>>();
        foreach (var group in groups.OrderByDescending(group => group.Latest))
        {
            if (group.Night() is not { } night)
            {
                yield return group;
                continue;
            }

            var day = DayOf(night.Start);
            var isHistory = Enumerable.Range(day - 1, 3)
                .Any(near => kept.TryGetValue((group.Owner, near), out var nights) && nights.Exists(other => IsSame(night, other)));
            if (isHistory)
            {
                continue;
            }

            if (!kept.TryGetValue((group.Owner, day), out var sameDay))
            {
                kept[(group.Owner, day)] = sameDay = [];
            }

            sameDay.Add(night);
            yield return group;
        }
    }

    private static int DayOf(Instant instant) => (int)Math.Floor(instant.ToUnixTimeSeconds() / 86400.0);

    private static bool IsSame(Interval one, Interval other)
    {
        var shared = Instant.Min(one.End, other.End) - Instant.Max(one.Start, other.Start);
        var shorter = Duration.Min(one.Duration, other.Duration);
        return shared > Duration.Zero && shared * 2 >= shorter;
    }
}
