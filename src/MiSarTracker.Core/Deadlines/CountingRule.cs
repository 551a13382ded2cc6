using System.Globalization;

namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// How a period is counted: in months (the law's "one month", <c>month:1</c>) or in days (<c>days:30</c>, for profiles
/// and countries that count so).
/// </summary>
public sealed record CountingRule
{
    // Below a week Art. 3(5) of Regulation 1182/71 ("at least two working days") would begin to matter; no such period exists here.
    private const int FewestDays = 7;
    private const int MostDays = 366;
    private const int MostMonths = 12;

    /// <summary>The two further months of Art. 12(3) GDPR.</summary>
    private const int FurtherMonths = 2;

    private CountingRule(bool inMonths, int count) => (InMonths, Count) = (inMonths, count);

    /// <summary>The EU's rule: one month (Art. 12(3) GDPR).</summary>
    public static CountingRule OneMonth { get; } = new(inMonths: true, 1);

    /// <summary>True for months, false for days.</summary>
    public bool InMonths { get; }

    /// <summary>How many months (1-12) or days (7-366).</summary>
    public int Count { get; }

    /// <summary>The contract's name: <c>month:1</c>, <c>days:30</c>.</summary>
    public string Name => (InMonths ? "month:" : "days:") + Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>month:N</c> or <c>days:N</c>.</summary>
    /// <param name="field">Where the text came from; it stands in the message.</param>
    /// <exception cref="BadInput">Anything else.</exception>
    public static CountingRule Parse(string? text, string field = "--rule")
    {
        var parts = (text ?? "").Split(':');
        var known = parts is ["month" or "days", { Length: > 0 and <= 3 } digits] && digits.All(char.IsAsciiDigit);
        var count = known ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return (parts[0], known) switch
        {
            ("month", true) when count is >= 1 and <= MostMonths => new CountingRule(inMonths: true, count),
            ("days", true) when count is >= FewestDays and <= MostDays => new CountingRule(inMonths: false, count),
            _ => throw new BadInput(field, null, $"\"{text}\" is no counting rule", $"Write month:N (N from 1 to {MostMonths}) or days:N (N from {FewestDays} to {MostDays}), for example month:1."),
        };
    }

    /// <returns>Null when the text is no counting rule.</returns>
    public static CountingRule? TryParse(string? text)
    {
        try
        {
            return Parse(text);
        }
        catch (BadInput)
        {
            // The caller says so in its own words, with its own place.
            return null;
        }
    }

    /// <summary>
    /// The rule of the extended period, counted from receipt as well: two further months, so <c>month:1</c> becomes
    /// <c>month:3</c>; a rule in days keeps its way of counting a month (<c>days:30</c> becomes <c>days:90</c>).
    /// </summary>
    public CountingRule Extended() =>
        InMonths ? new CountingRule(InMonths, Count + FurtherMonths) : new CountingRule(InMonths, Count * (1 + FurtherMonths));

    public override string ToString() => Name;
}
