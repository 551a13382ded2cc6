using System.Text;
using System.Text.Json;
using MiSarTracker.Formats.Uploads;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>The JSON in a row's columns, parsed once per row and column however many properties are asked for.</summary>
internal sealed class RowJson : IDisposable
{
    private JsonDocument? _document;
    private long _line = -1;
    private int _column = -1;

    /// <summary>A property's text, or the JSON of an object or list; empty when there is none.</summary>
    public ReadOnlySpan<byte> Property(in TableRow row, int column, IReadOnlyList<string> properties)
    {
        if (Element(row, column, properties) is not { } element)
        {
            return default;
        }

        return Encoding.UTF8.GetBytes(element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());
    }

    /// <summary>The element that the properties lead to in the column's JSON; null when there is none.</summary>
    public JsonElement? Element(in TableRow row, int column, IReadOnlyList<string> properties)
    {
        if (row.Line != _line || column != _column)
        {
            _document?.Dispose();
            _document = JsonBytes.Parse(row[column].ToArray(), out _);
            (_line, _column) = (row.Line, column);
        }

        var element = _document?.RootElement;
        foreach (var property in properties)
        {
            element = element?.At(property);
        }

        return element;
    }

    public void Dispose() => _document?.Dispose();
}
