using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>One element of a day's <c>data</c>: a stretch of minute records of one device.</summary>
/// <param name="element">The element.</param>
/// <param name="path">Where it stands.</param>
/// <param name="valuePath">Where its records stand, when that is not below <paramref name="path"/>.</param>
internal sealed class BandPart(JsonElement element, string path, string? valuePath = null)
{
    public JsonElement Element { get; } = element;

    public string Path { get; } = path;

    public string ValuePath { get; } = valuePath ?? $"{path}.value";

    /// <summary>The device's id; empty for the phone (<c>-1</c>), which has none; null when nothing is said.</summary>
    public string? Device { get; } = element.Text("did") switch
    {
        null or "" => null,
        "-1" => "",
        var id => id,
    };

    public string? Source { get; } = element.Text("src");

    /// <summary>Reads the records into the day.</summary>
    /// <param name="byteLength">The record size that the summary states, or null.</param>
    public void Read(MinuteArrays into, ref byte[] room, int? byteLength, UploadSink sink)
    {
        if (Element.At("value") is not { } value || (value.ValueKind == JsonValueKind.String && value.Escaped().IsEmpty))
        {
            return;
        }

        if (!EscapedBase64.TryDecode(value, ref room, out var records))
        {
            sink.Damaged(ValuePath, "it is no base64");
            return;
        }

        var start = Element.At("start") is null ? 0 : Element.Whole("start") ?? -1;
        var stop = Element.Whole("stop") ?? MinuteDay.MinutesPerDay - 1;
        if (start is < 0 or >= MinuteDay.MinutesPerDay)
        {
            sink.Damaged($"{Path}.start", $"{Element.Text("start")} is no minute of a day");
            return;
        }

        var size = RecordSize(records.Length, byteLength ?? (int?)Element.Whole("byteLength"), stop - start + 1);
        if (size is not { } known)
        {
            sink.Damaged(ValuePath, string.Create(
                CultureInfo.InvariantCulture,
                $"{records.Length} bytes for the minutes {start} to {stop} are no records of 3, 4 or 8 bytes"));
            return;
        }

        var beyond = into.Read(records, known, (int)start);
        if (beyond > 0)
        {
            sink.Damaged(ValuePath, $"{beyond} records lie beyond the end of the day");
        }
    }

    /// <summary>
    /// The stated size when the bytes are whole records of it; else what the bytes come to for each minute; else, for a value that holds
    /// fewer records than its range, the classic three bytes.
    /// </summary>
    private static int? RecordSize(int bytes, int? stated, long minutes)
    {
        if (stated is 3 or 4 or 8 && bytes % stated.Value == 0)
        {
            return stated;
        }

        if (minutes > 0 && bytes % minutes == 0 && bytes / minutes is 3 or 4 or 8)
        {
            return (int)(bytes / minutes);
        }

        return stated is null && bytes % 3 == 0 && bytes < minutes * 3 ? 3 : null;
    }
}
