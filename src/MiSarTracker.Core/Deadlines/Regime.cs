namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// The law under which a period is counted, as far as the derivation has to name it. The counting itself is the same in
/// the European Union, the European Economic Area and the United Kingdom.
/// </summary>
/// <param name="Code">As it stands in a holiday table: <c>eu</c>, <c>uk</c>.</param>
/// <param name="Period">Where the one month stands.</param>
/// <param name="Counting">Where the way of counting stands, without the article.</param>
/// <param name="Corresponding">Where the rule of the corresponding date stands.</param>
/// <param name="HolidayWord">What a public holiday is called there.</param>
public sealed record Regime(string Code, string Period, string Counting, string Corresponding, string HolidayWord)
{
    /// <summary>The GDPR with Regulation (EEC, Euratom) No 1182/71.</summary>
    public static Regime Eu { get; } = new(
        "eu", "Art. 12(3) GDPR", "Regulation (EEC, Euratom) No 1182/71", "Art. 3(2)(c) of that Regulation", "public holiday");

    /// <summary>The UK GDPR; the ICO's "corresponding calendar date" follows the same Regulation, which remains UK law.</summary>
    public static Regime Uk { get; } = new(
        "uk", "Art. 12(3) UK GDPR", "Regulation (EEC, Euratom) No 1182/71 as it remains UK law", "the \"corresponding calendar date\" of the ICO's guidance on the right of access", "bank holiday");

    /// <summary>Every regime that a holiday table may name.</summary>
    public static IReadOnlyList<Regime> All { get; } = [Eu, Uk];
}
