namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>Finds where the next flow begins after a damage: a closing brace followed by something that opens a flow.</summary>
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

    /// <summary>Where in the data a flow seems to begin, or -1. Near the end only once the file has ended.</summary>
    public static int IndexIn(ReadOnlySpan<byte> data, bool ended)
    {
        var from = 0;
        while (true)
        {
            var brace = data[from..].IndexOf((byte)'}');
            if (brace < 0)
                return -1;
            from += brace + 1;
            if (!ended && data.Length - from < FlowHeader.Sight)
                return -1;
            if (FlowHeader.IsPlausible(data[from..]))
                return from;
        }
    }
}
