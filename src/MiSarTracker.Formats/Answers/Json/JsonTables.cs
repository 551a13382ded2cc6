using System.Buffers;
using System.Text;
using System.Text.Json;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Answers.Json;

/// <summary>Finds the lists in a JSON document and hands their elements on as rows.</summary>
internal sealed class JsonTables(JsonFeed feed, AnswerMember member, AnswerReading reading)
{
    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);
    private readonly JsonRow _row = new();
    private readonly ArrayBufferWriter<byte> _raw = new();
    private readonly JsonOutside _outside = new(member, reading);

    /// <summary>One value; further ones behind it are read too.</summary>
    /// <returns>False when it breaks off, or is no JSON from some place on.</returns>
    public bool ReadDocument()
    {
        var isWhole = true;
        try
        {
            while (feed.Next())
                Root();
        }
        catch (JsonException broken)
        {
            isWhole = false;
            reading.Damage(member.Name, $"the document is no whole JSON: it breaks near byte {feed.Position} ({Said(broken)}); what stands before was read");
        }

        _outside.End();
        return isWhole;
    }

    /// <summary>A value on each line: a broken line costs that line.</summary>
    /// <param name="lines">What the feed reads from.</param>
    public void ReadLines(LineWindow lines)
    {
        var table = new JsonTable(reading, member);
        do
        {
            feed.Restart();
            try
            {
                while (feed.Next())
                    Element(table);
            }
            catch (JsonException broken)
            {
                table.Unreadable($"the line is no JSON ({Said(broken)}); it was not used");
            }
        }
        while (lines.NextLine());
        table.End();
    }

    private void Root()
    {
        switch (feed.Token)
        {
            case JsonTokenType.StartArray:
                List(member, "item");
                break;
            case JsonTokenType.StartObject:
                Outside("");
                break;
            default:
                _outside.Value("item", feed.Value);
                break;
        }
    }

    /// <summary>The properties of an object that is no element of a list.</summary>
    private void Outside(string path)
    {
        while (feed.Next() && feed.Token != JsonTokenType.EndObject)
        {
            var name = Encoding.UTF8.GetString(feed.Value);
            var child = path.Length == 0 ? name : $"{path}.{name}";
            feed.Next();
            if (feed.Token == JsonTokenType.StartObject)
                Outside(child);
            else if (feed.Token == JsonTokenType.StartArray)
                List(ListMember(child), name);
            else
                _outside.Value(child, Text());
        }
    }

    private AnswerMember ListMember(string path)
    {
        var name = ZipNames.Printable(path);
        var unique = name;
        for (var copy = 2; !_lists.Add(unique); copy++)
            unique = $"{name}#{copy}";

        return new AnswerMember($"{member.Name}!{unique}", "list", 0);
    }

    /// <summary>A list: its elements are rows. An empty one is nothing.</summary>
    private void List(AnswerMember list, string values)
    {
        var isAnnounced = ReferenceEquals(list, member);
        var table = new JsonTable(reading, list, values);
        try
        {
            while (feed.Next() && feed.Token != JsonTokenType.EndArray)
            {
                if (!isAnnounced)
                {
                    reading.Announce(list);
                    isAnnounced = true;
                }

                Element(table);
            }
        }
        finally
        {
            table.End(); // What was read before the document breaks off counts.
        }
    }

    private void Element(JsonTable table)
    {
        reading.Cancellation.ThrowIfCancellationRequested();
        _row.Clear();
        switch (feed.Token)
        {
            case JsonTokenType.StartObject:
                Properties(table.Columns.Root);
                break;
            case JsonTokenType.StartArray:
                Positions(table.Columns.Root);
                break;
            default:
                Set(table.Columns.Root, Text());
                break;
        }

        table.Row(_row);
    }

    private void Properties(JsonColumns.Node place)
    {
        while (feed.Next() && feed.Token != JsonTokenType.EndObject)
        {
            var child = place.Child(feed.Value);
            feed.Next();
            Inside(child);
        }
    }

    /// <summary>An element that is a list itself: its values by their place, from 1.</summary>
    private void Positions(JsonColumns.Node place)
    {
        Span<byte> digits = stackalloc byte[12];
        for (var number = 1; feed.Next() && feed.Token != JsonTokenType.EndArray; number++)
        {
            number.TryFormat(digits, out var length);
            Inside(place.Child(digits[..length]));
        }
    }

    private void Inside(JsonColumns.Node child)
    {
        if (feed.Token == JsonTokenType.StartObject)
            Properties(child);
        else if (feed.Token == JsonTokenType.StartArray)
            Raw(child);
        else
            Set(child, Text());
    }

    private void Set(JsonColumns.Node place, ReadOnlySpan<byte> value)
    {
        if (place.TryColumn(out var column))
            _row.Set(column, value);
    }

    private ReadOnlySpan<byte> Text() => feed.Token == JsonTokenType.Null ? default : feed.Value;

    /// <summary>A list inside an element: JSON again, in one field.</summary>
    private void Raw(JsonColumns.Node child)
    {
        _raw.ResetWrittenCount();
        var (depth, isTooLong) = (1, false);
        Separated("["u8, true);
        for (var first = true; depth > 0 && feed.Next();)
        {
            var opens = feed.Token is JsonTokenType.StartArray or JsonTokenType.StartObject;
            var closes = feed.Token is JsonTokenType.EndArray or JsonTokenType.EndObject;
            depth += opens ? 1 : closes ? -1 : 0;
            isTooLong |= _raw.WrittenCount > reading.Limits.MaxFieldBytes;
            if (!isTooLong)
                RawToken(first || closes);

            first = opens || feed.Token == JsonTokenType.PropertyName;
        }

        if (isTooLong)
            reading.Damage($"{member.Name} {child.Path}", $"a list inside an element is longer than {reading.Limits.MaxFieldBytes} bytes; it was not read");
        else
            Set(child, _raw.WrittenSpan);
    }

    private void RawToken(bool first)
    {
        switch (feed.Token)
        {
            case JsonTokenType.StartArray:
                Separated("["u8, first);
                break;
            case JsonTokenType.EndArray:
                Separated("]"u8, first);
                break;
            case JsonTokenType.StartObject:
                Separated("{"u8, first);
                break;
            case JsonTokenType.EndObject:
                Separated("}"u8, first);
                break;
            case JsonTokenType.String or JsonTokenType.PropertyName:
                Separated("\""u8, first);
                _raw.Write(JsonEncodedText.Encode(Encoding.UTF8.GetString(feed.Value), Documents.DocumentLine.Options.Encoder).EncodedUtf8Bytes);
                _raw.Write(feed.Token == JsonTokenType.String ? "\""u8 : "\":"u8);
                break;
            default:
                Separated(feed.Value, first);
                break;
        }
    }

    private void Separated(ReadOnlySpan<byte> text, bool first)
    {
        if (!first)
            _raw.Write(","u8);

        _raw.Write(text);
    }

    private static string Said(JsonException broken) => broken.Message.Split(". ")[0].TrimEnd('.');
}
