using System.Globalization;
using System.Runtime.CompilerServices;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Captures;
using NodaTime;

namespace MiSarTracker.Formats.Uploads;

/// <summary>
/// Takes what one exchange carries: forwards it to the builder (unless the exchange was an attempt only), counts it,
/// keeps damages, and the lines that a reader is shown.
/// </summary>
internal sealed class UploadSink(UploadedBuilder into, Redaction redaction, bool isReadable)
{
    /// <summary>Damaged fields of one exchange that are listed one by one.</summary>
    private const int MostDamages = 100;

    /// <summary>Lines of one exchange: nobody reads more.</summary>
    private const int MostLines = 5_000;

    /// <summary>Values of one exchange that no rule knows; a hostile body could else keep us for hours.</summary>
    private const int MostValues = 200_000;

    private readonly List<string> _lines = [];
    private readonly List<Damage> _damages = [];
    private readonly List<string> _remarks = [];
    private SortedDictionary<Category, long> _counts = [];
    private SortedDictionary<Category, long> _storedCounts = [];
    private UploadedBuilder _into = null!;
    private string _endpoint = "";
    private int _values;
    private HttpExchange _http = null!;
    private string _exhibit = "";
    private bool _counted;
    private int _item;

    /// <summary>The vendor's user id that the request names, or an empty string.</summary>
    public string Account { get; set; } = "";

    /// <summary>The time zone that the request names, or null.</summary>
    public DateTimeZone? Zone { get; set; }

    /// <summary>True when places that the request names belong to a workout.</summary>
    public bool InWorkout { get; set; }

    /// <summary>True when lines are wanted; making them is the costliest part.</summary>
    public bool IsReadable => isReadable;

    public IReadOnlyDictionary<Category, long> Counts => _counts;

    /// <summary>What the answer shows that the vendor stores.</summary>
    public IReadOnlyDictionary<Category, long> StoredCounts => _storedCounts;

    /// <summary>True while the answer is read: all goes to what the vendor stores.</summary>
    public bool IsStored { get; private set; }

    /// <summary>What does not fit together, or is worth knowing of the exchange.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>False when nobody wants the values that no rule knows.</summary>
    public bool WantsValues => isReadable || (into.KeepsValues && _counted);

    /// <summary>Values that no rule knows.</summary>
    public long Values => _values;

    public IReadOnlyList<string> Lines => _lines;

    public IReadOnlyList<Damage> Damages => _damages;

    public Instant? SeenAt => _http.StartedAt;

    /// <param name="isCounted">False when nothing shows that the vendor got it.</param>
    public void Begin(HttpExchange http, string exhibit, bool isCounted)
    {
        (_http, _exhibit, _counted, _item, Account, Zone, InWorkout) = (http, exhibit, isCounted, 0, "", null, false);
        (_into, IsStored, _values, _endpoint) = (into, false, 0, "");
        if (_counts.Count > 0)
        {
            _counts = [];
        }

        if (_storedCounts.Count > 0)
        {
            _storedCounts = [];
        }

        _lines.Clear();
        _damages.Clear();
        _remarks.Clear();
    }

    /// <summary>From here on, all is what the vendor's answer shows that it stores.</summary>
    public void BeginStored()
    {
        (_into, IsStored) = (into.Stored, true);
        Line($"the answer, which shows what the vendor stores:");
    }

    public void Minutes(
        SourceDay day, Category category, string path, Offset? offset, ReadOnlySpan<short> values, int unsynced, MinuteMerging merging)
    {
        Count(category, values.Length - values.Count(MinuteDay.None));
        if (_counted)
        {
            _into.Minutes(day, category, Next(), path, offset, values, unsynced, merging);
        }
    }

    public void Occurrences(GroupKey key, IReadOnlyList<Occurrence> occurrences)
    {
        foreach (var occurrence in occurrences)
        {
            Count(occurrence.Category, SampleCounts.IsSample(occurrence) ? 1 : 0);
        }

        if (_counted)
        {
            _into.Occurrences(key, Next(), occurrences);
        }
    }

    public void Amend(GroupKey key, IReadOnlyList<Field> fields)
    {
        if (_counted)
        {
            _into.Amend(key, Next(), fields);
        }
    }

    public void Series(GroupKey key, Series series)
    {
        Count(series.Category, SampleCounts.Of(series));
        if (_counted)
        {
            _into.Series(key, Next(), series);
        }
    }

