using System.Text.Json;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>Finds the next entry after a broken one: an object in a list that has a request and a beginning.</summary>
internal static class HarSearch
{
    private const int LongestGap = 64;

    /// <summary>
    /// Moves the window to the next entry at or after <paramref name="from"/>, or to the file's end and returns false.
    /// </summary>
    public static bool Forward(ByteWindow window, JsonScan scan, int from, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = Candidate(window.Span, from);
            if (at < 0)
            {
                // The comma before an entry may be a line away from it.
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
            if ((end == ScanEnd.Whole && IsEntry(window.Span[..length])) || end == ScanEnd.PassedOver)
                return true;
            from = end == ScanEnd.CutOff ? 0 : 1;
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

    private static bool IsEntry(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 128, AllowTrailingCommas = true });
            var (hasRequest, hasStart) = (false, false);
            while (reader.Read() && !(hasRequest && hasStart))
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                hasRequest |= reader.ValueTextEquals("request"u8);
                hasStart |= reader.ValueTextEquals("startedDateTime"u8);
                reader.Skip();
            }

            return hasRequest && hasStart;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
