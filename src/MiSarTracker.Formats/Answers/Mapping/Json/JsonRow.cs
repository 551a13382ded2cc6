using System.Text;
using System.Text.Json;

namespace MiSarTracker.Formats.Answers.Mapping.Json;

/// <summary>The fields of a row while they are gathered from a document, in one buffer that is used again for the next row.</summary>
internal sealed class JsonRow(int columns)
{
    private readonly (int Start, int Length)[] _fields = new (int, int)[columns];
    private readonly (int Start, int Length)[] _fixed = new (int, int)[columns];
    private readonly int[] _ranks = new int[columns];
    private byte[] _bytes = new byte[512];
    private int _used;
    private int _fixedBytes;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_fields);
        _used = 0;
        Fix();
    }

    /// <summary>What was set so far holds for all rows that follow.</summary>
    public void Fix()
    {
        _fields.CopyTo(_fixed, 0);
        _fixedBytes = _used;
    }

    /// <summary>Begins a row: only what was fixed is set.</summary>
    public void Begin()
    {
        _fixed.CopyTo(_fields, 0);
        _used = _fixedBytes;
    }

    /// <summary>Sets a field; of several values the one of the lowest rank counts, of equal ones the first.</summary>
    public void Set(int column, int rank, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || (_fields[column].Length > 0 && rank >= _ranks[column]))
        {
            return;
        }

        _ranks[column] = rank;

        if (_bytes.Length - _used < value.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + value.Length));
        }

        value.CopyTo(_bytes.AsSpan(_used));
        _fields[column] = (_used, value.Length);
        _used += value.Length;
    }

    /// <summary>Sets a field to the simple value that the reader stands on; <c>null</c> is an empty field.</summary>
    public void Set(int column, int rank, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            Set(column, rank, reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonTexts.Of(ref reader)) : reader.ValueSpan);
        }
    }

    /// <param name="number">Which row of the document it is, from 1.</param>
    public TableRow AsRow(long number) => new(number, _bytes.AsSpan(0, _used), _fields);
}
