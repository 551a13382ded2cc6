using System.Globalization;

namespace MiSarTracker.Formats.Captures.Mitmproxy;

/// <summary>
/// The version that each flow carries: up to mitmproxy 3 its own release as a list (<c>[0,18,2]</c>), since then one
/// number (formats.md §3.3).
/// </summary>
internal readonly record struct FlowVersion(int Major, int? Minor) : IComparable<FlowVersion>
{
    /// <summary>0.10 and before kept headers and connections in another shape; mitmproxy itself cannot convert them.</summary>
    public bool IsTooOld => Minor is { } minor && Major == 0 && minor < 11;

    /// <summary>Up to 0.15 a missing body was the number 0, and null meant that there was none.</summary>
    public bool HasNullForNoBody => Minor is { } minor && Major == 0 && minor <= 15;

    public static FlowVersion? From(ReadOnlySpan<byte> data, Tnetstring element)
    {
        if (element.Tag != Tnetstring.List)
            return element.IntegerIn(data) is { } number and >= 0 ? new FlowVersion(number, null) : null;
        var list = element.In(data);
        if (!Tnetstring.TryRead(list, 0, out var first) || first.IntegerIn(list) is not { } major)
            return null;
        return new FlowVersion(major, Tnetstring.TryRead(list, first.End, out var second) ? second.IntegerIn(list) ?? 0 : 0);
    }

    public int CompareTo(FlowVersion other) => (Minor is null, Major, Minor).CompareTo((other.Minor is null, other.Major, other.Minor));

    public static bool operator <(FlowVersion left, FlowVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(FlowVersion left, FlowVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(FlowVersion left, FlowVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FlowVersion left, FlowVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => Minor is { } minor
        ? string.Create(CultureInfo.InvariantCulture, $"{Major}.{minor}")
        : Major.ToString(CultureInfo.InvariantCulture);
}
