namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// The law under which a period is counted. What its acts are called stands in the words of each language
/// (templates/deadlines); here is what it does.
/// </summary>
/// <param name="Code">As it stands in a holiday table: <c>eu</c>, <c>uk</c>, <c>ch</c>.</param>
/// <param name="Rule">How it counts the first period.</param>
/// <param name="Pauses">Whether a question by the controller suspends the period.</param>
/// <param name="KnowsFurtherMonths">Whether a controller may take two further months.</param>
public sealed record Regime(string Code, CountingRule Rule, PauseLaw Pauses, bool KnowsFurtherMonths)
{
    /// <summary>The GDPR with Regulation (EEC, Euratom) No 1182/71: the EU and the EEA.</summary>
    public static Regime Eu { get; } = new("eu", CountingRule.OneMonth, PauseLaw.Soft, KnowsFurtherMonths: true);

    /// <summary>The UK GDPR; the ICO's "corresponding calendar date" follows the same Regulation, which remains UK law.</summary>
    public static Regime Uk { get; } = new("uk", CountingRule.OneMonth, PauseLaw.Statute, KnowsFurtherMonths: true);

    /// <summary>
    /// The Swiss Data Protection Ordinance: 30 days (Art. 18(1)), counted by the Code of Obligations; a controller that needs
    /// longer names the day itself (Art. 18(2)).
    /// </summary>
    public static Regime Ch { get; } = new("ch", CountingRule.Parse("days:30"), PauseLaw.Soft, KnowsFurtherMonths: false);

    /// <summary>Every regime that a holiday table may name.</summary>
    public static IReadOnlyList<Regime> All { get; } = [Eu, Uk, Ch];
}

/// <summary>What a law says about a question of the controller that has to be answered first.</summary>
public enum PauseLaw
{
    /// <summary>
    /// Guidance only, or nothing (EDPB 01/2022, paragraph 159: a question asked without undue delay may suspend the period):
    /// the law's date stays, and nobody is called late before the later one.
    /// </summary>
    Soft,

    /// <summary>The statute itself: the law's date moves.</summary>
    Statute,
}
