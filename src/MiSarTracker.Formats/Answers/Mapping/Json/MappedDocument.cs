using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping.Json;

/// <summary>A JSON file that rules of the profile take: each path of theirs is a table of its own, read in one pass.</summary>
internal sealed class MappedDocument
{
    private readonly JsonShape _root = new();
    private readonly List<string> _unknown = [];
    private readonly JsonValueWalk _walk;
    private readonly JsonDocumentWalk _document;
    private readonly MemberReport _report;
    private readonly Action<Damage> _damaged;

    /// <param name="rules">Those that take the member.</param>
    /// <param name="source">The document.</param>
    /// <param name="table">Makes what takes the rows of some of the rules, with the given columns.</param>
    public MappedDocument(
        IReadOnlyList<ExportRule> rules, Stream source, Limits limits, MemberReport report, SearchableValues search, Func<IReadOnlyList<ExportRule>, IReadOnlyList<string>, ITableSink> table, Action<Damage> damaged)
    {
        (_report, _damaged) = (report, damaged);
        var options = JsonTexts.Options(limits);
        _walk = new JsonValueWalk(search, _unknown);
        _document = new JsonDocumentWalk(source, options, limits.MaxBodyBytes);
        foreach (var same in rules.GroupBy(rule => rule.Each!.ToString(), StringComparer.Ordinal))
        {
            Add([.. same], options, table);
        }
    }

    /// <summary>Reads the document; what is no JSON, or too large, is damage.</summary>
    public void Read()
    {
        if (_document.Read(_root, _walk, () => _damaged(new Damage(_report.Name, "a part of it is too large to be mapped; its values are kept for searching"))) is { } problem)
        {
            _damaged(new Damage(_report.Name, problem));
        }

        _report.UnmappedColumns(_unknown);
    }

    private void Add(List<ExportRule> rules, System.Text.Json.JsonReaderOptions options, Func<IReadOnlyList<ExportRule>, IReadOnlyList<string>, ITableSink> table)
    {
        var lists = rules.SelectMany(JsonColumns.ListsOf).ToList();
        var header = lists.Select(names => names[0]).Distinct(StringComparer.Ordinal).ToList();
        var rows = new JsonTable(rules[0].Each!, header.Count, table(rules, header));
        foreach (var (name, column, rank) in lists.SelectMany(names => names.Select((name, rank) => (name, header.IndexOf(names[0]), rank))).Distinct())
        {
            rows.Read(name, column, rank);
        }

        foreach (var name in rules.SelectMany(rule => rule.Unused.Keys))
        {
            rows.Ignore(name);
        }

        var place = _root.Along(rows.Each.Steps.Take(rows.UnitDepth));
        place.UnitDepth = rows.UnitDepth;
        (place.Unit ??= new JsonUnit(options, _walk)).Add(rows, rows.UnitDepth);
    }
}
