using NodaTime;

namespace MiSarTracker.Service;

/// <summary>Says when to look at a reminder. May look twice, late, or up to a second early: the table decides.</summary>
public interface IReminderScheduler
{
    /// <param name="id">The row; nothing else is ever handed over.</param>
    void Schedule(long id, Instant due);
}
