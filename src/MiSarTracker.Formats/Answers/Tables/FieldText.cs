namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>Undoes the quoting of fields, in place: text only ever gets shorter.</summary>
internal static class FieldText
{
    /// <summary>Undoes it in every field of the reader's row.</summary>
    public static void Unescape(RowReader reader)
    {
        var fields = reader.Fields;
        var shapes = reader.FieldShapes;
        for (var i = 0; i < fields.Length; i++)
        {
            if ((shapes[i] & (FieldShape.Doubled | FieldShape.Backslashes)) != 0)
                fields[i].Length = Unescape(reader.Bytes.Slice(fields[i].Start, fields[i].Length), shapes[i]);
        }
    }

    /// <returns>The new length.</returns>
    public static int Unescape(Span<byte> field, FieldShape shape)
    {
        var written = 0;
        for (var i = 0; i < field.Length; i++)
        {
            var value = field[i];
            var next = i + 1 < field.Length ? field[i + 1] : (byte)0;
            var isPair = (value == '"' && next == '"' && (shape & FieldShape.Doubled) != 0)
                || (value == '\\' && next is (byte)'"' or (byte)'\\' && (shape & FieldShape.Backslashes) != 0);
            field[written++] = isPair ? next : value;
            i += isPair ? 1 : 0;
        }

        return written;
    }

    /// <summary>The index of the first field whose length is another one, or -1.</summary>
    public static int IndexOfAnyExceptLength(this Span<(int Start, int Length)> fields, int length)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Length != length)
                return i;
        }

        return -1;
    }
}
