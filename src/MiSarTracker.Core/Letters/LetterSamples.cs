using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Ports;
using NodaTime;

namespace MiSarTracker.Core.Letters;

/// <summary>A made-up case, by which templates are tried: every point that a letter can make is in it.</summary>
public static class LetterSamples
{
    private static LetterFacts Bare { get; } = new()
    {
        Reference = Line("SAR-2026-0001"),
        Person = new Party(Line("Jane Doe"), EmailAddress.Parse("jane.doe@example.org", "the sample"), []),
        Controller = new Party(Line("Xiaomi Technology Netherlands B.V."), null, []),
        Product = Line("Mi Fit (Zepp Life)"),
        Date = new LocalDate(2026, 4, 20),
        Prior = new PriorRequest(new LocalDate(2026, 3, 4), new LocalDate(2026, 3, 5), new LocalDate(2026, 4, 7), null),
    };

    private static LetterFacts Full { get; } = Bare with
    {
        Person = Bare.Person with { PostalAddress = [Line("Keizersgracht 1"), Line("1015 AA Amsterdam"), Line("Netherlands")] },
        Controller = new Party(Bare.Controller.Name, EmailAddress.Parse("privacy@xiaomi.com", "the sample"), [Line("Prinses Beatrixlaan 582"), Line("2595 BM The Hague"), Line("Netherlands")]),
        Identifiers = [new Identifier("user-id", Line("3000000001")), new Identifier("device-id", Line("C8:0F:10:00:00:01"))],
        Seen =
        [
            new SeenUpload(Category.HeartRate, new LocalDate(2024, 5, 1), new LocalDate(2024, 5, 21), 27_663, [Line("api-mifit-de2.huami.com"), Line("api-mifit.huami.com")]),
            new SeenUpload(Category.Workout, new LocalDate(2024, 5, 3), new LocalDate(2024, 5, 3), 1, [Line("api-mifit-de2.huami.com")]),
            new SeenUpload(Category.Device, null, null, 14, []),
        ],
        Prior = Bare.Prior! with { Answered = new LocalDate(2026, 4, 10) },
        Deficiencies = [.. Points(withValues: false)],
    };

    private static LetterFacts Late { get; } = Full with { Prior = Bare.Prior };

    private static LetterAuthority Authority { get; } = new(
        new Party(Line("Autoriteit Persoonsgegevens"), EmailAddress.Parse("complaints@example.org", "the sample"), [Line("Postbus 93374"), Line("2509 AJ Den Haag"), Line("Nederland")]), "residence");

    /// <summary>The facts by which a kind of letter is tried, each with a name: as bare as may be, and with everything.</summary>
    public static IReadOnlyList<(string Name, LetterFacts Facts)> Of(LetterKind kind)
    {
        if (kind == LetterKind.Access)
            return [("bare", Bare with { Prior = null, OnPaper = true }), ("full", Full with { Prior = null }), ("uk", Full with { Prior = null, Regime = LetterRegime.Uk }), ("swiss", Full with { Prior = null, Regime = LetterRegime.Swiss })];
        if (kind == LetterKind.Reminder)
            return [("bare", Bare), ("full", Late), ("uk", Late with { Regime = LetterRegime.Uk }), ("extended", Late with { Prior = Late.Prior! with { Extended = true } }), ("notice", Late with { Prior = Late.Prior! with { HasNotice = true } })];
        if (kind == LetterKind.Deficiency)
            return [("full", Full), ("values", Full with { Deficiencies = [.. Points(withValues: true)] }), ("uk", Full with { Regime = LetterRegime.Uk })];
        if (kind == LetterKind.Objection)
            return [("full", Full with { Objections = Objections }), ("one", Bare with { Objections = [Objections[1]] })];
        if (kind == LetterKind.Complaint)
            return [("silence", Silence), ("full", Complaint), ("uk", Complaint with { Regime = LetterRegime.Uk })];
        return kind == LetterKind.DataAct
            ? [("bare", Bare with { Prior = null }), ("full", Full with { Prior = null })]
            : [("request", Full), ("complaint", Full with { Date = new LocalDate(2026, 6, 2), Authority = Authority, WithdrawnComplaint = new LocalDate(2026, 5, 1) })];
    }

