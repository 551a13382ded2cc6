using System.Globalization;
using System.Text;
using MiSarTracker.Formats.Captures.Json;
using NodaTime;

namespace MiSarTracker.Formats.Captures.PcapDroid;

/// <summary>
/// Reads PCAPdroid's table of connections (formats.md §3.7). It is no CSV by any standard: nothing is quoted, so that a
/// comma in an app's name moves the columns. The columns before <c>App</c> are counted from the left, the others from the right.
/// </summary>
internal sealed class ConnectionTable(ByteWindow window, Limits limits) : ICaptureFile
{
    private const int LongestLine = 64 << 10;

    private readonly DamageBudget _damages = new(limits);
    private string[] _columns = [];
    private int _appAt;
    private long _line;

    public string Format => "pcapdroid-csv";

    public IEnumerable<CaptureItem> Read(CancellationToken cancellationToken)
    {
        if (window.Span.StartsWith("\uFEFF"u8))
            window.Advance(3);
        while (Line(out var text) is { } isWhole)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _line++;
            if (_line == 1)
            {
                _columns = text.Split(',');
                _appAt = Array.IndexOf(_columns, "App");
                continue;
            }

            var item = isWhole ? Row(text) : Lose($"the line has more than {LongestLine} bytes");
            if (item is not null)
                yield return item;
        }

        if (_damages.Unreported() is { } rest)
            yield return rest;
    }

    private CaptureItem? Row(string text)
    {
        if (text.Length == 0)
            return null;
        var fields = text.Split(',');
        if (fields.Length < _columns.Length)
            return Lose($"the line has {fields.Length} of {_columns.Length} columns; the file may be cut off here");
        var protocol = Field(fields, "Proto");
        if (protocol.Equals("DNS", StringComparison.OrdinalIgnoreCase))
            return new CaptureItem.Counted("dns");
        if (Count(Field(fields, "BytesSent")) is not { } sent || Count(Field(fields, "BytesRcvd")) is not { } received)
            return Lose("the counts of bytes are no numbers");
        if (At(Field(fields, "FirstSeen")) is not { } first || At(Field(fields, "LastSeen")) is not { } last)
            return Lose("the times are no dates");
        var host = Host(Field(fields, "Info"), Field(fields, "DstIp"));
        if (host.Length == 0)
            return Lose("the line names neither a host nor an address");
        _ = ushort.TryParse(Field(fields, "DstPort"), NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        return new CaptureItem.Connection(new HostConnection(
            host, port, protocol, OrNull(App(fields)), OrNull(Field(fields, "PackageName")), sent, received, first, last));
    }

    private string App(string[] fields) => _appAt < 0 ? "" : string.Join(',', fields[_appAt..(_appAt + 1 + fields.Length - _columns.Length)]).Trim();

    private string Field(string[] fields, string name)
    {
        var at = Array.IndexOf(_columns, name);
        if (at < 0)
            return "";
        return fields[_appAt >= 0 && at > _appAt ? at + fields.Length - _columns.Length : at].Trim();
    }

    /// <summary>The name that the app asked for, which may stand there as an address with port or a url; else the address.</summary>
    private static string Host(string info, string address)
    {
        var scheme = info.IndexOf("://", StringComparison.Ordinal);
        var name = scheme < 0 ? info : info[(scheme + 3)..];
        var end = name.AsSpan().IndexOfAny('/', '?');
        var host = Wire.Authority(end < 0 ? name : name[..end]).Host;
        return host.Length > 0 && !host.Contains(' ', StringComparison.Ordinal) ? host : Wire.Authority(address).Host;
    }

    private static long? Count(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>ISO 8601 since 1.7.0, before it seconds or milliseconds since 1970.</summary>
    private static Instant? At(string text)
    {
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return IsoMoment.Read(text, out _);
        return Wire.At(number > 100_000_000_000 ? number / 1_000 : number);
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>The next line: true with its text, false when it is too long, null at the end.</summary>
    private bool? Line(out string text)
    {
        text = "";
        var scanned = 0;
        while (true)
        {
            var end = window.Span[scanned..].IndexOf((byte)'\n');
            if (end >= 0 || (window.Ended && window.Length > 0))
            {
                var length = end < 0 ? window.Length : scanned + end;
                var isWhole = length <= LongestLine;
                if (isWhole)
                    text = Encoding.UTF8.GetString(window.Span[..length]).TrimEnd('\r');
                window.Advance(end < 0 ? length : length + 1);
                return isWhole;
            }

            scanned = window.Length;
            if (scanned > LongestLine)
                return SkipLine();
            if (!window.Fill() && window.Length == 0)
                return null;
        }
    }

    private bool SkipLine()
    {
        do
        {
            var end = window.Span.IndexOf((byte)'\n');
            window.Advance(end < 0 ? window.Length : end + 1);
            if (end >= 0)
                break;
        }
        while (window.Fill());
        return false;
    }

    private CaptureItem.Damaged? Lose(string reason) =>
        _damages.Report(string.Create(CultureInfo.InvariantCulture, $"line {_line}"), reason);
}
