using System.Globalization;
using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>What the controller wanted to know before it answers.</summary>
public enum PauseKind
{
    /// <summary>Who the person is (Art. 12(6) GDPR).</summary>
    Identity,

    /// <summary>Which data or processing the request is about (recital 63 GDPR).</summary>
    Clarification,
}

/// <summary>A question of the controller, and when it was answered.</summary>
/// <param name="From">The day on which the question reached the person.</param>
/// <param name="Until">The day on which the person answered it, or objected to it; null as long as neither is recorded.</param>
public sealed record Pause(PauseKind Kind, LocalDate From, LocalDate? Until)
{
    public bool IsOpen => Until is null;
}

/// <summary>
/// A deadline with the controller's questions: both dates, and which of them the law holds for certain. Nobody is called late
/// before the later one.
/// </summary>
/// <param name="Due">The last day by law: moved only where the statute itself says so.</param>
/// <param name="Safe">Never before the safe date without the questions.</param>
/// <param name="Without">The last day as if nothing had been asked.</param>
/// <param name="With">The last day if each question suspended the period; null while one is not answered.</param>
/// <param name="Derivation">Plain sentences.</param>
public sealed record Suspension(LocalDate Due, LocalDate Safe, LocalDate Without, LocalDate? With, IReadOnlyList<string> Derivation)
{
    /// <summary>
    /// A pause lasts from the day of the question to the day of the answer; days that two questions share count once. A
    /// question that came after the safe date suspends nothing. In the United Kingdom an identity question that was
    /// answered begins the period anew (Art. 12A UK GDPR); elsewhere it is a pause like the other.
    /// </summary>
    /// <param name="safe">The period as if nothing had been asked.</param>
    /// <param name="pauses">In any order; at least one.</param>
    /// <exception cref="Refusal">A day lies outside the years that a table covers.</exception>
    public static Suspension Of(SafeDate safe, IReadOnlyList<Pause> pauses, DerivationWords? words = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(pauses.Count);
        words ??= DerivationWords.English;
        var first = safe.Deadlines[0];
        var regime = first.Calendar.Table.Regime;
        var counting = pauses.Where(pause => pause.From <= safe.Date).ToList();
        var open = counting.Exists(pause => pause.IsOpen);
        var told = pauses.OrderBy(pause => pause.From).SelectMany(pause => Told(pause, first, counting.Contains(pause), words)).ToList();
        if (counting.Count == 0)
            return new Suspension(first.Due, safe.Date, first.Due, first.Due, told);
        if (open)
        {
            told.Add(Say(regime, regime.Pauses == PauseLaw.Statute ? "pause-statute-open" : "pause-soft-open", words, ("due", words.WithWeekday(first.Due))));
            return new Suspension(first.Due, safe.Date, first.Due, null, told);
        }

        var with = first.Calendar.WorkingDayFrom(Nominal(first, counting));
        var latest = safe.Deadlines.Max(deadline => Deadline.LatestFrom(deadline.Calendar, Nominal(deadline, counting)));
        var phrase = regime.Pauses == PauseLaw.Soft ? "pause-soft"
            : counting.Exists(pause => pause.Kind == PauseKind.Identity) ? "pause-statute-identity" : "pause-statute-clarification";
        told.Add(Say(regime, phrase, words, ("due", words.WithWeekday(first.Due)), ("with", words.WithWeekday(with))));
        return new Suspension(regime.Pauses == PauseLaw.Statute ? with : first.Due, LocalDate.Max(safe.Date, latest), first.Due, with, told);
    }

    /// <summary>The last day before weekends and holidays are looked at, with the pauses.</summary>
    private static LocalDate Nominal(Deadline deadline, List<Pause> pauses)
    {
        var starts = deadline.Calendar.Table.Regime.Pauses == PauseLaw.Statute ? pauses.Where(pause => pause.Kind == PauseKind.Identity).ToList() : [];
        var start = starts.Select(pause => pause.Until!.Value).Append(deadline.Received).Max();
        var begun = start == deadline.Received ? deadline : Deadline.For(start, deadline.Calendar, deadline.Rule, deadline.Extended);
        return begun.Nominal.PlusDays(Days(pauses.Except(starts), start));
    }

    /// <summary>The days of all pauses after a day; what two share counts once.</summary>
    private static int Days(IEnumerable<Pause> pauses, LocalDate after)
    {
        var (days, reached) = (0, after);
        foreach (var pause in pauses.OrderBy(pause => pause.From))
        {
            var (from, until) = (LocalDate.Max(pause.From, reached), pause.Until!.Value);
            if (until > from)
                (days, reached) = (days + Period.DaysBetween(from, until), until);
        }

        return days;
    }

    private static IEnumerable<string> Told(Pause pause, Deadline first, bool counts, DerivationWords words)
    {
        var kind = pause.Kind == PauseKind.Identity ? "identity" : "clarification";
        yield return pause.Until is { } until
            ? words.Say("pause-closed-" + kind, ("from", words.WithWeekday(pause.From)), ("until", words.WithWeekday(until)), ("days", Number(Period.DaysBetween(pause.From, until))))
            : words.Say("pause-open-" + kind, ("from", words.WithWeekday(pause.From)));
        yield return counts
            ? words.Say("pause-after", ("after", Number(Period.DaysBetween(first.Received, pause.From))))
            : words.Say("pause-late");
    }

    private static string Say(Regime regime, string phrase, DerivationWords words, params ReadOnlySpan<(string Name, string Value)> values) =>
        words.Say(regime == Regime.Ch ? phrase + "-ch" : phrase, values);

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
