using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>When each archive of an answer was made: a stamp belongs to the archive in whose name, or in whose members' names, it stands.</summary>
internal sealed class MadeArchives(IReadOnlyList<CutOffRule> rules)
{
    private static readonly InstantPattern UtcStamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    private readonly Dictionary<string, MadeArchive> _archives = new(StringComparer.Ordinal);
    private MadeArchive _whole = new("", null);
    private bool _hasMembers;

    public void Begin(string fileName)
    {
        _whole = new MadeArchive(fileName, null);
        ByRules(_whole, fileName, fileName);
    }

    public void Member(AnswerMember member)
    {
        if (member.Format is "zip" or "tar" or "eml" or "mbox" && !_archives.ContainsKey(member.Name))
        {
            // A mail that is the answer itself is announced, and its parts are not named behind it.
            var isWhole = !_hasMembers && member.Format is "eml" or "mbox" && member.Name == _whole.Name;
            _archives[member.Name] = isWhole ? _whole : new MadeArchive(member.Name, Around(member.Name));
        }

        _hasMembers = true;
        var archive = Of(member.Name);
        ByRules(archive, member.Name, Own(member.Name));
    }

    /// <summary>A stamp that the reader found.</summary>
    public void Created(AnswerMember member, Instant at, string how)
    {
        var archive = Of(member.Name);
        var stamp = new Stamped(at, how, member.Name);
        if (member.Format is "eml" or "mbox")
        {
            archive.Mailed = Stamped.Later(archive.Mailed, stamp);
        }
        else
        {
            archive.Named = Stamped.Later(archive.Named, stamp);
        }
    }

    /// <summary>The archive that a member is, or lies in.</summary>
    public MadeArchive Of(string member) => _archives.GetValueOrDefault(member) ?? Around(member);

    /// <summary>The archives that hold the given members, in that order; the answer as a whole when none of them has rows.</summary>
    public IReadOnlyList<(MadeArchive Archive, int Members)> WithRows(IEnumerable<MemberReport> members)
    {
        var found = members.GroupBy(member => Of(member.Name)).Where(group => group.Any(member => member.Rows > 0)).Select(group => (group.Key, group.Count(member => member.Name != group.Key.Name))).ToList();
        return found.Count > 0 ? found : [(Whole(), members.Count())];
    }

    /// <summary>An answer without rows is as old as the latest stamp anywhere in it.</summary>
    private MadeArchive Whole()
    {
        foreach (var archive in _archives.Values)
        {
            _whole.Named = archive.Named is { } named ? Stamped.Later(_whole.Named, named) : _whole.Named;
            _whole.Mailed = archive.Mailed is { } mailed ? Stamped.Later(_whole.Mailed, mailed) : _whole.Mailed;
        }

        return _whole;
    }

    private MadeArchive Around(string member)
    {
        for (var at = member.LastIndexOf('!'); at > 0; at = member.LastIndexOf('!', at - 1))
        {
            if (_archives.TryGetValue(member[..at], out var archive))
            {
                return archive;
            }
        }

        return _whole;
    }

    /// <summary>A member's name without those of the archives around it.</summary>
    private string Own(string member) => Around(member) is var around && around != _whole && member.Length > around.Name.Length ? member[(around.Name.Length + 1)..] : member;

    private void ByRules(MadeArchive archive, string member, string name)
    {
        foreach (var rule in rules)
        {
            if (rule.Match.Group(name, "stamp") is { } stamp && Stamp(rule, stamp) is { } at)
            {
                archive.Named = Stamped.Later(archive.Named, new Stamped(at, $"the stamp {stamp} in the name {name}", member));
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
}
