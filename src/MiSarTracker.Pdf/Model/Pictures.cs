namespace MiSarTracker.Pdf.Model;

/// <summary>A drawing with real text. Each says in words what it shows.</summary>
public abstract record Picture : Block
{
    /// <summary>Said by a screen reader in place of the picture; not empty.</summary>
    public required string AltText { get; init; }

    /// <summary>The sentence under the picture that says what to see.</summary>
    public IReadOnlyList<Span> Caption { get; init; } = [];
}

/// <summary>What a code in a picture means and how it is drawn.</summary>
/// <param name="Fill">Colour, or hatching.</param>
/// <param name="Label">The words in the legend.</param>
public sealed record PictureKey(Fill Fill, string Label);

/// <summary>
/// Rows of equally wide cells, such as days of 1,440 minutes. Neighbours with the same code are drawn as one.
/// A map taller than a page continues on the next one with its axis.
/// </summary>
public sealed record HeatMap : Picture
{
    /// <summary>Number of cells in every row: 1,440 for minutes, or fewer when the caller folds them.</summary>
    public required int ColumnCount { get; init; }

    /// <summary>The rows from top to bottom.</summary>
    public required IReadOnlyList<HeatMapRow> Rows { get; init; }

    /// <summary>Fill and label of code 1, 2, 3 …; code 0 is "no data" and stays white.</summary>
    public required IReadOnlyList<PictureKey> Keys { get; init; }

    /// <summary>Label of code 0 in the legend; null leaves it out.</summary>
    public string? NoDataLabel { get; init; }

    /// <summary>Labels along the top.</summary>
    public IReadOnlyList<AxisTick> Ticks { get; init; } = [];

    /// <summary>Height of a row in points.</summary>
    public double RowHeight { get; init; } = 7;

    /// <summary>False: no legend (when a picture above has the same).</summary>
    public bool Legend { get; init; } = true;
}

/// <param name="Label">Such as the day, "2026-04-01 Wed"; may be empty.</param>
/// <param name="Codes">One code per column; shorter rows are white at the end.</param>
public sealed record HeatMapRow(string Label, ReadOnlyMemory<byte> Codes);

/// <param name="Column">Column at whose left edge the tick stands; ColumnCount for the right end.</param>
/// <param name="Label">Such as "06:00".</param>
public sealed record AxisTick(int Column, string Label);

/// <summary>Horizontal bars, each divided into parts.</summary>
public sealed record StackedBars : Picture
{
    public required IReadOnlyList<PictureKey> Keys { get; init; }

    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>True: every bar has the full width and shows shares. False: lengths are comparable between the bars.</summary>
    public bool Shares { get; init; } = true;

    public bool Legend { get; init; } = true;
}

/// <param name="Label">Left of the bar.</param>
/// <param name="Parts">One value per key, in their order; zero or more.</param>
/// <param name="Figure">Text right of the bar, such as "21 344 of 27 663".</param>
public sealed record Bar(string Label, IReadOnlyList<double> Parts, string Figure = "");