    private static LetterFacts Silence { get; } = Bare with
    {
        Authority = Authority with { Ground = "infringement" },
        Faults = [new Fault("no-answer", Persists: true)],
        Correspondence = [new Correspondence(new LocalDate(2026, 3, 4), true, "access", Line("L-001"), Line(new string('a', 64)))],
    };

    private static LetterFacts Complaint { get; } = Full with
    {
        Date = new LocalDate(2026, 5, 1),
        Authority = Authority,
        Faults =
        [
            new Fault("no-answer", Persists: true),
            .. Fault.Course.Skip(1).Select(kind => new Fault(kind, Persists: kind == "fee", new LocalDate(2026, 4, 10))),
            .. Points(withValues: false).Select(point => new Fault(point.Kind, Persists: true, null, point)),
            new Fault("not-disclosed", Persists: false, new LocalDate(2026, 4, 28), new Deficiency("not-disclosed", Category.Sleep, null, null, 3, Line("R-002"))),
        ],
        Correspondence =
        [
            new Correspondence(new LocalDate(2026, 3, 4), true, "access", Line("L-001"), Line(new string('a', 64))),
            new Correspondence(new LocalDate(2026, 3, 9), false, "acknowledgement", null, null),
            new Correspondence(new LocalDate(2026, 4, 8), true, "reminder", Line("L-002"), Line(new string('b', 64))),
            new Correspondence(new LocalDate(2026, 4, 10), false, "answer", Line("R-001"), Line(new string('c', 64))),
        ],
        Enclosures = [new Enclosure(Line("SAR-2026-0001-report.pdf"), Line(new string('d', 64)))],
    };

    private static IReadOnlyList<Objection> Objections { get; } =
    [
        new("extension-late", new LocalDate(2026, 4, 9), new LocalDate(2026, 4, 7)),
        new("extension-without-reasons", new LocalDate(2026, 4, 2)),
        new("extension-second", new LocalDate(2026, 6, 1)),
        new("extension-too-long", new LocalDate(2026, 4, 2), new LocalDate(2026, 6, 5)),
        new("identity", new LocalDate(2026, 3, 20), null, Line("we require a copy of your passport")),
        new("fee", new LocalDate(2026, 3, 20)),
    ];

    private static IEnumerable<Deficiency> Points(bool withValues)
    {
        DeficiencyExample[] examples = withValues ? [new DeficiencyExample(Line("2024-05-02 10:01"), Line("72 bpm"), null), new DeficiencyExample(Line("2024-05-02 10:02"), Line("74 bpm"), Line("81 bpm"))] : [];
        yield return new Deficiency("not-disclosed", Category.HeartRate, new LocalDate(2024, 5, 2), new LocalDate(2024, 5, 12), 4_320, Line("E-001, 14"))
        {
            Stretches = [(new LocalDate(2024, 5, 2), new LocalDate(2024, 5, 4)), (new LocalDate(2024, 5, 12), new LocalDate(2024, 5, 12))],
            Examples = examples,
        };
        yield return new Deficiency("not-disclosed", Category.Network, null, null, 2, Line("E-001, 2")) { Fields = Line("time-zone, user-agent") };
        yield return new Deficiency("altered", Category.Steps, new LocalDate(2024, 5, 6), new LocalDate(2024, 5, 6), 1, Line("E-001, 15")) { Totals = true };
        yield return new Deficiency("aggregated-only", Category.SleepStage, new LocalDate(2024, 5, 1), new LocalDate(2024, 5, 21), 164, Line("E-001, 14"));
        yield return new Deficiency("unintelligible", Category.Other("workout-gait"), null, null, 1_204, Line("E-001, 32"));
        yield return new Deficiency("recipient-not-named", Category.Network, null, null, 4, Line("E-001, 2"), Line("api-analytics.huami.com"));
        yield return new Deficiency("identifier-not-disclosed", Category.Device, null, null, 1, Line("E-001, 2"), Line("mac-address"));
        yield return new Deficiency("article15-missing", Category.Account, null, null, 1, Line("R-001"), Line("15(1)(d)"));
    }

    private static SingleLine Line(string text) => SingleLine.Parse(text, "the sample");
}
