using System.Text.Json;

namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// A value of a JSON file together with its place, so that every complaint names file and path. Strict: a property that
/// is not asked for is a fault, because it is usually a misspelt one.
/// </summary>
internal readonly record struct JsonPlace(JsonElement Element, string File, string Path)
{
    /// <summary>Reads a whole document; comments, trailing commas and repeated properties are faults.</summary>
    /// <exception cref="BadInput">No JSON; the place is line and byte.</exception>
    public static JsonPlace Root(string json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            return new JsonPlace(document.RootElement.Clone(), file, "$");
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $"line {line + 1}" : null;
            throw new BadInput(file, where, "is not JSON: " + e.Message, inner: e);
        }
    }

    public JsonPlace Required(string name) => Optional(name) ?? throw Fault($"has no \"{name}\"");

    public JsonPlace? Optional(string name)
    {
        Expect(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(name, out var value) ? new JsonPlace(value, File, $"{Path}.{name}") : null;
    }

    public IEnumerable<(string Name, JsonPlace Value)> Properties()
    {
        Expect(JsonValueKind.Object, "an object");
        var (file, path) = (File, Path);
        return Element.EnumerateObject().Select(property => (property.Name, new JsonPlace(property.Value, file, $"{path}.{property.Name}")));
    }

    public IReadOnlyList<JsonPlace> Items()
    {
        Expect(JsonValueKind.Array, "a list");
        var (file, path) = (File, Path);
        return [.. Element.EnumerateArray().Select((item, i) => new JsonPlace(item, file, $"{path}[{i}]"))];
    }

    public string Text(bool mayBeBlank = false)
    {
        Expect(JsonValueKind.String, "a text");
        var text = Element.GetString()!;
        return string.IsNullOrWhiteSpace(text) && !mayBeBlank ? throw Fault("is empty") : text;
    }

    public int Whole(int least, int most)
    {
        Expect(JsonValueKind.Number, "a number");
        return Element.TryGetInt32(out var value) && value >= least && value <= most
            ? value
            : throw Fault($"is no whole number from {least} to {most}");
    }

    /// <summary>Refuses every property that is not among <paramref name="known"/>.</summary>
    public void Only(params IReadOnlyCollection<string> known)
    {
        foreach (var (name, value) in Properties())
        {
            if (!known.Contains(name))
                throw value.Fault($"is unknown here; known are {string.Join(", ", known)}");
        }
    }

    public BadInput Fault(string reason) => new(File, Path, reason);

    private void Expect(JsonValueKind kind, string name)
    {
        if (Element.ValueKind != kind)
            throw Fault($"must be {name}");
    }
}
