using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// <c>slp</c>: a night by its interval, its stages and naps. The day's label says for some apps the evening and for
/// others the morning, so stage minutes are counted from the midnight that makes them cover the night best
/// (formats.md §1.10).
/// </summary>
internal sealed class BandNight
{
    /// <summary>Minutes by which a night and the sum of its parts may differ.</summary>
    private const int MostDifference = 5;

    private const int MostStageMinute = 3 * MinuteDay.MinutesPerDay;

    private static readonly (string Key, string Name)[] Canonical =
    [
        ("dp", "deep"), ("lt", "light"), ("wk", "awake"), ("wc", "wake-count"), ("rhr", "resting-heart-rate"), ("ss", "score"),
    ];

    // Kept under their own names: what they mean is not known.
    private static readonly string[] Raw = ["is", "lb", "to", "ps", "pe", "obt", "ebt", "sleepScoreVersion", "sleepVersion", "supRem", "supNap"];

    private readonly string _path;
    private readonly LocalDate _date;
    private readonly Offset _offset;
    private readonly UploadSink _sink;

    private BandNight(string path, LocalDate date, Offset offset, UploadSink sink) =>
        (_path, _date, _offset, _sink) = (path, date, offset, sink);

    /// <summary>
    /// The night (category sleep: <c>deep</c>, <c>light</c>, <c>awake</c>, <c>rem</c> in minutes, <c>wake-count</c>,
    /// <c>resting-heart-rate</c> in bpm, <c>score</c>), its stages (category sleep-stage: <c>stage</c>, <c>mode</c>) and naps (subject <c>nap</c>).
    /// Empty for an empty night.
    /// </summary>
    public static List<Occurrence> Read(JsonElement sleep, string path, LocalDate date, Offset offset, UploadSink sink) =>
        new BandNight(path, date, offset, sink).Read(sleep);

    private List<Occurrence> Read(JsonElement sleep)
    {
        var found = new List<Occurrence>();
        if (sleep.Whole("st") is not { } st || sleep.Whole("ed") is not { } ed)
        {
            return found;
        }

        var hasTimes = MomentText.TryFromEpoch(st, out var start) & MomentText.TryFromEpoch(ed, out var end);
        if (!hasTimes || end < start || end - start > Duration.FromHours(48))
        {
            if (st != ed)
            {
                _sink.Damaged(_path, string.Create(CultureInfo.InvariantCulture, $"{st} to {ed} is no night"));
            }

            return found;
        }

        var naps = Stages(sleep, "odd_stage");
        if (start == end)
        {
            // Without an interval there is nothing to place stages by.
            _sink.Line($"  no night");
            AddNaps(found, naps, NapAnchor(naps));
            return found;
        }

        var night = new Interval(start, end);
        found.Add(new Occurrence(Category.Sleep, Moment.At(start, _offset), Moment.At(end, _offset), Fields(sleep), _sink.At(_path)));
        RemarkLength(sleep, night);
        var stages = Stages(sleep, "stage");
        var anchor = Anchor(stages, night);
        if (stages.Count > 0 && Overlap(stages, anchor, night) == Duration.Zero)
        {
            _sink.Damaged($"{_path}.stage", "its stages lie outside the night, whichever midnight they count from");
            stages.Clear();
        }

        Describe(start, end, stages.Count);
        found.AddRange(stages.Select(stage => ToOccurrence(stage, anchor, "stage", "")));
        AddNaps(found, naps, stages.Count > 0 ? anchor : NapAnchor(naps));
        return found;
    }

    // Holds for every night of real data without REM; so what differs by more than rounding does not fit together.
    private void RemarkLength(JsonElement sleep, Interval night)
    {
        if (sleep.Number("dp") is not { } deep || sleep.Number("lt") is not { } light)
        {
            return;
        }

        var parts = deep + light + (sleep.Number("wk") ?? 0) + (sleep.Number("dt") is > 0 and var rem ? rem : sleep.Number("rm") ?? 0);
        var minutes = (decimal)night.Duration.TotalMinutes;
        if (parts > 0 && Math.Abs(parts - minutes) > MostDifference)
        {
            _sink.Remark($"{_path}: the night lasts {minutes:0} minutes, its deep, light, REM and awake minutes come to {parts:0}");
        }
    }

    /// <summary>Adds the naps' stages, and each unbroken run of them as one sleep with the subject <c>nap</c>.</summary>
    private void AddNaps(List<Occurrence> found, List<Stage> naps, Instant anchor)
    {
        for (var first = 0; first < naps.Count;)
        {
            var last = first;
            while (last + 1 < naps.Count && naps[last + 1].Start == naps[last].Stop + 1)
            {
                last++;
            }

            found.Add(new Occurrence(
                Category.Sleep,
                Moment.At(naps[first].Begin(anchor), _offset),
                Moment.At(naps[last].End(anchor), _offset),
                [],
                _sink.At(string.Create(CultureInfo.InvariantCulture, $"{_path}.odd_stage[{naps[first].Index}]")),
                "nap"));
            first = last + 1;
        }

        found.AddRange(naps.Select(stage => ToOccurrence(stage, anchor, "odd_stage", "nap")));
    }

