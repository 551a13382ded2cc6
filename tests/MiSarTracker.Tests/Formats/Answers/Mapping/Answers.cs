using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Tests.Formats.Uploads;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

/// <summary>Reads answers into a builder: samples as they are, or tables written in a test.</summary>
internal sealed class AnswerCase(VendorProfile? profile = null)
{
    private readonly VendorProfile _profile = profile ?? Profiles.MiFit;

    public DisclosedBuilder Builder { get; } = new();

    public AnswerMapper? Mapper { get; private set; }

    public AnswerExhibit? Exhibit { get; private set; }

    public AnswerCase Sample(string name, string exhibit = "R-001", params string[] passwords) =>
        Read(Profiles.Sample($"exports/{name}"), name, exhibit, passwords);

    /// <summary>Reads a table as a file of its own.</summary>
    public AnswerCase Table(string fileName, string text, string exhibit = "R-001") =>
        Read(Encoding.UTF8.GetBytes(text), fileName, exhibit, []);

    public AnswerCase Read(byte[] bytes, string name, string exhibit, string[] passwords)
    {
        using var stream = new MemoryStream(bytes);
        Mapper = new AnswerMapper(_profile, exhibit, Builder, Limits.Default);
        var summary = AnswerReader.Read(stream, name, passwords, Mapper, Limits.Default, TestContext.Current.CancellationToken);
        Exhibit = Mapper.Finish("00", summary.Format, new LocalDate(2024, 5, 2), Instant.FromUtc(2024, 5, 3, 0, 0));
        return this;
    }

    public Disclosed Disclosed() => Builder.Build();

    public MemberReport Member(string ending) => Mapper!.Members.Single(member => member.Name.EndsWith(ending, StringComparison.Ordinal));
}
