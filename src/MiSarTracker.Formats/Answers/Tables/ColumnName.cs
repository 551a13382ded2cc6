namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>The name of a column is shown, searched for and kept in many places: a megabyte without a line end is none.</summary>
internal static class ColumnName
{
    /// <summary>Bytes or characters.</summary>
    public const int Longest = 1_000;

    /// <summary>The beginning of a longer one, without half a character at its end.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> name)
    {
        if (name.Length <= Longest)
            return name;

        var end = Longest;
        while (end > 0 && (name[end] & 0xC0) == 0x80)
            end--;

        return name[..end];
    }
}
