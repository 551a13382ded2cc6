using System.Text.Json;

namespace MiSarTracker.Formats.Captures.Json;

/// <summary>Finds the next record after a broken one: an object in a list that has the members that such records have.</summary>
internal sealed class JsonSearch(ByteWindow window, JsonScan scan, Limits limits, params byte[][] members)
{
    private const int LongestGap = 64;

    /// <summary>
    /// Moves the window from the broken record that it begins with to the next one, or to the file's end and returns
    /// false. A text without an end may have swallowed the next record's beginning, so that one is looked for right behind
    /// the broken one's.
    /// </summary>
    public bool Forward(CancellationToken cancellationToken)
    {
        var from = 1;
        var (brokenAt, timesBroken) = (-1L, 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = Candidate(window.Span, from);
            if (at < 0)
            {
                // The comma before a record may be a line away from it.
                window.Advance(Math.Max(0, window.Length - LongestGap));
                from = window.Length;
                if (!window.Fill())
                {
                    window.Advance(window.Length);
                    return false;
                }

                continue;
            }

            window.Advance(at);
            var end = scan.Scan(keep: true, out var length);
            if ((end == ScanEnd.Whole && IsRecord(window.Span[..length])) || end == ScanEnd.PassedOver)
                return true;
            from = end == ScanEnd.CutOff ? 0 : 1;
            if (end != ScanEnd.Malformed)
                continue;

            // Everything that is open around a broken place breaks there; no record is that deep in others.
            timesBroken = brokenAt == window.Offset + length ? timesBroken + 1 : 0;
            brokenAt = window.Offset + length;
            from = timesBroken > limits.MaxDepth ? Math.Max(1, length) : 1;
        }
    }

    /// <summary>Where a brace stands that begins a list's element, or -1.</summary>
    private static int Candidate(ReadOnlySpan<byte> data, int from)
    {
        while (from < data.Length)
        {
            var step = data[from..].IndexOf((byte)'{');
            if (step < 0)
                return -1;
            from += step;
            var last = data[..from].LastIndexOfAnyExcept(" \t\r\n"u8);
            if (last >= 0 && data[last] is (byte)',' or (byte)'[')
                return from;
            from++;
        }

        return -1;
    }

    private bool IsRecord(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 128, AllowTrailingCommas = true });
            var missing = members.Length;
            while (reader.Read() && missing > 0)
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                foreach (var member in members)
                    missing -= JsonValue.IsNamed(reader, member) ? 1 : 0;
                reader.Skip();
            }

            return missing == 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
