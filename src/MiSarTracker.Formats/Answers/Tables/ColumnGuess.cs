using System.Buffers.Text;
using System.Text;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>What a column of an unknown table seems to hold, by all of its values.</summary>
public sealed class ColumnGuess
{
    // Between these, a number of ten or thirteen digits is more likely a time than anything else.
    private static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2100, 1, 1, 0, 0);

    private long _empty;
    private long _numbers;
    private long _epochs;
    private long _dates;
    private long _times;
    private long _texts;
    private string? _from;
    private string? _to;

    internal ColumnGuess(string name) => Name = name;

    public string Name { get; }

    /// <summary><c>date</c> (with or without a time), <c>time</c> (of day), <c>number</c>, <c>unix-time</c>, <c>text</c>, <c>mixed</c>, or <c>empty</c>.</summary>
    public string Type
    {
        get
        {
            var all = _numbers + _epochs + _dates + _times + _texts;
            if (all == 0)
                return "empty";

            return _dates == all ? "date" : _times == all ? "time" : _epochs == all ? "unix-time" : _numbers + _epochs == all ? "number" : _texts == all ? "text" : "mixed";
        }
    }

    /// <summary>Fields without a value: empty, <c>null</c>, <c>-</c>.</summary>
    public long Empty => _empty;

    /// <summary>The earliest date, ISO 8601 without a zone unless it is a unix time; null when the column holds none.</summary>
    public string? From => Type is "date" or "unix-time" ? _from : null;

    /// <summary>The latest date.</summary>
    public string? To => Type is "date" or "unix-time" ? _to : null;

    internal void Take(ReadOnlySpan<byte> field)
    {
        field = field.Trim((byte)' ');
        if (field.IsEmpty || field.SequenceEqual("null"u8) || field.SequenceEqual("-"u8))
            _empty++;
        else if (TryEpoch(field, out var moment))
            Date(ref _epochs, NodaTime.Text.InstantPattern.General.Format(moment));
        else if (IsNumber(field))
            _numbers++;
        else if (IsTime(field))
            _times++;
        else if (field.Length <= 40 && MomentText.TryParse(field, out var at))
            Date(ref _dates, at.Local.ToString("uuuu-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        else
            _texts++;
    }

    private void Date(ref long count, string iso)
    {
        count++;
        _from = _from is null || string.CompareOrdinal(iso, _from) < 0 ? iso : _from;
        _to = _to is null || string.CompareOrdinal(iso, _to) > 0 ? iso : _to;
    }

    private static bool TryEpoch(ReadOnlySpan<byte> field, out Instant moment)
    {
        moment = default;
        if (field.Length is not (10 or 13) || !Utf8Parser.TryParse(field, out long value, out var used) || used != field.Length || value < 0)
            return false;

        moment = field.Length == 10 ? Instant.FromUnixTimeSeconds(value) : Instant.FromUnixTimeMilliseconds(value);
        return moment >= Earliest && moment < Latest;
    }

    private static bool IsNumber(ReadOnlySpan<byte> field) =>
        (Utf8Parser.TryParse(field, out double _, out var used) && used == field.Length && char.IsAsciiDigit((char)field[^1]))
        || (field.Contains((byte)',') && double.TryParse(Encoding.UTF8.GetString(field).Replace(',', '.'), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _));

    private static bool IsTime(ReadOnlySpan<byte> field) =>
        field.Length is 5 or 8 && field[2] == ':' && (field.Length == 5 || field[5] == ':')
        && Utf8Parser.TryParse(field[..2], out int hour, out var used) && used == 2 && hour is >= 0 and <= 24
        && Utf8Parser.TryParse(field[3..5], out int minute, out used) && used == 2 && minute is >= 0 and < 60;
}
