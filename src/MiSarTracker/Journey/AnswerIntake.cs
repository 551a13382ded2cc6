using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Documents;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Formats.Answers.Tables;

namespace MiSarTracker.Journey;

/// <summary>Reads a file of an answer through, before it is put on the record.</summary>
public sealed class AnswerIntake(VendorProfile profile, IDocumentProcess documents)
{
    /// <param name="file">Its bytes, seekable.</param>
    /// <param name="name">Its name without folders.</param>
    /// <param name="passwords">Tried in turn.</param>
    public TakenAnswer Read(Stream file, string name, IReadOnlyList<string> passwords, CancellationToken cancellationToken)
    {
        var taken = new TakenAnswer(profile);
        try
        {
            taken.Summary = AnswerReader.Read(file, name, passwords, taken.Overview, Limits.Default, documents, cancellationToken);
        }
        catch (ImportException refused)
        {
            taken.Refused = refused;
        }

        return taken;
    }
}

/// <summary>What reading one file gave.</summary>
public sealed class TakenAnswer : IDisposable
{
    internal TakenAnswer(VendorProfile profile)
    {
        Mapper = new AnswerMapper(profile, "R-000", new DisclosedBuilder(), Limits.Default);
        Overview = new TableOverview(Mapper, IsUnknown);
    }

    public AnswerMapper Mapper { get; }

    public TableOverview Overview { get; }

    /// <summary>Null when it was refused.</summary>
    public AnswerSummary? Summary { get; internal set; }

    public ImportException? Refused { get; internal set; }

    /// <summary>Whether a password is missing for the file or for something in it.</summary>
    public bool IsLocked => Refused is { Remedy: AnswerReader.PasswordRemedy } || Summary is { Locked.Count: > 0 };

    public void Dispose() => Mapper.Dispose();

    private bool IsUnknown(AnswerMember member, IReadOnlyList<string> header) =>
        Mapper.Members.Any(report => report.Name == member.Name && report.UnmappedTables.Any(table => ReferenceEquals(table, header)));
}
