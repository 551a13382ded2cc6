using System.Globalization;
using MiSarTracker.Core;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Documents;
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

    public static IReadOnlyList<string> Readers { get; } = ["captures", "uploads", "answers", "documents", "profiles"];

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
            catch (Exception refusal) when (refusal is ImportException or BadInput)
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
        .. Files(reader).Where(path => new FileInfo(path).Length < 400_000).Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    private static IEnumerable<string> Files(string reader) => reader switch
    {
        "answers" => Directory.EnumerateFiles(Path.Combine(Corpus, "exports")),
        "documents" => Directory.EnumerateFiles(Path.Combine(Corpus, "..", "documents")).Concat(Directory.EnumerateFiles(Path.Combine(Corpus, "exports"), "*.xlsx")),
        "profiles" => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "templates", "vendors"), "*.json").Where(path => !path.EndsWith("schema.json", StringComparison.Ordinal)),
        _ => Directory.EnumerateFiles(Path.Combine(Corpus, reader)),
    };

    private static void Read(string reader, byte[] input, VendorProfile profile)
    {
        if (reader == "answers")
        {
            using var mapper = new AnswerMapper(profile, "R-001", new DisclosedBuilder(), Limits.Default);
            var summary = AnswerReader.Read(new MemoryStream(input, writable: false), "answer.zip", ["AbCdEfGh"], mapper, Limits.Default, CancellationToken.None);
            mapper.Finish(new string('0', 64), summary.Format, new LocalDate(2024, 5, 2), Instant.FromUtc(2024, 5, 2, 0, 0), null, null);
            return;
        }

        if (reader == "profiles")
        {
            VendorProfileReader.Read(input, "profile.json");
            return;
        }

        if (reader == "documents")
        {
            Documents(input);
            return;
        }

        var builder = new UploadedBuilder();
        EvidenceReader.Read(new MemoryStream(input, writable: false), profile, "E-001", builder, (_, _) => { }, CancellationToken.None);
        builder.Build();
    }

    /// <summary>As each kind in turn: what a document is called says nothing of what is in it.</summary>
    private static void Documents(byte[] input)
    {
        foreach (var kind in new[] { "docx", "xlsx", "ods", "pdf" })
        {
            using var request = new MemoryStream([.. DocumentWorker.Request(kind, input.Length, ["XlSecret9"]), .. input]);
            DocumentWorker.Serve(request, Stream.Null, CancellationToken.None);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
