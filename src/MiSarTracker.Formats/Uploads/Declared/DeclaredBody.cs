using System.Globalization;
using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Formats.Uploads.Declared;

/// <summary>Decodes a body by what its rule declares: steps, then facts, occurrences, minutes and totals by path.</summary>
internal sealed class DeclaredBody
{
    private const int MostLeaves = 10_000;

    private readonly VendorProfile _profile;
    private readonly BodyRules _rule;
    private readonly CommonFacts _common;
    private readonly UploadSink _sink;
    private readonly BodyRoots _root;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private DeclaredBody(VendorProfile profile, BodyRules rule, CommonFacts common, UploadSink sink, BodyRoots root) =>
        (_profile, _rule, _common, _sink, _root) = (profile, rule, common, sink, root);

    /// <summary>Returns false when the body is neither a form nor JSON.</summary>
    public static bool Decode(
        VendorProfile profile, BodyRules rule, (RequestKind Kind, RequestContent Content) what, Limits limits, CommonFacts common, UploadSink sink)
    {
        if (Root(what.Content, what.Kind, sink) is not { } body)
        {
            return false;
        }

        var root = new BodyRoots(body, BodyNode.OfFields(what.Content.Query));
        foreach (var step in rule.Body)
        {
            // What is empty holds nothing, and what is an object or a list already needs no decoding.
            foreach (var (path, node) in BodyPaths.Select(root, body, "$", step.At).ToList())
            {
                var isOpen = node.Text is null or "";
                if (!isOpen && node.Decode(step.As, limits.MaxBodyBytes) is { } problem)
                {
                    sink.Damaged(path, problem);
                }
            }
        }

        new DeclaredBody(profile, rule, common, sink, root).Decode();
        return true;
    }

    private static BodyNode? Root(RequestContent content, RequestKind kind, UploadSink sink)
    {
        switch (content.Kind)
        {
            case ContentKind.Form or ContentKind.Multipart:
                return BodyNode.OfFields(content.FieldNames.Distinct(StringComparer.Ordinal).Select(name => (name, content.Text(name) ?? "")));
            case ContentKind.None when content.Query.Count > 0 && kind != RequestKind.StoredCopy:
                return BodyNode.OfFields(content.Query);
            case ContentKind.Json:
                using (var document = JsonBytes.Parse(content.Bytes, out var reason))
                {
                    if (document is not null)
                    {
                        return BodyNode.Of(document.RootElement);
                    }

                    sink.Damaged("body", reason);
                    return null;
                }

            default:
                return null;
        }
    }

    private void Decode()
    {
        foreach (var fact in _rule.Facts)
        {
            foreach (var (path, node) in BodyPaths.Select(_root, _root.Body, "$", fact.At))
            {
                if (node.Text is not { } text || _common.IsPlaceholder(text))
                {
                    continue;
                }

                _told.Add(path);
                _sink.Fact(fact.Category, fact.Name, text, path, fact.Identifies, fact.Secret);
                if (fact.Derive == Derivations.MacFromEui64 && Eui64.MacAddress(text) is { } mac)
                {
                    _sink.Fact(Category.Device, "mac-address", mac, path, identifies: true);
                }
            }
        }

        foreach (var rule in _rule.Occurrences)
        {
            Occurrences(rule);
        }

        var minutes = new DeclaredMinutes(_profile.Merging.Minutes, _sink);
        foreach (var rule in _rule.Minutes)
        {
            Minutes(rule, minutes);
        }

        minutes.Flush();
        foreach (var rule in _rule.Totals)
        {
            Totals(rule);
        }

        Leaves();
    }

    private void Occurrences(OccurrenceRule rule)
    {
        foreach (var (path, element) in BodyPaths.Select(_root, _root.Body, "$", rule.Each))
        {
            if (element.Properties is null || !Fits(rule.Where, element, path) || Time(rule.Start, element, path) is not { } start)
            {
                continue;
            }

            var end = rule.End is { } at ? Time(at, element, path) : End(rule, start, element, path);
            var fields = Fields(rule, element, path);
            if (fields.Count == 0 && rule.ZeroIsNone.Count > 0)
            {
                // Nothing was measured.
                continue;
            }

            var subject = Subject(rule, element, path);
            var key = new GroupKey(_sink.Account, $"{rule.Category}/{subject}/{start.Local}/{start.Offset}");
            _sink.Occurrences(key, [new Occurrence(rule.Category, start, end, fields, _sink.At(path), subject)]);
            if (_sink.IsReadable)
            {
                _sink.Line($"{rule.Category} {start.Local:uuuu-MM-dd HH:mm:ss}{(subject.Length > 0 ? $" ({subject})" : "")}: {string.Join(", ", fields.Select(field => $"{field.Name} {field.Display}"))}");
            }
        }
    }

    private List<Field> Fields(OccurrenceRule rule, BodyNode element, string path)
    {
        var fields = new List<Field>(rule.Fields.Count);
        foreach (var (name, value) in rule.Fields)
        {
            if (Text(element, path, value) is not { } text || _common.IsPlaceholder(text) || rule.None.Contains(text, StringComparer.Ordinal))
            {
                continue;
            }

            if (JsonFields.Parse(text) is not { } number)
            {
                fields.Add(Field.Of(name, text));
            }
            else if (number > 0 || !rule.ZeroIsNone.Contains(name))
            {
                fields.Add(Field.Of(name, rule.Scale.TryGetValue(name, out var factor) ? decimal.Round(number * factor, 6) : number));
            }
        }

        return fields;
    }

    private string Subject(OccurrenceRule rule, BodyNode element, string path) =>
        rule.SubjectAt is { } at && Text(element, path, at) is { } named
            ? _common.IsPlaceholder(named) ? "" : rule.SubjectPrefix + named
            : rule.Subject;

