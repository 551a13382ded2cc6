namespace MiSarTracker.Formats.Captures.Json;

/// <summary>Small steps between the values of a JSON file: over white space, commas and names.</summary>
internal sealed class JsonCursor(ByteWindow window, JsonScan scan)
{
    private readonly byte[] _name = new byte[64];

    /// <summary>The next byte that is no white space, or -1 at the end.</summary>
    public int Peek()
    {
        while (window.Length > 0 || window.Fill())
        {
            var step = window.Span.IndexOfAnyExcept(" \t\r\n"u8);
            if (step >= 0)
            {
                window.Advance(step);
                return window.Span[0];
            }

            window.Advance(window.Length);
        }

        return -1;
    }

    /// <summary>Steps to the next element of a list, or behind its end and returns null; null also at the file's end.</summary>
    public int? NextElement()
    {
        int mark;
        while ((mark = Peek()) == ',')
            window.Advance(1);
        if (mark == ']')
            window.Advance(1);
        return mark is < 0 or ']' ? null : mark;
    }

    /// <summary>Passes a member's name and the colon behind it; false when there is none. Long names are none that matter.</summary>
    public bool TryName(out string name)
    {
        name = "";
        if (scan.Scan(keep: true, out var length) != ScanEnd.Whole)
            return false;
        if (length - 2 <= _name.Length)
        {
            window.Span[1..(length - 1)].CopyTo(_name);
            name = Wire.Text(_name.AsSpan(0, length - 2));
        }

        window.Advance(length);
        if (Peek() != ':')
            return false;
        window.Advance(1);
        return Peek() >= 0;
    }
}
