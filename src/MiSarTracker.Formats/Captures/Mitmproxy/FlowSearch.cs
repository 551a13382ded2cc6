namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>
/// Finds where the next flow begins after a damage: something that opens a flow, behind a closing brace, or anywhere
/// when the whole flow is there and is sound.
/// </summary>
internal static class FlowSearch
{
    /// <summary>Moves the window to the next plausible flow, or to the file's end and returns false.</summary>
    public static bool Forward(ByteWindow window, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = IndexIn(window.Span, window.Ended);
            if (at >= 0)
            {
                window.Advance(at);
                return true;
            }

            // What stays could be the beginning of a flow that is not in sight as a whole.
            window.Advance(Math.Max(0, window.Length - FlowHeader.Sight));
            if (!window.Fill() && IndexIn(window.Span, ended: true) < 0)
            {
                window.Advance(window.Length);
                return false;
            }
        }
    }

    /// <summary>
    /// Where in the data a flow seems to begin, or -1; not at its very beginning. Near the end only once the file has ended.
    /// </summary>
    public static int IndexIn(ReadOnlySpan<byte> data, bool ended)
    {
        var from = 0;
        while (true)
        {
            var colon = data[from..].IndexOf((byte)':');
            if (colon < 0)
                return -1;
            colon += from;
            from = colon + 1;
            var start = data[..colon].LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
            if (start == 0 || colon - start is 0 or > Tnetstring.MaxDigits)
                continue;
            if (!ended && data.Length - start < FlowHeader.Sight)
                return -1;
            if (FlowHeader.IsPlausible(data[start..]) && (data[start - 1] == Tnetstring.Dict || IsSound(data[start..])))
                return start;
        }
    }

    private static bool IsSound(ReadOnlySpan<byte> data)
    {
        if (FlowHeader.Read(data) is not { } header || header.Whole > data.Length || data[(int)header.Whole - 1] != Tnetstring.Dict)
            return false;
        return FlowParts.TryRead(data.Slice(header.Length, (int)header.Payload), out var parts) && parts.Version.Tag != 0;
    }
}
