using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>
/// One line of what a document's reader says, as a JSON object with one of these properties: <c>page</c> (number) with
/// <c>text</c>; <c>scanned</c> (a page's number); <c>sheet</c> (name); <c>row</c> (number) with <c>cells</c> (texts);
/// <c>fault</c> (words, with <c>at</c>); <c>opened</c> (index of the password); <c>locked</c> (words); <c>end</c>.
/// </summary>
public static class DocumentLine
{
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static readonly byte[] End = "{\"end\":true}"u8.ToArray();

    /// <summary>Whether this line is the last one of a document.</summary>
    public static bool IsEnd(ReadOnlySpan<byte> line) => line.SequenceEqual(End);
}
