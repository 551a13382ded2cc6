using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// A day's <c>summary</c> (formats.md §1.9): totals, stretches of activity, the night, and what identifies the device.
/// </summary>
internal sealed class BandSummary(JsonElement summary, string path, SourceDay day, Offset? offset, UploadSink sink)
{
    private GroupKey Key(string what) => new(
        $"{day.Account}|{day.Device}",
        string.Create(CultureInfo.InvariantCulture, $"{what}/{day.Source}/{day.Date:uuuu-MM-dd}"));

    /// <param name="isLowerBound">The day was not over, or not all of it was synced.</param>
    /// <param name="minutes">The day's minutes, to check the totals by; null when there are none, or those of several devices.</param>
    public void Decode(bool isLowerBound, MinuteArrays? minutes)
    {
        Facts();
        if (summary.At("stp") is { ValueKind: JsonValueKind.Object } steps)
        {
            Totals(steps, isLowerBound);
            Stretches(steps);
            if (minutes is { SaysSomething: true })
            {
                new TotalsCheck(minutes, path, sink).Check(steps);
            }
        }

        if (summary.At("slp") is { ValueKind: JsonValueKind.Object } sleep)
        {
            var night = BandNight.Read(sleep, $"{path}.slp", day.Date, offset ?? Offset.Zero, sink);
            if (night.Count > 0)
            {
                sink.Occurrences(Key("sleep"), night);
            }
        }

        DailyMaximum();
    }

    private void Facts()
    {
        if (summary.Text("sn") is { Length: > 0 } serial)
        {
            sink.Fact(Category.Device, "serial-number", serial, $"{path}.sn", identifies: true);
        }

        if (summary.Text("algv") is { Length: > 0 } algorithm)
        {
            sink.Fact(Category.Device, "algorithm-version", algorithm, $"{path}.algv", identifies: false);
        }

        if (summary.Whole("goal") is > 0 and var goal)
        {
            sink.Fact(Category.Profile, "step-goal", goal.ToString(CultureInfo.InvariantCulture), $"{path}.goal", identifies: false);
        }

        if (offset is { } known)
        {
            sink.Fact(Category.Network, "utc-offset", known.ToString("+HH:mm", CultureInfo.InvariantCulture), $"{path}.tz", identifies: false);
        }
    }

    private void Totals(JsonElement steps, bool isLowerBound)
    {
        foreach (var (field, name) in new[] { ("ttl", "steps"), ("dis", "distance"), ("runDist", "run-distance"), ("cal", "calories") })
        {
            if (steps.Number(field) is >= 0 and var value)
            {
                sink.Total(day, new DailyTotal(Category.Steps, day.Date, name, value, sink.At($"{path}.stp.{field}"), isLowerBound));
            }
        }

        sink.Line($"  totals: {steps.Number("ttl")} steps, {steps.Number("dis")} m, {steps.Number("cal")} kcal, {steps.Number("wk")} min walking, {steps.Number("rn")} min running ({steps.Number("runDist")} m){(isLowerBound ? "; the day was not complete" : "")}");
    }

    private void Stretches(JsonElement steps)
    {
        if (steps.At("stage") is not { ValueKind: JsonValueKind.Array } list)
        {
            return;
        }

        var stretches = new List<Occurrence>(list.GetArrayLength());
        var midnight = day.Date.AtMidnight();
        var index = -1;
        foreach (var stage in list.EnumerateArray())
        {
            index++;
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}.stp.stage[{index}]");
            if (stage.Whole("start") is not { } start || stage.Whole("stop") is not { } stop || start < 0 || stop < start || stop > 2 * MinuteDay.MinutesPerDay)
            {
                sink.Damaged(at, "its start and stop are no minutes of a day");
                continue;
            }

            stretches.Add(new Occurrence(
                Category.ActivityKind,
                new Moment(midnight.PlusMinutes(start), offset),
                new Moment(midnight.PlusMinutes(stop + 1), offset),
                StretchFields(stage),
                sink.At(at),
                "stage"));
        }

        if (stretches.Count > 0)
        {
            sink.Occurrences(Key("stretches"), stretches);
            sink.Line($"  {stretches.Count} stretches of activity");
        }
    }

    private static List<Field> StretchFields(JsonElement stage)
    {
        var fields = new List<Field>(5);
        Add(fields, "distance", stage.Number("dis"));
        Add(fields, "calories", stage.Number("cal"));
        Add(fields, "steps", stage.Number("step"));
        Add(fields, "mode", stage.Number("mode"));
        if (stage.Whole("mode") is { } mode && HuamiCodes.ActivityMode(mode) is { } name)
        {
            fields.Add(Field.Of("kind", name));
        }

        return fields;
    }

    private static void Add(List<Field> fields, string name, decimal? value)
    {
        if (value is { } number)
        {
            fields.Add(Field.Of(name, number));
        }
    }

    // The day's highest heart rate is not a minute of its own; no table of the answers has a place for it.
    private void DailyMaximum()
    {
        if (summary.At("hr")?.At("maxHr") is not { ValueKind: JsonValueKind.Object } maximum
            || maximum.Whole("hr") is not (>= 1 and <= 253 and var bpm)
            || maximum.Whole("ts") is not { } stamp || !MomentText.TryFromEpoch(stamp, out var at))
        {
            return;
        }

        sink.Occurrences(Key("maximum-heart-rate"),
        [
            new Occurrence(
                Category.Other("daily-maximum-heart-rate"), Moment.At(at, offset ?? Offset.Zero), null, [Field.Of("bpm", bpm)],
                sink.At($"{path}.hr.maxHr")),
        ]);
    }
}
