using System.Collections;
using System.Runtime.CompilerServices;

namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>
/// A flow's headers, turned into strings only when somebody looks. The reader closes them when it moves on, because
/// their bytes are then gone; what was looked at before stays.
/// </summary>
internal sealed class FlowHeaders(ReadOnlyMemory<byte> list) : IReadOnlyList<HttpHeader>, ILent
{
    private ReadOnlyMemory<byte> _list = list;
    private HttpHeader[]? _headers;
    private bool _closed;

    public int Count => All.Length;

    private HttpHeader[] All => _headers ??= _closed
        ? throw new InvalidOperationException("The headers of an exchange can only be read before the next one is asked for.")
        : Materialise(_list.Span);

    public HttpHeader this[int index] => All[index];

    /// <summary>True when the payload is a list of lists that begin with two strings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsWellFormed(ReadOnlySpan<byte> list)
    {
        var at = 0;
        while (at < list.Length)
        {
            if (!TryReadPair(list, ref at, out _, out _))
                return false;
        }

        return true;
    }

    /// <summary>The first value under the name, without regard to case, or an empty span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> list, ReadOnlySpan<byte> name)
    {
        var at = 0;
        while (at < list.Length && TryReadPair(list, ref at, out var key, out var value))
        {
            if (key.Length == name.Length && System.Text.Ascii.EqualsIgnoreCase(key.In(list), name))
                return value.In(list);
        }

        return [];
    }

    public void Close()
    {
        _closed = true;
        _list = default;
    }

    public IEnumerator<HttpHeader> GetEnumerator() => ((IEnumerable<HttpHeader>)All).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static HttpHeader[] Materialise(ReadOnlySpan<byte> list)
    {
        var headers = new List<HttpHeader>();
        var at = 0;
        while (at < list.Length && TryReadPair(list, ref at, out var name, out var value))
            headers.Add(new HttpHeader(Wire.Text(name.In(list)), Wire.Text(value.In(list))));
        return [.. headers];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadPair(ReadOnlySpan<byte> list, ref int at, out Tnetstring name, out Tnetstring value)
    {
        name = value = default;
        if (!Tnetstring.TryRead(list, at, out var pair) || pair.Tag != Tnetstring.List)
            return false;
        at = pair.End;
        return Tnetstring.TryRead(list, pair.Start, out name) && name.IsString
            && Tnetstring.TryRead(list, name.End, out value) && value.IsString
            && value.End <= pair.Start + pair.Length;
    }
}
