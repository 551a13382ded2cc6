using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Answers.Mapping.Json;
using NodaTime;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// Turns what an answer reader finds into observations, by the vendor's profile: tables by the member's name or their
/// header, columns by name in any order and case. What no rule knows is listed and kept as text, never dropped in silence. One mapper takes
/// one answer; call <see cref="Finish"/> when it was read.
/// </summary>
/// <param name="exhibit">The answer's exhibit, for example <c>R-001</c>.</param>
public sealed class AnswerMapper(VendorProfile profile, string exhibit, DisclosedBuilder into, Limits limits) : IAnswerSink, IDisposable
{
    private readonly RowJson _json = new();
    private readonly List<MemberReport> _members = [];
    private readonly Dictionary<string, MemberReport> _byName = new(StringComparer.Ordinal);
    private readonly List<UnmappedTable> _unmapped = [];
    private readonly Dictionary<string, SearchableValues> _search = new(StringComparer.Ordinal);
    private readonly MadeArchives _archives = new(profile.CutOff);
    private readonly List<RowJson> _documents = [];
    private readonly List<Damage> _damages = [];
    private readonly HashSet<(Stamped, string)> _contradicted = [];

    /// <summary>The answer's files in the order in which they were read.</summary>
    public IReadOnlyList<MemberReport> Members => _members;

    /// <summary>What could not be read, up to <see cref="Limits.MaxReportedDamages"/>; see <see cref="DamageCount"/>.</summary>
    public IReadOnlyList<Damage> Damages => _damages;

    public long DamageCount { get; private set; }

    /// <summary>
    /// Until when the answer can speak, as far as it was read: of each archive in it the latest stamp in its own or its members' names, else the
    /// date of the mail around it, and of these the latest; null when an archive states neither. With how it was found. A stamp that rows contradict is not believed.
    /// </summary>
    public (Instant At, string How)? CutOff =>
        _archives.WithRows(_members).Select(part => part.Archive.Believed).ToList() is var stamps && stamps.TrueForAll(stamp => stamp is not null)
            ? stamps.MaxBy(stamp => stamp!.At) is { } last ? (last.At, last.How) : null
            : null;

    public void Begin(string fileName) => _archives.Begin(fileName);

    public void Member(AnswerMember member)
    {
        Report(member);
        _archives.Member(member);
    }

    public void Created(AnswerMember member, Instant at, string how) => _archives.Created(member, at, how);

    public ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine)
    {
        var report = Report(member);
        var table = new TableContext(exhibit, header, report, into, _json) { Search = Search(report), Dates = _archives.Of(member.Name).Dates };
        var unmapped = new UnmappedTable(table, Damaged);
        _unmapped.Add(unmapped);
        var rules = TableRules.For(profile.Exports, member.Name, header);
        if (rules.Count == 0)
        {
            report.UnmappedTable(header);
            report.NotMappedBecause ??= profile.NotMapped.FirstOrDefault(rule => rule.Rows.Count == 0 && rule.Member.IsMatch(member.Name))?.Because;
            return unmapped;
        }

        report.UnmappedColumns(TableRules.Unknown(rules, header));
        foreach (var rule in rules.Where(rule => rule.Rows.Count == 0))
        {
            // A file without rows was recognised all the same.
            report.Mapped(rule.Id);
        }

        return new MappedTable([.. rules.Select(rule => RuleRows.For(rule, table))], table, unmapped, Damaged);
    }

    public bool Json(AnswerMember member, Stream content)
    {
        var rules = profile.Exports.Where(rule => rule.Each is not null && rule.Member.IsMatch(member.Name)).ToList();
        var report = Report(member);
        if (rules.Count == 0)
        {
            report.NotMappedBecause ??= profile.NotMapped.FirstOrDefault(rule => rule.Rows.Count == 0 && rule.Member.IsMatch(member.Name))?.Because;
            return false;
        }

        new MappedDocument(rules, content, limits, report, Search(report), (same, header) => Rows(same, header, report), Damaged).Read();
        return true;
    }

    public void Text(AnswerMember member, string text) =>
        into.Text(new AnswerText(Origin.InAnswer(exhibit, member.Name, 0), text));

    public void Damaged(Damage damage)
    {
        DamageCount++;
        if (_damages.Count < limits.MaxReportedDamages)
        {
            _damages.Add(damage);
        }
    }

    /// <summary>Hands on what was kept for the end, and enters the answer into the register of exhibits.</summary>
    /// <param name="sha256">Lower-case hex of the file.</param>
    /// <param name="format">The answer's format, as its reader names it.</param>
    /// <param name="received">The day on which it arrived.</param>
    /// <param name="addedAt">When it was added: the cut-off of an answer that states none.</param>
    /// <param name="from">The first day that was asked for, or null.</param>
    /// <param name="to">The last day that was asked for, or null.</param>
    public AnswerExhibit Finish(
        string sha256, string format, LocalDate received, Instant addedAt, LocalDate? from = null, LocalDate? to = null)
    {
        foreach (var table in _unmapped)
        {
            table.Finish();
        }

        _unmapped.Clear();
        foreach (var values in _search.Values)
        {
            values.Finish(exhibit, profile.Encoded, into);
        }

        _search.Clear();
        var archives = _archives.WithRows(_members);
        foreach (var (archive, _) in archives)
        {
            Contradicted(archive);
        }

        List<AnswerArchive> parts =
        [
            .. archives.Select(part => new AnswerArchive(
                part.Archive.Name, part.Members, part.Archive.Believed?.At ?? addedAt, part.Archive.Believed?.How ?? "the day on which it was added")),
        ];
        var entry = new AnswerExhibit(exhibit, sha256, format, received, _members.Count, parts.Max(part => part.CutOff), from, to)
        {
            Archives = parts.Count > 1 ? parts : [],
        };
        into.Exhibit(entry);
        return entry;
    }

    public void Dispose()
    {
        _json.Dispose();
        _documents.ForEach(json => json.Dispose());
    }

    /// <summary>What takes the rows that rules find in a document.</summary>
    private MappedTable Rows(IReadOnlyList<ExportRule> rules, IReadOnlyList<string> header, MemberReport report)
    {
        var json = new RowJson();
        _documents.Add(json);
        var table = new TableContext(exhibit, header, report, into, json) { Search = Search(report), Dates = _archives.Of(report.Name).Dates, RowWord = "element" };
        var unmapped = new UnmappedTable(table, Damaged);
        _unmapped.Add(unmapped);
        return new MappedTable([.. rules.Select(rule => RuleRows.For(rule, table))], table, unmapped, Damaged);
    }

    private SearchableValues Search(MemberReport report)
    {
        if (!_search.TryGetValue(report.Name, out var values))
        {
            _search[report.Name] = values = new SearchableValues(report.Name, Damaged);
        }

        return values;
    }

    private void Contradicted(MadeArchive archive)
    {
        foreach (var stamp in archive.Candidates)
        {
            if (archive.Dates.After(stamp.At) is var (reason, isStray) && _contradicted.Add((stamp, reason)))
            {
                Damaged(new Damage(stamp.Member, $"{stamp.How} {reason}; {(isStray ? "such a row is taken for a fault, and the stamp counts" : "the stamp is not believed, and not used as the answer's cut-off")}"));
            }
        }
    }

    private MemberReport Report(AnswerMember member)
    {
        if (!_byName.TryGetValue(member.Name, out var report))
        {
            _byName[member.Name] = report = new MemberReport(member);
            _members.Add(report);
        }

        return report;
    }
}
