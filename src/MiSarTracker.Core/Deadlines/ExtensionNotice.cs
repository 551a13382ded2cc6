using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>Whether a controller's notice of extension moves the deadline (Art. 12(3) GDPR, second and third sentence).</summary>
/// <param name="Counts">True when it came in time and gave reasons.</param>
/// <param name="Deadline">The deadline that applies: extended if the notice counts, else the first one.</param>
/// <param name="Reasons">Why, in plain English sentences.</param>
public sealed record ExtensionNotice(bool Counts, Deadline Deadline, IReadOnlyList<string> Reasons)
{
    /// <summary>Judges a notice.</summary>
    /// <param name="first">The deadline that ran when the notice came; not extended.</param>
    /// <param name="noticeReceived">When the notice reached the person, a local date.</param>
    /// <param name="givesReasons">Whether it says why the extension is necessary.</param>
    /// <exception cref="Refusal">The period is extended already, the notice is older than the request, or a day lies outside the table.</exception>
    public static ExtensionNotice Judge(Deadline first, LocalDate noticeReceived, bool givesReasons)
    {
        if (first.Extended)
            throw new Refusal("The period is extended already; the GDPR knows one extension only (Art. 12(3)).");
        if (noticeReceived < first.Received)
            throw new Refusal($"A notice of {IsoDate.Text(noticeReceived)} cannot extend a request that was received on {IsoDate.Text(first.Received)}.");

        // Judged against the latest reading of the holidays, so that no notice is called late that may be in time.
        var inTime = noticeReceived <= first.Latest;
        var reasons = new[]
        {
            $"The notice came on {EnglishDate.WithWeekday(noticeReceived)}; it had to come by {EnglishDate.WithWeekday(first.Latest)}, so it is {(inTime ? "in time" : "late")}.",
            givesReasons ? "It gives reasons, as Art. 12(3) GDPR asks." : "It gives no reasons, which Art. 12(3) GDPR asks for.",
        };
        return inTime && givesReasons
            ? new ExtensionNotice(true, Deadline.For(first.Received, first.Calendar, first.Rule, extended: true), reasons)
            : new ExtensionNotice(false, first, [.. reasons, "So the extension does not count, and the first deadline stands."]);
    }
}