    private static List<Field> Fields(JsonElement sleep)
    {
        var fields = new List<Field>(8);
        foreach (var (key, name) in Canonical)
        {
            if (sleep.Number(key) is { } value)
            {
                fields.Add(Field.Of(name, value));
            }
        }

        // Some firmware names the REM minutes rm.
        if ((sleep.Number("dt") is > 0 and var rem ? rem : sleep.Number("rm") ?? sleep.Number("dt")) is { } minutes)
        {
            fields.Add(Field.Of("rem", minutes));
        }

        foreach (var key in Raw)
        {
            if (sleep.Number(key) is { } value)
            {
                fields.Add(Field.Of(key, value));
            }
        }

        // -1440 stands for "not edited".
        if (sleep.Whole("usrSt") is not (null or -1440) && sleep.Whole("usrEd") is not (null or -1440))
        {
            fields.Add(Field.Of("user-start", sleep.Number("usrSt")!.Value));
            fields.Add(Field.Of("user-end", sleep.Number("usrEd")!.Value));
        }

        return fields;
    }

    private List<Stage> Stages(JsonElement sleep, string name)
    {
        var stages = new List<Stage>();
        if (sleep.At(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            return stages;
        }

        var index = -1;
        foreach (var item in list.EnumerateArray())
        {
            index++;
            if (item.Whole("start") is { } start && item.Whole("stop") is { } stop && start >= -MinuteDay.MinutesPerDay && start <= stop && stop <= MostStageMinute)
            {
                stages.Add(new Stage(index, (int)start, (int)stop, item.Whole("mode") ?? -1));
            }
            else
            {
                _sink.Damaged(string.Create(CultureInfo.InvariantCulture, $"{_path}.{name}[{index}]"), "its start and stop are no minutes");
            }
        }

        return stages;
    }

    /// <summary>The midnight from which the stages count: that of the label or of the day before.</summary>
    private Instant Anchor(List<Stage> stages, Interval night)
    {
        var labelled = _date.AtMidnight().WithOffset(_offset).ToInstant();
        var before = labelled - Duration.FromDays(1);
        return Overlap(stages, labelled, night) > Overlap(stages, before, night) ? labelled : before;
    }

    /// <summary>With no night to go by: minutes beyond one day can only count from the day before.</summary>
    private Instant NapAnchor(List<Stage> naps)
    {
        var labelled = _date.AtMidnight().WithOffset(_offset).ToInstant();
        return naps.Exists(nap => nap.Stop >= MinuteDay.MinutesPerDay) ? labelled - Duration.FromDays(1) : labelled;
    }

    private static Duration Overlap(List<Stage> stages, Instant anchor, Interval night)
    {
        var sum = Duration.Zero;
        foreach (var stage in stages)
        {
            var shared = Instant.Min(stage.End(anchor), night.End) - Instant.Max(stage.Begin(anchor), night.Start);
            sum += shared > Duration.Zero ? shared : Duration.Zero;
        }

        return sum;
    }

    private Occurrence ToOccurrence(Stage stage, Instant anchor, string list, string subject) => new(
        Category.SleepStage,
        Moment.At(stage.Begin(anchor), _offset),
        Moment.At(stage.End(anchor), _offset),
        [Field.Of("stage", HuamiCodes.SleepStage(stage.Mode) ?? "unknown"), Field.Of("mode", stage.Mode)],
        _sink.At(string.Create(CultureInfo.InvariantCulture, $"{_path}.{list}[{stage.Index}]")),
        subject);

    private void Describe(Instant start, Instant end, int stages)
    {
        if (_sink.IsReadable)
        {
            _sink.Line($"  night: {start.WithOffset(_offset).LocalDateTime:uuuu-MM-dd HH:mm} to {end.WithOffset(_offset).LocalDateTime:uuuu-MM-dd HH:mm}, {stages} stages");
        }
    }

    /// <param name="Index">In its list.</param>
    /// <param name="Start">Minutes after the anchor.</param>
    /// <param name="Stop">The last minute, inclusive.</param>
    private readonly record struct Stage(int Index, int Start, int Stop, long Mode)
    {
        public Instant Begin(Instant anchor) => anchor + Duration.FromMinutes(Start);

        public Instant End(Instant anchor) => anchor + Duration.FromMinutes(Stop + 1);
    }
}
