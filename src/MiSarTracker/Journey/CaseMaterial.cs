using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>Both sides of a case, decoded from the vault: nothing decoded is ever kept, so nothing can go stale.</summary>
public sealed class CaseMaterial(Workspace workspace, Case @case, VendorProfile profile, DateTimeZone zone)
{
    private long _read;

    /// <summary>Told how many bytes of all files were read so far, from either side's thread; null when nobody looks.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Reads the answers with the passwords that were kept at that moment: one that was told later opened nothing then. Null for all of them.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>Reads the captures and, on a second thread, the answers: neither side needs the other.</summary>
    public (Uploaded Uploaded, Disclosed Disclosed, IReadOnlyList<AnswerPart> Parts) ReadBoth(CancellationToken cancellationToken)
    {
        var answers = Task.Factory.StartNew(() => (Disclosed: ReadAnswers(out var parts, cancellationToken), Parts: parts), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var uploaded = ReadUploads(null, cancellationToken);
            var (disclosed, parts) = answers.GetAwaiter().GetResult();
            return (uploaded, disclosed, parts);
        }
        finally
        {
            // A failure of the captures comes first, and nothing goes on reading behind it.
            answers.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    /// <summary>Reads every capture of the case.</summary>
    /// <param name="each">Sees each request to the vendor's hosts with its exhibit; null when nobody looks.</param>
    public Uploaded ReadUploads(Action<string, HttpExchange, DecodedUpload>? each, CancellationToken cancellationToken) =>
        ReadUploads(Of(ExhibitKind.Evidence), each, cancellationToken);

    /// <summary>Decodes single requests to the vendor's hosts once more, to be shown; the captures' other exchanges are passed over.</summary>
    /// <param name="wanted">By exhibit and exchange.</param>
    /// <param name="each">Sees each of them with its exhibit.</param>
    public void ShowUploads(IReadOnlySet<(string Exhibit, long Number)> wanted, Action<string, HttpExchange, DecodedUpload> each, CancellationToken cancellationToken)
    {
        var decoder = new UploadDecoder(profile, Limits.Default, SecretKey.Of(workspace, @case.Reference));
        foreach (var exhibit in Of(ExhibitKind.Evidence))
        {
            var left = wanted.Where(one => one.Exhibit == exhibit.Number).Select(one => one.Number).ToHashSet();
            if (left.Count == 0)
            {
                continue;
            }

            using var file = Open(exhibit);
            var uploads = decoder.Open(exhibit.Number, new UploadedBuilder(), isReadable: true);
            EvidenceReader.Pass(new CaptureSource(file, Passwords(exhibit)), http =>
            {
                if (left.Remove(http.Number) && profile.Host(http.Host) is not null)
                {
                    each(exhibit.Number, http, uploads.Describe(http));
                }

                return left.Count > 0;
            }, cancellationToken);
        }
    }

    /// <summary>
    /// What the captures after one upload that it and those before it did not. Captures stand in the order in which they were recorded; one
    /// without a time, in which it was added.
    /// </summary>
    /// <exception cref="Refusal">The exhibit is no capture of the case, or the newest one.</exception>
    public Drift ReadDrift(string since, CancellationToken cancellationToken)
    {
        var captures = Of(ExhibitKind.Evidence).Select(exhibit => (Exhibit: exhibit, Read: ReadUploads([exhibit], null, cancellationToken)))
            .OrderBy(one => one.Read.Exhibits[0].From ?? one.Exhibit.AddedAt).ThenBy(one => one.Exhibit.Number, StringComparer.Ordinal)
            .Select(one => one.Exhibit).ToList();
        var last = captures.FindIndex(exhibit => exhibit.Number == since);
        if (last < 0)
        {
            throw new Refusal($"{@case.Reference} has no capture {since}.", $"It has: {string.Join(", ", captures.Select(exhibit => exhibit.Number))}.");
        }

        if (last == captures.Count - 1)
        {
            throw new Refusal($"No capture is newer than {since}.", $"misar evidence add {@case.Reference} newer.mitm");
        }

        return Drift.Of(ReadUploads(captures.Take(last + 1), null, cancellationToken), ReadUploads(captures.Skip(last + 1), null, cancellationToken));
    }

    private Uploaded ReadUploads(IEnumerable<Exhibit> exhibits, Action<string, HttpExchange, DecodedUpload>? each, CancellationToken cancellationToken)
    {
        var builder = new UploadedBuilder();
        var decoder = new UploadDecoder(profile, Limits.Default, SecretKey.Of(workspace, @case.Reference));
        foreach (var exhibit in exhibits)
        {
            using var file = Open(exhibit);
            var reading = EvidenceReader.Read(
                new CaptureSource(file, Passwords(exhibit)), decoder, exhibit.Number, builder, each is null ? null : (http, decoded) => each(exhibit.Number, http, decoded), null, cancellationToken);
            reading.Uploads.Close(exhibit.Sha256, reading.Format);
        }

        return builder.Build();
    }

    /// <summary>Reads every answer of the case.</summary>
    public Disclosed ReadAnswers(CancellationToken cancellationToken) => ReadAnswers(out _, cancellationToken);

    /// <summary>The answers of each day by themselves, in the order of arrival; none when all came on one day.</summary>
    public IReadOnlyList<Disclosed> ReadRounds(CancellationToken cancellationToken)
    {
        var rounds = Of(ExhibitKind.Response).GroupBy(ReceivedOn).OrderBy(round => round.Key).ToList();
        return rounds.Count < 2 ? [] : [.. rounds.Select(round => ReadAnswers(round, out _, cancellationToken))];
    }

    /// <summary>Reads every answer of the case: what it discloses, and which files it holds.</summary>
    public Disclosed ReadAnswers(out IReadOnlyList<AnswerPart> parts, CancellationToken cancellationToken) =>
        ReadAnswers(Of(ExhibitKind.Response), out parts, cancellationToken);

    private Disclosed ReadAnswers(IEnumerable<Exhibit> exhibits, out IReadOnlyList<AnswerPart> parts, CancellationToken cancellationToken)
    {
        var builder = new DisclosedBuilder();
        var files = new List<AnswerPart>();
        using var documents = new DocumentProcess();
        foreach (var exhibit in exhibits)
        {
            using var file = Open(exhibit);
            using var mapper = new AnswerMapper(profile, exhibit.Number, builder, Limits.Default);
            var summary = AnswerReader.Read(file, exhibit.FileName, Passwords(exhibit), mapper, Limits.Default, documents, cancellationToken);
            var (from, to) = AskedRange.Read(exhibit.Summary);
            mapper.Finish(exhibit.Sha256, summary.Format, ReceivedOn(exhibit), exhibit.AddedAt, from, to);
            files.AddRange(Parts(exhibit.Number, summary, mapper.Members));
        }

        parts = files;
        return builder.Build();
    }

    /// <summary>The files of an answer with what was read of them.</summary>
    public static IEnumerable<AnswerPart> Parts(string exhibit, AnswerSummary summary, IReadOnlyList<MemberReport> members)
    {
        var rows = members.ToDictionary(member => member.Name, member => member.Rows, StringComparer.Ordinal);
        foreach (var member in summary.Members)
        {
            yield return new AnswerPart(exhibit, member.Name, member.Format, member.Size, rows.GetValueOrDefault(member.Name)) { Locked = summary.Locked.Contains(member.Name) };
        }

        foreach (var locked in summary.Locked.Except(summary.Members.Select(member => member.Name)))
        {
            yield return new AnswerPart(exhibit, locked, "zip", 0, 0) { Locked = true };
        }
    }

    /// <summary>Reads one answer of the case again, for whoever wants to look at it.</summary>
    public AnswerSummary ReadAnswer(Exhibit exhibit, IAnswerSink sink, CancellationToken cancellationToken)
    {
        using var documents = new DocumentProcess();
        using var file = Open(exhibit);
        return AnswerReader.Read(file, exhibit.FileName, Passwords(exhibit), sink, Limits.Default, documents, cancellationToken);
    }

    private LocalDate ReceivedOn(Exhibit exhibit) => exhibit.Received ?? exhibit.AddedAt.InZone(zone).Date;

    private Stream Open(Exhibit exhibit)
    {
        var file = workspace.Vault.OpenRead(exhibit.Sha256);
        var before = 0L;
        return Progress is not { } progress ? file : new ProgressStream(file, read =>
        {
            progress(Interlocked.Add(ref _read, read - before));
            before = read;
        });
    }

    private IEnumerable<Exhibit> Of(ExhibitKind kind) => @case.Exhibits.Where(exhibit => exhibit.Kind == kind);

    private IReadOnlyList<string> Passwords(Exhibit exhibit)
    {
        var kept = ExhibitPasswords.Split(workspace.PasswordOf(@case.Reference, exhibit));
        if (AsOf is not { } then || kept.Count == 0)
            return kept;

        var later = workspace.Ledger.History(@case.Reference).FirstOrDefault(entry =>
            entry.Kind.EndsWith("-unlocked", StringComparison.Ordinal) && entry.At > then && (string?)entry.Data?["exhibit"] == exhibit.Number);
        return later is null ? kept : [.. kept.Take((int)later.Data!["passwordsBefore"]!)];
    }
}
