using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>Writes lines for whoever asked for a document.</summary>
internal sealed class DocumentLines(Stream output)
{
    private readonly ArrayBufferWriter<byte> _line = new();

    public void Page(int number, string text) => Write(json =>
    {
        json.WriteNumber("page", number);
        Text(json, "text", text);
    });

    /// <summary>A page that shows pictures and no letters.</summary>
    public void Scanned(int number) => Write(json => json.WriteNumber("scanned", number));

    public void Sheet(string name) => Write(json => Text(json, "sheet", name));

    public void Row(long number, IReadOnlyList<string> cells) => Write(json =>
    {
        json.WriteNumber("row", number);
        json.WriteStartArray("cells");
        foreach (var cell in cells)
            json.WriteStringValue(Whole(cell));

        json.WriteEndArray();
    });

    /// <param name="at">The place in the document, or null for the whole of it.</param>
    /// <param name="fault">What is wrong, in words for a report.</param>
    public void Fault(string? at, string fault) => Write(json =>
    {
        Text(json, "fault", fault);
        if (at is not null)
            Text(json, "at", at);
    });

    /// <summary>The document is encrypted, and the password of this index opened it.</summary>
    public void Opened(int password) => Write(json => json.WriteNumber("opened", password));

    public void Locked(string why) => Write(json => Text(json, "locked", why));

    public void End()
    {
        output.Write(DocumentLine.End);
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private void Write(Action<Utf8JsonWriter> properties)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, DocumentLine.Options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        output.Write(_line.WrittenSpan);
        output.WriteByte((byte)'\n');
    }

    private static void Text(Utf8JsonWriter json, string name, string value) => json.WriteString(name, Whole(value));

    /// <summary>Half a surrogate pair, which fonts and files of the wild contain, is no text that can be written.</summary>
    private static string Whole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }
}