    public void NoSeries(GroupKey key, Category category)
    {
        if (_counted)
        {
            _into.NoSeries(key, category, Next());
        }
    }

    public void Total(SourceDay day, DailyTotal total)
    {
        if (_counted)
        {
            _into.Total(day, Next(), total);
        }
    }

    /// <summary>A fact. The value of a field with a secret's name is hashed here, whatever the rule forgot.</summary>
    /// <param name="path">Where the value stands; its last part is the field's own name.</param>
    public void Fact(Category category, string name, string value, string path, bool identifies, bool isSecret = false)
    {
        var field = LastName(path);
        var shown = isSecret || redaction.IsSecret(field) ? redaction.Hash(field, value) : value;
        Count(category, 1);
        Line($"{category}: {name} = {shown}");
        if (_counted)
        {
            var inWorkout = category == Category.Location ? InWorkout : (bool?)null;
            _into.Fact(
                new Sighting(_http.StartedAt, _exhibit, _http.Number),
                new Fact(category, name, shown, At(path), _http.StartedAt) { Identifies = identifies, InWorkout = inWorkout });
        }
    }

    /// <summary>A device's id, and the Bluetooth address that it was made of.</summary>
    public void Device(string id, string path)
    {
        if (id.Length == 0 || id == "-1")
        {
            return;
        }

        Fact(Category.Device, "device-id", id, path, identifies: true);
        if (Eui64.MacAddress(id) is { } mac)
        {
            Fact(Category.Device, "mac-address", mac, path, identifies: true);
        }
    }

    /// <summary>A value that no rule gives a meaning. A secret's name replaces it, here, by its hash.</summary>
    /// <param name="path">Where it stands; its last part is the field's own name.</param>
    public void Value(string path, string value)
    {
        if (++_values > MostValues)
        {
            return;
        }

        var field = LastName(path);
        var isSecret = redaction.IsSecretAnywhere(field);
        var shown = isSecret ? redaction.Hash(field, value) : value;
        Line($"{path} = {shown}");
        if (_counted)
        {
            _endpoint = _endpoint.Length > 0 ? _endpoint : $"{_http.Method} {redaction.Path(_http.Path)}";
            into.Value(
                new Sighting(_http.StartedAt, _exhibit, _http.Number),
                new SentValue(_http.Host, _endpoint, path, shown, At(path), _http.StartedAt) { IsSecret = isSecret });
        }
    }

    /// <summary>Something that does not fit together, or that a reader should know; no damage, for every byte was read.</summary>
    public void Remark(string text)
    {
        if (_remarks.Count < MostDamages)
        {
            _remarks.Add(text);
        }

        Line($"  note: {text}");
    }

    public Origin At(string path) => Origin.InUpload(_exhibit, _http.Number, path);

    /// <summary>A line for a reader; nothing happens, not even its text is made, when nobody reads.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref LineText line)
    {
        if (isReadable && _lines.Count < MostLines)
        {
            _lines.Add(line.ToStringAndClear());
        }
    }

    public void Damaged(string path, string reason)
    {
        if (_damages.Count == MostDamages)
        {
            (path, reason) = ("body", "there are more damaged fields than are listed here");
        }

        if (_damages.Count <= MostDamages)
        {
            _damages.Add(new Damage(string.Create(CultureInfo.InvariantCulture, $"exchange {_http.Number}"), $"{path}: {reason}"));
        }
    }

    /// <summary>The offset of the request's time zone at an instant; zero when the request names none.</summary>
    public Offset OffsetAt(Instant instant) => Zone?.GetUtcOffset(instant) ?? Offset.Zero;

    private Sighting Next() => new(_http.StartedAt, _exhibit, _http.Number, _item++);

    private void Count(Category category, long number)
    {
        if (number > 0)
        {
            var counts = IsStored ? _storedCounts : _counts;
            counts[category] = counts.GetValueOrDefault(category) + number;
        }
    }

    private static string LastName(string path)
    {
        var end = path.Length;
        while (end > 0 && path[end - 1] is ']' or ')' && path.LastIndexOf(path[end - 1] == ']' ? '[' : '(', end - 1) is var opening and > 0)
        {
            end = opening;
        }

        var start = end == 0 ? 0 : path.LastIndexOf('.', end - 1) + 1;
        return path[start..end];
    }
}
