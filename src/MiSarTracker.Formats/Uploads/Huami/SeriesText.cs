using System.Buffers.Text;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// A series as text: elements separated by a semicolon (a last empty one is no element), sub-fields by a comma.
/// </summary>
internal ref struct SeriesText(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;
    private bool _ended = text.IsEmpty;

    /// <summary>The current element.</summary>
    public ReadOnlySpan<byte> Element { get; private set; }

    /// <summary>How many elements the text has at most.</summary>
    public static int Count(ReadOnlySpan<byte> text) => text.Count((byte)';') + 1;

    /// <summary>How many elements the text has.</summary>
    public static int Elements(ReadOnlySpan<byte> text)
    {
        var count = 0;
        var elements = new SeriesText(text);
        while (elements.MoveNext())
        {
            count++;
        }

        return count;
    }

    public bool MoveNext()
    {
        if (_ended)
        {
            return false;
        }

        var end = _rest.IndexOf((byte)';');
        if (end < 0)
        {
            Element = _rest;
            _ended = true;
            return !Element.IsEmpty;
        }

        Element = _rest[..end];
        _rest = _rest[(end + 1)..];
        _ended = _rest.IsEmpty;
        return true;
    }

    /// <summary>The sub-field, trimmed; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> Field(int index)
    {
        var rest = Element;
        for (; index > 0; index--)
        {
            var comma = rest.IndexOf((byte)',');
            if (comma < 0)
            {
                return default;
            }

            rest = rest[(comma + 1)..];
        }

        var end = rest.IndexOf((byte)',');
        return (end < 0 ? rest : rest[..end]).Trim((byte)' ');
    }

    public static bool TryWhole(ReadOnlySpan<byte> text, out long value)
    {
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length)
        {
            return true;
        }

        // Some fields write whole numbers as 5.0.
        var isReal = TryReal(text, out var real) && Math.Abs(real) < 1e15;
        value = isReal ? (long)real : 0;
        return isReal;
    }

    public static bool TryReal(ReadOnlySpan<byte> text, out double value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && double.IsFinite(value);
}
