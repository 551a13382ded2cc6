namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>Looks at the beginning of a file before anything is read from it.</summary>
internal static class FlowPeek
{
    /// <summary>The version of the first flow, when it stands near its beginning; null otherwise.</summary>
    public static FlowVersion? Version(ReadOnlySpan<byte> head)
    {
        if (FlowHeader.Read(head) is not { } header)
            return null;
        var flow = head[header.Length..];
        var at = 0;
        while (Tnetstring.TryRead(flow, at, out var key) && Tnetstring.TryRead(flow, key.End, out var value) && value.End <= header.Payload)
        {
            if (key.IsString && key.In(flow).SequenceEqual("version"u8))
                return FlowVersion.From(flow, value);
            at = value.End;
        }

        return null;
    }
}
