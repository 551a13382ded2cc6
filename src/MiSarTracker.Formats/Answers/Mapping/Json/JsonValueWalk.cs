using System.Text.Json;

namespace MiSarTracker.Formats.Answers.Mapping.Json;

/// <summary>Walks through one JSON value that is in memory: fills rows by its shape, and hands everything else to the search.</summary>
internal sealed class JsonValueWalk(SearchableValues search, ICollection<string>? unknown)
{
    private readonly HashSet<JsonShape> _named = [];

    /// <summary>Takes the value that the reader stands on; afterwards the reader stands on its last token.</summary>
    /// <param name="whole">The bytes that the reader reads.</param>
    public void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> whole, JsonShape shape)
    {
        if (shape.IsReadElsewhere && shape.Takers.Count == 0)
        {
            reader.Skip();
        }
        else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            if (shape.Takers.Count == 0)
            {
                Parts(ref reader, whole, shape);
                return;
            }

            var parts = reader;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            foreach (var (row, column, rank) in shape.Takers)
            {
                row.Set(column, rank, whole[start..(int)reader.BytesConsumed]);
            }

            if (shape.HasParts)
            {
                Parts(ref parts, whole, shape);
            }
        }
        else
        {
            Simple(ref reader, shape);
        }
    }

    /// <summary>A value that is no object and no list.</summary>
    public void Simple(ref Utf8JsonReader reader, JsonShape shape)
    {
        foreach (var (row, column, rank) in shape.Takers)
        {
            row.Set(column, rank, ref reader);
        }

        if (shape.Takers.Count > 0 || shape.IsReadElsewhere || reader.TokenType is JsonTokenType.Null or JsonTokenType.True or JsonTokenType.False)
        {
            return;
        }

        if (!shape.IsUnused && unknown is not null && _named.Add(shape))
        {
            unknown.Add(shape.Path.Length == 0 ? "@" : shape.Path);
        }

        if (reader.ValueIsEscaped)
        {
            search.Add(shape.Path, JsonTexts.Of(ref reader));
        }
        else
        {
            search.Add(shape.Path, reader.ValueSpan);
        }
    }

    private void Parts(ref Utf8JsonReader reader, ReadOnlySpan<byte> whole, JsonShape shape)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                Take(ref reader, whole, shape.Element(index));
            }

            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var part = shape.Property(ref reader);
            if (reader.Read())
            {
                Take(ref reader, whole, shape.IsUnused && !part.HasParts && part.Takers.Count == 0 ? shape : part);
            }
        }
    }
}
