using System.Globalization;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>What identifies a workout: its start (the track id, seconds since 1970) and what recorded it.</summary>
internal sealed record WorkoutKey(string TrackId, string Source, Instant Start, GroupKey Group)
{
    /// <summary>Reads the fields <c>trackid</c> and <c>source</c>; null, with a damage, when there is no usable track id.</summary>
    public static WorkoutKey? Read(WorkoutFields fields, UploadSink sink)
    {
        var text = fields.Text("trackid")?.Trim();
        if (text is null || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number == 0 || !MomentText.TryFromEpoch(number, out var start))
        {
            sink.Damaged("trackid", text is null ? "it is missing" : $"'{text}' is no time");
            return null;
        }

        var source = fields.Text("source") ?? "";
        return new WorkoutKey(text, source, start, new GroupKey(sink.Account, $"workout/{text}/{source}"));
    }

    /// <summary>The start on the clock of the request's time zone.</summary>
    public Moment StartMoment(UploadSink sink) => Moment.At(Start, sink.OffsetAt(Start));
}
