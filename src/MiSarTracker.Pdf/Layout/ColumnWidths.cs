using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Layout;

/// <summary>What a column's content needs, in points with padding.</summary>
/// <param name="Least">Below this words would be torn.</param>
/// <param name="Most">Above this nothing would be gained.</param>
internal readonly record struct ColumnNeed(double Least, double Most);

/// <summary>Shares a table's width among its columns.</summary>
internal static class ColumnWidths
{
    /// <summary>At least this share is left to the relative columns when their text can use it.</summary>
    private const double ShareOfRelative = 0.4;

    /// <param name="columns">The columns as the document wants them.</param>
    /// <param name="needs">What each column's content needs.</param>
    /// <param name="width">The table's width in points; never exceeded.</param>
    /// <param name="fill">True: automatic columns take what is left over.</param>
    public static double[] Share(IReadOnlyList<Column> columns, IReadOnlyList<ColumnNeed> needs, double width, bool fill)
    {
        double[] least = [.. columns.Select((c, i) => c.Width.Sizing == ColumnSizing.Fixed ? c.Width.Value : needs[i].Least)];
        if (least.Sum() >= width)
            return [.. least.Select(l => l * width / least.Sum())];
        var widths = new double[columns.Count];
        double left = width;
        for (int i = 0; i < widths.Length; i++)
            if (columns[i].Width.Sizing == ColumnSizing.Fixed)
                left -= widths[i] = columns[i].Width.Value;
        int[] autos = Indices(columns, ColumnSizing.Auto), relatives = Indices(columns, ColumnSizing.Relative);
        double leastAuto = autos.Sum(i => needs[i].Least);
        double wanted = Math.Max(relatives.Sum(i => needs[i].Least), Math.Min(relatives.Sum(i => needs[i].Most), ShareOfRelative * left));
        left -= ShareAuto(widths, autos, needs, Math.Max(left - wanted, leastAuto));
        if (relatives.Length > 0)
            ShareRelative(widths, relatives, columns, needs, left);
        else if (fill)
            Widen(widths, autos, needs, left);
        return widths;
    }

    private static double ShareAuto(double[] widths, int[] autos, IReadOnlyList<ColumnNeed> needs, double available)
    {
        double least = autos.Sum(i => needs[i].Least), most = autos.Sum(i => needs[i].Most);
        double stretch = most <= available || most - least <= 0 ? 1 : Math.Clamp((available - least) / (most - least), 0, 1);
        foreach (int i in autos)
            widths[i] = needs[i].Least + (needs[i].Most - needs[i].Least) * stretch;
        return autos.Sum(i => widths[i]);
    }

    /// <summary>By weight, but no column narrower than its longest word when others can give.</summary>
    private static void ShareRelative(double[] widths, int[] relatives, IReadOnlyList<Column> columns, IReadOnlyList<ColumnNeed> needs, double available)
    {
        double weights = relatives.Sum(i => columns[i].Width.Value);
        foreach (int i in relatives)
            widths[i] = available * columns[i].Width.Value / weights;
        double lack = relatives.Sum(i => Math.Max(0, needs[i].Least - widths[i]));
        double spare = relatives.Sum(i => Math.Max(0, widths[i] - needs[i].Least));
        if (lack <= 0 || spare <= 0)
            return;
        double given = Math.Min(1, lack / spare), taken = Math.Min(1, spare / lack);
        foreach (int i in relatives)
            widths[i] += widths[i] < needs[i].Least ? (needs[i].Least - widths[i]) * taken : -(widths[i] - needs[i].Least) * given;
    }

    private static void Widen(double[] widths, int[] autos, IReadOnlyList<ColumnNeed> needs, double left)
    {
        double most = autos.Sum(i => needs[i].Most);
        foreach (int i in autos)
            widths[i] += left * needs[i].Most / Math.Max(most, 1);
    }

    private static int[] Indices(IReadOnlyList<Column> columns, ColumnSizing sizing) =>
        [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Width.Sizing == sizing)];
}
