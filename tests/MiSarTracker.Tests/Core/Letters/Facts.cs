using MiSarTracker.Core;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Ports;
using NodaTime;

namespace MiSarTracker.Tests.Core.Letters;

/// <summary>A made-up case, and the templates that the product ships.</summary>
internal static class Facts
{
    public static LetterTemplates Shipped { get; } = new(
        Files("*.??.md").Select(path => LetterTemplate.Parse(File.ReadAllText(path), Path.GetFileName(path))),
        Files("words.*.json").Select(path => LetterWords.Read(File.ReadAllText(path), Path.GetFileName(path))));

    public static LetterFacts Bare { get; } = new()
    {
        Reference = Line("SAR-2026-0001"),
        Person = new Party(Line("Jane Doe"), EmailAddress.Parse("jane.doe@example.org", "test"), []),
        Controller = new Party(Line("Xiaomi Technology Netherlands B.V."), null, []),
        Product = Line("Mi Fit (Zepp Life)"),
        Date = new LocalDate(2026, 3, 5),
    };

    public static LetterFacts Evidenced { get; } = Bare with
    {
        Person = Bare.Person with { PostalAddress = [Line("Keizersgracht 1"), Line("1015 AA Amsterdam"), Line("Netherlands")] },
        Controller = new Party(
            Line("Xiaomi Technology Netherlands B.V."),
            EmailAddress.Parse("privacy@xiaomi.com", "test"),
            [Line("Prinses Beatrixlaan 582"), Line("2595 BM The Hague"), Line("Netherlands")]),
        Identifiers = [new Identifier("user-id", Line("3000000001")), new Identifier("device-id", Line("C8:0F:10:00:00:01")), new Identifier("advertising-id", Line("7f3a"))],
        Seen =
        [
            new SeenUpload(Category.HeartRate, new LocalDate(2024, 5, 1), new LocalDate(2024, 5, 21), 27_663, [Line("api-mifit-de2.huami.com"), Line("api-mifit.huami.com")]),
            new SeenUpload(Category.Steps, new LocalDate(2024, 5, 1), new LocalDate(2024, 5, 21), 8_412, [Line("api-mifit-de2.huami.com")]),
            new SeenUpload(Category.Workout, new LocalDate(2024, 5, 3), new LocalDate(2024, 5, 3), 1, [Line("api-mifit-de2.huami.com")]),
            new SeenUpload(Category.Device, null, null, 14, []),
            new SeenUpload(Category.Other("workout-gait"), new LocalDate(2024, 5, 3), null, 1_204, [Line("api-mifit-de2.huami.com")]),
        ],
    };

    public static LetterFacts Late { get; } = Evidenced with
    {
        Date = new LocalDate(2026, 4, 8),
        Prior = new PriorRequest(new LocalDate(2026, 3, 5), new LocalDate(2026, 3, 5), new LocalDate(2026, 4, 7), null),
    };

    public static LetterFacts Incomplete { get; } = Evidenced with
    {
        Date = new LocalDate(2026, 4, 20),
        Prior = new PriorRequest(new LocalDate(2026, 3, 5), new LocalDate(2026, 3, 5), new LocalDate(2026, 4, 7), new LocalDate(2026, 4, 2)),
        Deficiencies =
        [
            new Deficiency("not-disclosed", Category.HeartRate, new LocalDate(2024, 5, 2), new LocalDate(2024, 5, 4), 4_320, Line("E-001, exchange 14")),
            new Deficiency("not-disclosed", Category.Workout, new LocalDate(2024, 5, 3), new LocalDate(2024, 5, 3), 1, Line("E-001, exchange 31")),
            new Deficiency("altered", Category.Steps, new LocalDate(2024, 5, 6), new LocalDate(2024, 5, 6), 12, Line("E-001, exchange 15")),
            new Deficiency("aggregated-only", Category.SleepStage, new LocalDate(2024, 5, 1), new LocalDate(2024, 5, 21), 164, Line("E-001, exchanges 14 to 20")),
            new Deficiency("unintelligible", Category.Other("workout-gait"), null, null, 1_204, Line("E-001, exchange 32")),
            new Deficiency("recipient-not-named", Category.Network, null, null, 4, Line("E-001, exchange 2"), Line("api-analytics.huami.com")),
            new Deficiency("identifier-not-disclosed", Category.Device, null, null, 1, Line("E-001, exchange 2"), Line("MAC address")),
            new Deficiency("article15-missing", Category.Account, null, null, 1, Line("R-001, letter.pdf"), Line("15(1)(d)")),
        ],
    };

    public static SingleLine Line(string text) => SingleLine.Parse(text, "test");

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "templates", "letters"), pattern).Order(StringComparer.Ordinal);
}
