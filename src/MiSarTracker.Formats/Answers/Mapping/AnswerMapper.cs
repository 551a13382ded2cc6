using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
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
    private readonly List<Damage> _damages = [];
    private (Instant At, string How)? _named;
    private (Instant At, string How)? _mailed;

    /// <summary>The answer's files in the order in which they were read.</summary>
    public IReadOnlyList<MemberReport> Members => _members;

    /// <summary>What could not be read, up to <see cref="Limits.MaxReportedDamages"/>; see <see cref="DamageCount"/>.</summary>
    public IReadOnlyList<Damage> Damages => _damages;

    public long DamageCount { get; private set; }

    /// <summary>
    /// Until when the answer can speak: the latest stamp in the names of the archive or its members, else the date of the
    /// latest mail; null when neither is there. With how it was found.
    /// </summary>
    public (Instant At, string How)? CutOff => _named ?? _mailed;

    public void Member(AnswerMember member)
    {
        Report(member);
        foreach (var rule in profile.CutOff)
        {
            if (rule.Match.Group(member.Name, "stamp") is { } stamp && Stamp(rule, stamp) is { } at)
            {
                _named = Later(_named, at, $"the stamp {stamp} in the name {member.Name}");
            }
        }
    }

    public void Created(AnswerMember member, Instant at, string how)
    {
        if (member.Format is "eml" or "mbox")
        {
            _mailed = Later(_mailed, at, how);
        }
        else
        {
            _named = Later(_named, at, how);
        }
    }

    public ITableSink Table(AnswerMember member, IReadOnlyList<string> header, long headerLine)
    {
        var report = Report(member);
        var table = new TableContext(exhibit, header, report, into, _json);
        var unmapped = new UnmappedTable(table, Damaged);
        _unmapped.Add(unmapped);
        var rules = TableRules.For(profile.Exports, member.Name, header);
        if (rules.Count == 0)
        {
            report.UnmappedTable(header);
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
        var entry = new AnswerExhibit(exhibit, sha256, format, received, _members.Count, CutOff?.At ?? addedAt, from, to);
        into.Exhibit(entry);
        return entry;
    }

    public void Dispose() => _json.Dispose();

    private MemberReport Report(AnswerMember member)
    {
        if (!_byName.TryGetValue(member.Name, out var report))
        {
            _byName[member.Name] = report = new MemberReport(member);
            _members.Add(report);
        }

        return report;
    }

    private static Instant? Stamp(CutOffRule rule, string stamp)
    {
        var text = Encoding.ASCII.GetBytes(stamp);
        if (rule.Stamp == "unix")
        {
            return MomentText.TryEpoch(text, out var instant) ? instant : null;
        }

        return MomentText.TryDate(text, out var date) ? date.PlusDays(1).AtMidnight().InUtc().ToInstant() : null;
    }

    private static (Instant At, string How)? Later((Instant At, string How)? held, Instant at, string how) =>
        held is { } earlier && earlier.At >= at ? held : (at, how);
}
