using MiSarTracker.Core;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>What a sample of a profile came to.</summary>
/// <param name="Problems">What was expected and is not so; empty when all is as it should be.</param>
/// <param name="Found">What was found, by category.</param>
public sealed record SampleOutcome(VendorSample Sample, IReadOnlyList<string> Problems, IReadOnlyDictionary<Category, long> Found);

/// <summary>Runs the samples of a profile: each is read as evidence or an answer would be, and held against what the profile expects.</summary>
public static class VendorSamples
{
    /// <param name="folder">The profile's folder, which the samples' files are relative to.</param>
    public static IReadOnlyList<SampleOutcome> Run(VendorProfile profile, string folder, CancellationToken cancellationToken) =>
        [.. profile.Samples.Select(sample => Run(profile, sample, Path.GetFullPath(Path.Combine(folder, sample.File)), cancellationToken))];

    private static SampleOutcome Run(VendorProfile profile, VendorSample sample, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return new SampleOutcome(sample, [$"the file {path} is not there"], new Dictionary<Category, long>());
        }

        try
        {
            using var file = File.OpenRead(path);
            var (seen, damages) = sample.As == SampleKind.Export
                ? Export(profile, sample, file, Path.GetFileName(path), cancellationToken)
                : Uploads(profile, sample, file, cancellationToken);
            return new SampleOutcome(sample, [.. Problems(sample, seen, damages)], seen.Counts);
        }
        catch (ImportException refused)
        {
            return new SampleOutcome(sample, [$"it cannot be read: {refused.Reason}"], new Dictionary<Category, long>());
        }
    }

    private static (Seen Seen, IReadOnlyList<Damage> Damages) Export(
        VendorProfile profile, VendorSample sample, Stream file, string name, CancellationToken cancellationToken)
    {
        var builder = new DisclosedBuilder();
        using var mapper = new AnswerMapper(profile, "R-001", builder, Limits.Default);
        var summary = AnswerReader.Read(file, name, sample.Password is { } password ? [password] : [], mapper, Limits.Default, cancellationToken);
        mapper.Finish(new string('0', 64), summary.Format, new LocalDate(2000, 1, 1), Instant.FromUtc(2100, 1, 1, 0, 0));
        var disclosed = builder.Build();
        return (new Seen(SampleCounts.Of(disclosed), disclosed.Occurrences, disclosed.Facts, disclosed.Totals), mapper.Damages);
    }

    private static (Seen Seen, IReadOnlyList<Damage> Damages) Uploads(
        VendorProfile profile, VendorSample sample, Stream file, CancellationToken cancellationToken)
    {
        var builder = new UploadedBuilder();
        IReadOnlyList<Damage> damages;
        if (sample.As == SampleKind.Body)
        {
            var uploads = new UploadDecoder(profile, Limits.Default).Open("E-001", builder);
            uploads.Take(Request(sample, file));
            damages = [.. uploads.Damages];
        }
        else
        {
            damages = EvidenceReader.Read(file, profile, "E-001", builder, null, cancellationToken).Damaged;
        }

        var uploaded = builder.Build();
        return (new Seen(SampleCounts.Of(uploaded), uploaded.Occurrences, uploaded.Facts, uploaded.Totals), damages);
    }

    private static HttpExchange Request(VendorSample sample, Stream file)
    {
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        var (method, url) = sample.Request!.Split(' ') is [var verb, var address] ? (verb, new Uri(address)) : throw new BadInput(sample.File, "request", "is no request");
        return new HttpExchange
        {
            Number = 1,
            StartedAt = Instant.FromUtc(2100, 1, 1, 0, 0),
            Method = method,
            Scheme = url.Scheme,
            Host = url.Host,
            Port = url.Port,
            Target = url.PathAndQuery,
            RequestHeaders = [.. sample.Headers.Select(header => new HttpHeader(header.Key, header.Value))],
            RequestBody = new Body(BodyState.Present, bytes.ToArray(), bytes.Length, IsDecoded: false),
            Status = 200,
        };
    }

    private static IEnumerable<string> Problems(VendorSample sample, Seen seen, IReadOnlyList<Damage> damages)
    {
        foreach (var (key, expected) in sample.Expect)
        {
            if (VendorSample.TrySplit(key, out var category, out var field) && seen.Count(category, field) is var found && found != expected)
            {
                yield return $"{key}: {expected} expected, {found} found";
            }
        }

        foreach (var (key, values) in sample.Values)
        {
            VendorSample.TrySplit(key, out var category, out var field);
            var found = seen.Values(category, field).Distinct(StringComparer.Ordinal).ToList();
            foreach (var value in values.Where(value => !found.Contains(value)))
            {
                yield return $"{key}: the value {value} expected, found {(found.Count == 0 ? "none" : string.Join(", ", found.Take(8)))}";
            }
        }

        if (damages.Count != sample.Damages)
        {
            yield return $"{sample.Damages} parts that cannot be read expected, {damages.Count} found{string.Concat(damages.Take(3).Select(damage => $"; {damage.At}: {damage.Reason}"))}";
        }
    }

    private sealed record Seen(
        IReadOnlyDictionary<Category, long> Counts, IReadOnlyList<Occurrence> Occurrences, IReadOnlyList<Fact> Facts, IReadOnlyList<DailyTotal> Totals)
    {
        private const string TotalPrefix = "total:";

        public long Count(Category category, string field) => field.Length == 0 ? Counts.GetValueOrDefault(category) : Values(category, field).LongCount();

        public IEnumerable<string> Values(Category category, string field) => field.StartsWith(TotalPrefix, StringComparison.Ordinal)
            ? Totals.Where(total => total.Category == category && total.Name == field[TotalPrefix.Length..]).Select(total => Field.Of("", total.Value).Display)
            : Occurrences.Where(what => what.Category == category).Select(what => what[field]?.Display).OfType<string>()
                .Concat(Facts.Where(fact => fact.Category == category && fact.Name == field).Select(fact => fact.Value));
    }
}
