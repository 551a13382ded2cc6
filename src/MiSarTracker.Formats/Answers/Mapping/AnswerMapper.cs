using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Answers.Mapping.Json;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// Turns what an answer reader finds into observations, by the vendor's profile: tables by the member's name or their
/// header, columns by name in any order and case. What no rule knows is listed and kept as text, never dropped in silence. One mapper takes
/// one answer; call <see cref="Finish"/> when it was read.
/// </summary>
/// <param name="exhibit">The answer's exhibit, for example <c>R-001</c>.</param>
public sealed class AnswerMapper(VendorProfile profile, string exhibit, DisclosedBuilder into, Limits limits) : IAnswerSink, IDisposable
{
    private static readonly InstantPattern UtcStamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    private readonly RowJson _json = new();
    private readonly List<MemberReport> _members = [];
    private readonly Dictionary<string, MemberReport> _byName = new(StringComparer.Ordinal);
    private readonly List<UnmappedTable> _unmapped = [];
    private readonly Dictionary<string, SearchableValues> _search = new(StringComparer.Ordinal);
    private readonly RowDates _dates = new();
    private readonly List<RowJson> _documents = [];
    private readonly List<Damage> _damages = [];
    private Stamped? _named;
    private Stamped? _mailed;

    /// <summary>The answer's files in the order in which they were read.</summary>
    public IReadOnlyList<MemberReport> Members => _members;

    /// <summary>What could not be read, up to <see cref="Limits.MaxReportedDamages"/>; see <see cref="DamageCount"/>.</summary>
    public IReadOnlyList<Damage> Damages => _damages;

    public long DamageCount { get; private set; }

    /// <summary>
    /// Until when the answer can speak: the latest stamp in the names of the archive or its members, else the date of the
    /// latest mail; null when neither is there. With how it was found. A stamp that rows contradict is not believed.
    /// </summary>
    public (Instant At, string How)? CutOff => Believed(_named) ?? Believed(_mailed);

    private sealed record Stamped(Instant At, string How, string Member);

    public void Begin(string fileName) => Stamps(fileName);

    public void Member(AnswerMember member)
    {
        Report(member);
        Stamps(member.Name);
    }

    public void Created(AnswerMember member, Instant at, string how)
    {
        if (member.Format is "eml" or "mbox")
        {
            _mailed = Later(_mailed, at, how, member.Name);
        }
        else
        {
            _named = Later(_named, at, how, member.Name);
        }
    }

    public ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine)
    {
        var report = Report(member);
        var table = new TableContext(exhibit, header, report, into, _json) { Search = Search(report), Dates = _dates };
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
        Contradicted(_named);
        Contradicted(_mailed);
        var entry = new AnswerExhibit(exhibit, sha256, format, received, _members.Count, CutOff?.At ?? addedAt, from, to);
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
        var table = new TableContext(exhibit, header, report, into, json) { Search = Search(report), Dates = _dates, RowWord = "element" };
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

    private (Instant At, string How)? Believed(Stamped? stamp) =>
        stamp is null || _dates.After(stamp.At) is { IsStray: false } ? null : (stamp.At, stamp.How);

    private void Contradicted(Stamped? stamp)
    {
        if (stamp is not null && _dates.After(stamp.At) is var (reason, isStray))
        {
            Damaged(new Damage(stamp.Member, $"{stamp.How} {reason}; {(isStray ? "such a row is taken for a fault, and the stamp counts" : "the stamp is not believed, and not used as the answer's cut-off")}"));
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

    private void Stamps(string name)
    {
        foreach (var rule in profile.CutOff)
        {
            if (rule.Match.Group(name, "stamp") is { } stamp && Stamp(rule, stamp) is { } at)
            {
                _named = Later(_named, at, $"the stamp {stamp} in the name {name}", name);
            }
        }
    }

    private static Instant? Stamp(CutOffRule rule, string stamp)
    {
        if (rule.Stamp == "utc")
        {
            var parsed = UtcStamp.Parse(stamp);
            return parsed.Success ? parsed.Value : null;
        }

        var text = Encoding.ASCII.GetBytes(stamp);
        if (rule.Stamp == "unix")
        {
            return MomentText.TryEpoch(text, out var instant) ? instant : null;
        }

        return MomentText.TryDate(text, out var date) ? date.PlusDays(1).AtMidnight().InUtc().ToInstant() : null;
    }

    private static Stamped Later(Stamped? held, Instant at, string how, string member) =>
        held is not null && held.At >= at ? held : new Stamped(at, how, member);
}
