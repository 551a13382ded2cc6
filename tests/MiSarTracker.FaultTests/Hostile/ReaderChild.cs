using System.Globalization;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Journey;
using NodaTime;

namespace MiSarTracker.FaultTests.Hostile;

/// <summary>
/// The child that feeds a reader: <c>reader NAME SEED FIRST END</c>. It prints <c>at N</c> before input N, <c>other N …</c> when a
/// reader did anything but answer or refuse, and <c>done ANSWERED REFUSED</c>.
/// </summary>
internal static class ReaderChild
{
    public const string Name = "reader";

    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "corpus", "samples");

    public static IReadOnlyList<string> Readers { get; } = ["captures", "uploads", "answers"];

    public static int Run(string[] arguments)
    {
        var (reader, seed) = (arguments[0], Number(arguments[1]));
        var profile = Templates.Shipped.Vendor("xiaomi-mi-fit");
        var inputs = new HostileInputs(Samples(reader), seed, reader == "uploads");
        var (answered, refused) = (0, 0);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (var at = Number(arguments[2]); at < Number(arguments[3]); at++)
        {
            output.WriteLine(FormattableString.Invariant($"at {at}"));
            try
            {
                Read(reader, inputs.Make(at), profile);
                answered++;
            }
            catch (ImportException)
            {
                refused++;
            }
            catch (Exception other) when (other is not OutOfMemoryException)
            {
                output.WriteLine(FormattableString.Invariant($"other {at} {other.GetType().Name}: {other.ToString().ReplaceLineEndings(" | ")}"));
            }
        }

        output.WriteLine(FormattableString.Invariant($"done {answered} {refused}"));
        return 0;
    }

    private static List<byte[]> Samples(string reader) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Corpus, reader == "answers" ? "exports" : reader == "captures" ? "captures" : "uploads"))
            .Where(path => new FileInfo(path).Length < 400_000).Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    private static void Read(string reader, byte[] input, VendorProfile profile)
    {
        if (reader == "answers")
        {
            using var mapper = new AnswerMapper(profile, "R-001", new DisclosedBuilder(), Limits.Default);
            var summary = AnswerReader.Read(new MemoryStream(input, writable: false), "answer.zip", ["AbCdEfGh"], mapper, Limits.Default, CancellationToken.None);
            mapper.Finish(new string('0', 64), summary.Format, new LocalDate(2024, 5, 2), Instant.FromUtc(2024, 5, 2, 0, 0), null, null);
            return;
        }

        var builder = new UploadedBuilder();
        EvidenceReader.Read(new MemoryStream(input, writable: false), profile, "E-001", builder, (_, _) => { }, CancellationToken.None);
        builder.Build();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
