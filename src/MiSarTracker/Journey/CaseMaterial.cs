using MiSarTracker.Core.Cases;
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

    /// <summary>Reads the captures and, on a second thread, the answers: neither side needs the other.</summary>
    public (Uploaded Uploaded, Disclosed Disclosed) ReadBoth(CancellationToken cancellationToken)
    {
        var answers = Task.Factory.StartNew(() => ReadAnswers(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return (ReadUploads(null, cancellationToken), answers.GetAwaiter().GetResult());
        }
        finally
        {
            // A failure of the captures comes first, and nothing goes on reading behind it.
            answers.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    /// <summary>Reads every capture of the case.</summary>
    /// <param name="each">Sees each request to the vendor's hosts with its exhibit; null when nobody looks.</param>
    public Uploaded ReadUploads(Action<string, HttpExchange, DecodedUpload>? each, CancellationToken cancellationToken)
    {
        var builder = new UploadedBuilder();
        foreach (var exhibit in Of(ExhibitKind.Evidence))
        {
            using var file = Open(exhibit);
            var reading = EvidenceReader.Read(
                file, profile, exhibit.Number, builder, each is null ? null : (http, decoded) => each(exhibit.Number, http, decoded), cancellationToken);
            reading.Uploads.Close(exhibit.Sha256, reading.Format);
        }

        return builder.Build();
    }

    /// <summary>Reads every answer of the case.</summary>
    public Disclosed ReadAnswers(CancellationToken cancellationToken)
    {
        var builder = new DisclosedBuilder();
        foreach (var exhibit in Of(ExhibitKind.Response))
        {
            using var file = Open(exhibit);
            using var mapper = new AnswerMapper(profile, exhibit.Number, builder, Limits.Default);
            var summary = AnswerReader.Read(file, exhibit.FileName, Passwords(exhibit), mapper, Limits.Default, cancellationToken);
            var (from, to) = AskedRange.Read(exhibit.Summary);
            mapper.Finish(exhibit.Sha256, summary.Format, exhibit.Received ?? exhibit.AddedAt.InZone(zone).Date, exhibit.AddedAt, from, to);
        }

        return builder.Build();
    }

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

    private IReadOnlyList<string> Passwords(Exhibit exhibit) =>
        workspace.PasswordOf(@case.Reference, exhibit) is { } password ? [password] : [];
}