    private bool Fits(IReadOnlyList<ValueCondition> conditions, BodyNode element, string path)
    {
        foreach (var condition in conditions)
        {
            if (Text(element, path, condition.At) is not { } text || (condition.Equal.Count > 0 && !condition.Equal.Contains(text, StringComparer.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    private void Minutes(MinuteRule rule, DeclaredMinutes minutes)
    {
        foreach (var (path, element) in BodyPaths.Select(_root, _root.Body, "$", rule.Each))
        {
            if (!Fits(rule.Where, element, path) || Text(element, path, rule.Value) is not { } text || _common.IsPlaceholder(text))
            {
                continue;
            }

            if (JsonFields.Parse(text) is not ({ } value and >= 0 and <= short.MaxValue))
            {
                _sink.Damaged(path, $"'{text}' is no value of {rule.Category}");
            }
            else if (Time(rule.Time, element, path) is { } at)
            {
                var device = rule.Device is { } deviceAt ? Text(element, path, deviceAt) ?? "" : "";
                minutes.Add(rule, device, at, (short)decimal.Round(value), path);
            }
        }
    }

    private void Totals(TotalRule rule)
    {
        foreach (var (path, element) in BodyPaths.Select(_root, _root.Body, "$", rule.Each))
        {
            if (Text(element, path, rule.Date) is not { } text || !MomentText.TryParse(Encoding.UTF8.GetBytes(text), out var at))
            {
                _sink.Damaged(path, "its date cannot be read");
                continue;
            }

            var day = new SourceDay(_sink.Account, "", "", at.Local.Date);
            foreach (var (name, value) in rule.Values)
            {
                if (Text(element, path, value) is { } total && JsonFields.Parse(total) is { } number)
                {
                    _sink.Total(day, new DailyTotal(rule.Category, day.Date, name, number, _sink.At(path), IsRunning(day.Date)));
                }
            }
        }
    }

    private void Leaves()
    {
        if (_rule.Leaves is not { } rule)
        {
            return;
        }

        var count = 0;
        foreach (var (path, text) in BodyPaths.Leaves(_root.Body, "$"))
        {
            if (++count > MostLeaves)
            {
                _sink.Damaged("body", string.Create(CultureInfo.InvariantCulture, $"only its first {MostLeaves} values are listed"));
                return;
            }

            var name = path[(path.LastIndexOf('.') + 1)..];
            if (!_told.Contains(path) && !_common.IsPlaceholder(text) && !_common.Knows(FieldPlace.Form, name) && !_common.Knows(FieldPlace.Json, name))
            {
                _sink.Fact(rule.Category, BodyPaths.WithoutIndexes(path), text, path, identifies: false);
            }
        }
    }

    // A day that had not ended when its total was sent may rightly end with a higher one.
    private bool IsRunning(LocalDate date) =>
        _sink.SeenAt is not { } seen || seen.WithOffset(_sink.OffsetAt(seen)).Date <= date;

    private string? Text(BodyNode element, string path, ValuePath at) => BodyPaths.Text(_root, element, path, at)?.Text;

    private Moment? End(OccurrenceRule rule, Moment start, BodyNode element, string path) =>
        rule.Duration is { } lasts && Text(element, path, lasts) is { } text && JsonFields.Parse(text) is { } length
        && DurationText.Seconds(length, rule.DurationUnit) is { } seconds
            ? start with { Local = start.Local.PlusSeconds(seconds) }
            : null;

    /// <summary>The time's text; a clock time with its date before it.</summary>
    private string? TimeText(TimeAt rule, BodyNode element, string path)
    {
        var text = Text(element, path, rule.At);
        var date = rule.Date is { } dateAt ? Text(element, path, dateAt) : null;
        return date is null || text is null ? text ?? date : $"{date.Trim()} {text.Trim()}";
    }

    private Moment? Time(TimeAt rule, BodyNode element, string path)
    {
        if (TimeText(rule, element, path) is not { } text || !MomentText.TryParse(Encoding.UTF8.GetBytes(text), out var at))
        {
            _sink.Damaged(path, $"its time at {rule.At} cannot be read");
            return null;
        }

        var isEpoch = MomentText.TryEpoch(Encoding.UTF8.GetBytes(text.Trim()), out var instant);
        if (at.Offset is not null && !isEpoch)
        {
            return at;
        }

        var zone = rule.Zone is { } zoneAt ? Text(element, path, zoneAt) : null;
        if (isEpoch)
        {
            return Moment.At(instant, Offset(zone, rule.ZoneUnit, instant) ?? _sink.OffsetAt(instant));
        }

        var near = at.Local.InUtc().ToInstant();
        if (rule.Bare == BareClock.Utc)
        {
            return Moment.At(near, Offset(zone, rule.ZoneUnit, near) ?? _sink.OffsetAt(near));
        }

        return at with { Offset = Offset(zone, rule.ZoneUnit, near) ?? _sink.Zone?.AtLeniently(at.Local).Offset };
    }

    private static Offset? Offset(string? zone, ZoneUnit unit, Instant at)
    {
        if (zone is null)
        {
            return null;
        }

        if (unit == ZoneUnit.Iana)
        {
            return DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)?.GetUtcOffset(at);
        }

        var seconds = (JsonFields.Parse(zone) ?? 1e9m) * unit switch
        {
            ZoneUnit.QuarterHours => 900,
            ZoneUnit.Minutes => 60,
            _ => 1,
        };
        return Math.Abs(seconds) <= 18 * 3600 ? NodaTime.Offset.FromSeconds((int)seconds) : null;
    }
}
