using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>Keeps everything that an answer reader hands out.</summary>
internal sealed class CollectedAnswer : IAnswerSink
{
    public List<AnswerMember> Members { get; } = [];

    public List<(AnswerMember Member, Instant At, string How)> Stamps { get; } = [];

    public List<CollectedTable> Tables { get; } = [];

    public List<(AnswerMember Member, string Text)> Texts { get; } = [];

    public List<Damage> Damages { get; } = [];

    public AnswerSummary? Summary { get; private set; }

    public static CollectedAnswer Of(byte[] bytes, string name, params string[] passwords) => Of(bytes, name, Limits.Default, passwords);

    public static CollectedAnswer Of(byte[] bytes, string name, Limits limits, params string[] passwords)
    {
        var collected = new CollectedAnswer();
        using var stream = new MemoryStream(bytes);
        collected.Summary = AnswerReader.Read(stream, name, passwords, collected, limits, TestContext.Current.CancellationToken);
        return collected;
    }

    /// <summary>Reads with PDFs and workbooks, in this process.</summary>
    public static CollectedAnswer WithDocuments(byte[] bytes, string name, params string[] passwords) => WithDocuments(bytes, name, Limits.Default, passwords);

    public static CollectedAnswer WithDocuments(byte[] bytes, string name, Limits limits, params string[] passwords)
    {
        var collected = new CollectedAnswer();
        using var stream = new MemoryStream(bytes);
        using var documents = new InProcessDocuments();
        collected.Summary = AnswerReader.Read(stream, name, passwords, collected, limits, documents, TestContext.Current.CancellationToken);
        return collected;
    }

    public static CollectedAnswer Of(string text, string name, Limits? limits = null) => Of(Encoding.UTF8.GetBytes(text), name, limits ?? Limits.Default);

    public static byte[] Sample(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "samples", "exports", name));

    /// <summary>The only table whose member's name contains this.</summary>
    public CollectedTable Table(string name) => Assert.Single(Tables, table => table.Member.Name.Contains(name, StringComparison.Ordinal));

    public void Member(AnswerMember member) => Members.Add(member);

    public void Created(AnswerMember member, Instant at, string how) => Stamps.Add((member, at, how));

    public ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine)
    {
        var table = new CollectedTable(member, [.. header], headerLine);
        Tables.Add(table);
        return table;
    }

    public void Text(AnswerMember member, string text) => Texts.Add((member, text));

    public void Damaged(Damage damage) => Damages.Add(damage);
}

internal sealed class CollectedTable(AnswerMember member, string[] header, long headerLine) : ITableSink
{
    public AnswerMember Member { get; } = member;

    public string[] Header { get; } = header;

    public long HeaderLine { get; } = headerLine;

    public List<(long Line, string[] Fields)> Rows { get; } = [];

    public List<(long Line, string Reason)> UnreadableRows { get; } = [];

    public void Row(in TableRow row)
    {
        var fields = new string[row.Count];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = row.Text(i);

        Rows.Add((row.Line, fields));
    }

    public void Unreadable(long line, string reason) => UnreadableRows.Add((line, reason));
}
