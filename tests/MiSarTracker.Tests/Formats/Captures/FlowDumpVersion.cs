using System.Globalization;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>A version of mitmproxy's flow format: <c>0.11</c>…<c>2.0</c> as lists, since 4 as one number.</summary>
public sealed record FlowDumpVersion(string Name)
{
    /// <summary>Every version that mitmproxy can convert, and the newer ones up to 21.</summary>
    public static IReadOnlyList<FlowDumpVersion> All { get; } =
    [
        .. new[] { "0.11", "0.12", "0.13", "0.14", "0.15", "0.16", "0.17", "0.18", "0.19", "1.0", "2.0", "3.0" }.Select(name => new FlowDumpVersion(name)),
        .. Enumerable.Range(4, 18).Select(number => new FlowDumpVersion(number.ToString(CultureInfo.InvariantCulture))),
    ];

    public static FlowDumpVersion Current { get; } = new("21");

    public bool IsList => Name.Contains('.', StringComparison.Ordinal);

    /// <summary>Orders all versions: 0.11 &lt; 0.18 &lt; 2.0 &lt; 4 &lt; 21.</summary>
    public double Rank => double.Parse(Name, CultureInfo.InvariantCulture);

    internal byte[] Value => IsList
        ? Tnet.List([.. Name.Split('.').Append("2").Select(part => Tnet.Number(int.Parse(part, CultureInfo.InvariantCulture)))])
        : Tnet.Number(int.Parse(Name, CultureInfo.InvariantCulture));

    public override string ToString() => Name;
}
