using System.Runtime.ExceptionServices;
using System.Text.Json;
using MiSarTracker.Formats.Answers.Workbooks;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>
/// The far side of <see cref="IDocumentProcess"/>: reads one document after another from its input and writes lines.
/// A request is a line <c>{"kind":"pdf","length":N,"passwords":[…]}</c> and N bytes.
/// </summary>
public static class DocumentWorker
{
    /// <summary>A document of more bytes is not asked for.</summary>
    public const int LongestDocument = 64 << 20;

    private const int LongestRequest = 1 << 20;

    /// <summary>Serves until the input ends.</summary>
    /// <exception cref="ImportException">What came in is no request.</exception>
    public static void Serve(Stream input, Stream output, CancellationToken cancellationToken)
    {
        // Not disposed: that would close what the next document's lines go to.
        var lines = new DocumentLines(new BufferedStream(output, 1 << 16));
        while (RequestLine(input) is { } request)
        {
            using var parsed = JsonDocument.Parse(request);
            var kind = parsed.RootElement.GetProperty("kind").GetString()!;
            var length = parsed.RootElement.GetProperty("length").GetInt32();
            var passwords = parsed.RootElement.GetProperty("passwords").EnumerateArray().Select(password => password.GetString()!).ToArray();
            var document = new byte[length];
            input.ReadExactly(document);
            Read(kind, document, passwords, lines, cancellationToken);
        }
    }

    /// <summary>A request for <see cref="Serve"/>.</summary>
    public static byte[] Request(string kind, int length, IReadOnlyList<string> passwords)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, DocumentLine.Options))
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            json.WriteNumber("length", length);
            json.WriteStartArray("passwords");
            foreach (var password in passwords)
                json.WriteStringValue(password);

            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>
    /// Reads one document. The libraries in here throw what they like at hostile bytes; here, and only here, whatever
    /// it is becomes a line that says that the document could not be read.
    /// </summary>
    internal static void Read(string kind, byte[] document, IReadOnlyList<string> passwords, DocumentLines lines, CancellationToken cancellationToken)
    {
        // A library that goes on without the memory it asked for gives half of the document as if it were all of it.
        var isShort = false;
        void Watch(object? sender, FirstChanceExceptionEventArgs thrown) => isShort |= thrown.Exception is OutOfMemoryException;
        AppDomain.CurrentDomain.FirstChanceException += Watch;
        try
        {
            switch (kind)
            {
                case "pdf":
                    PdfPages.Read(document, passwords, lines, cancellationToken);
                    break;
                case "xlsx" or "xls":
                    ExcelSheets.Read(document, passwords, lines, cancellationToken);
                    break;
                case "docx":
                    WordText.Read(document, lines, cancellationToken);
                    break;
                case "ods":
                    OpenDocumentSheets.Read(document, lines, cancellationToken);
                    break;
                default:
                    lines.Fault(null, $"there is no reader for {kind}");
                    break;
            }
        }
        catch (Exception fault) when (IsOfTheDocument(fault))
        {
            lines.Fault(null, $"it is damaged or not what it says it is ({Said(fault)})");
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Watch;
        }

        if (isShort)
            lines.Fault(null, "reading it needs more memory than a document gets; what is missing of it is not known");

        lines.End();
    }

    /// <summary>Whether hostile bytes may be the reason: everything but the process's own end.</summary>
    internal static bool IsOfTheDocument(Exception fault) => fault is not (OperationCanceledException or OutOfMemoryException);

    /// <summary>The fault in a library's words, on one line and not too long.</summary>
    internal static string Said(Exception fault)
    {
        var words = string.Join(' ', fault.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return $"{fault.GetType().Name}: {(words.Length > 160 ? words[..160] + "…" : words).TrimEnd('.')}";
    }

    private static byte[]? RequestLine(Stream input)
    {
        var line = new List<byte>();
        int value;
        while ((value = input.ReadByte()) is not (-1 or '\n'))
        {
            line.Add((byte)value);
            if (line.Count > LongestRequest)
                throw new ImportException("request", null, null, "it is too long");
        }

        return value == -1 ? null : [.. line];
    }
}
