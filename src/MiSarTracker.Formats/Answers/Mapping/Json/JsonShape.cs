using System.Globalization;
using System.Text;
using System.Text.Json;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping.Json;

/// <summary>
/// What is wanted of a JSON value, by the names in it: a tree of the profile's paths. Names that no path leads through are added
/// while they are met, so that each has its path ready: their values can still be searched.
/// </summary>
internal sealed class JsonShape
{
    /// <summary>An object whose names are data (dates, ids) must not fill the memory.</summary>
    private const int MostUnknown = 200;

    private const int MostUnknownInAll = 5_000;

    private readonly List<(byte[] Name, JsonShape Shape)> _named = [];
    private readonly Dictionary<int, JsonShape> _indexed = [];
    private JsonShape? _any;
    private JsonShape? _furtherUnknown;
    private readonly Budget _budget;
    private int _unknown;

    /// <summary>The value that a shape begins with.</summary>
    public JsonShape()
        : this("", new Budget())
    {
    }

    private JsonShape(string path, Budget budget) => (Path, _budget) = (path, budget);

    /// <summary>As a profile would write it.</summary>
    public string Path { get; }

    /// <summary>Who takes the value.</summary>
    public List<(JsonRow Row, int Column, int Rank)> Takers { get; } = [];

    /// <summary>The value is cut out whole for rows, or null.</summary>
    public JsonUnit? Unit { get; set; }

    /// <summary>How many steps lead here from the document's root.</summary>
    public int UnitDepth { get; set; }

    /// <summary>The profile says that it means nothing; it is searched all the same.</summary>
    public bool IsUnused { get; set; }

    /// <summary>Rows are read from it elsewhere.</summary>
    public bool IsReadElsewhere { get; set; }

    /// <summary>No path of the profile leads here.</summary>
    public bool IsUnknown { get; private init; }

    public bool HasParts => _named.Count > 0 || _indexed.Count > 0 || _any is not null;

    /// <summary>The place that the steps lead to, made if it is not there yet.</summary>
    public JsonShape Along(IEnumerable<ValuePath.Step> steps)
    {
        var at = this;
        foreach (var step in steps)
        {
            at = step switch
            {
                { Name: { } name } => at.Named(Encoding.UTF8.GetBytes(name)) ?? at.Add(name, isUnknown: false),
                { Index: { } index } => at._indexed.TryGetValue(index, out var there) ? there : at._indexed[index] = new JsonShape(Joined(at.Path, index), _budget),
                _ => at._any ??= new JsonShape(at.Path + "[*]", _budget),
            };
        }

        return at;
    }

    /// <summary>The place of the property whose name the reader stands on.</summary>
    public JsonShape Property(ref Utf8JsonReader reader)
    {
        var name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonTexts.Of(ref reader)) : reader.ValueSpan;
        if (Named(name) is { } known)
        {
            return known;
        }

        if (_any is not null)
        {
            return _any;
        }

        return _unknown++ < MostUnknown && _budget.Unknown++ < MostUnknownInAll ? Add(Encoding.UTF8.GetString(name), isUnknown: true) : _furtherUnknown ??= new JsonShape(Joined(Path, "…"), _budget) { IsUnknown = true };
    }

    /// <summary>The place of a list's element.</summary>
    public JsonShape Element(int index) =>
        _indexed.TryGetValue(index, out var known) ? known : _any ??= new JsonShape(Path + "[*]", _budget) { IsUnknown = true };

    private JsonShape? Named(ReadOnlySpan<byte> name)
    {
        foreach (var (known, shape) in _named)
        {
            if (name.SequenceEqual(known))
            {
                return shape;
            }
        }

        return null;
    }

    private JsonShape Add(string name, bool isUnknown)
    {
        var added = new JsonShape(Joined(Path, name), _budget) { IsUnknown = isUnknown };
        _named.Add((Encoding.UTF8.GetBytes(name), added));
        return added;
    }

    private static string Joined(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private sealed class Budget
    {
        public int Unknown { get; set; }
    }

    private static string Joined(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
