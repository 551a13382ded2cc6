using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MiSarTracker.Core;

namespace MiSarTracker.Commands;

/// <summary>
/// Where a command speaks: results on standard output, everything else on standard error. With <c>--json</c> only the
/// machine's output goes to standard output; with <c>--quiet</c> remarks are left out.
/// </summary>
public sealed class Screen(TextWriter output, TextWriter error, bool json, bool quiet, bool colour)
{
    /// <summary>Columns that text is set in.</summary>
    public const int Width = 80;

    public bool Json { get; } = json;

    /// <summary>True when a person sits at it: colours, questions and progress bars make sense.</summary>
    public bool IsInteractive { get; } = !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>A result, in words; nothing when JSON was asked for.</summary>
    public void Line(string text = "")
    {
        if (!Json)
        {
            output.WriteLine(text);
        }
    }

    /// <summary>A heading above a block of lines.</summary>
    public void Heading(string text) => Line(colour ? $"\u001b[1m{text}\u001b[0m" : text);

    /// <summary>The next sensible command, as the last line.</summary>
    public void Next(string command)
    {
        if (!quiet)
        {
            Line();
            Line(colour ? $"Next: \u001b[1m{command}\u001b[0m" : $"Next: {command}");
        }
    }

    /// <summary>Bytes or text as they are, whatever the mode.</summary>
    public void Raw(string text) => output.Write(text);

    /// <summary>A remark on standard error.</summary>
    public void Note(string text)
    {
        if (!quiet)
        {
            error.WriteLine(text);
        }
    }

    /// <summary>Something that the person should know before going on; on standard error even when quiet.</summary>
    public void Warn(string text)
    {
        foreach (var line in Wrap("Warning: " + text, Width))
        {
            error.WriteLine(colour ? $"\u001b[33m{line}\u001b[0m" : line);
        }
    }

    public void Fail(MisarFailure failure)
    {
        error.WriteLine($"misar: {failure.Message}");
        if (failure.Remedy is { } remedy)
        {
            error.WriteLine($"       {remedy}");
        }
    }

    /// <summary>Asks yes or no; no when nobody can answer.</summary>
    public bool Ask(string question)
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    /// <summary>Asks for a line, offering a value; the value when nobody can answer.</summary>
    public string AskFor(string what, string offered)
    {
        if (Console.IsInputRedirected)
        {
            return offered;
        }

        error.Write(offered.Length == 0 ? $"{what}: " : $"{what} [{offered}]: ");
        var answer = Console.ReadLine()?.Trim() ?? "";
        return answer.Length == 0 ? offered : answer;
    }

    /// <summary>The machine's output: an object, when JSON was asked for.</summary>
    public void AsJson(Action<Utf8JsonWriter> write)
    {
        if (Json)
        {
            output.WriteLine(ToJson(write));
        }
    }

    /// <summary>An object as JSON text, written the way that every JSON of the product is.</summary>
    public static string ToJson(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>A quiet table: columns apart by two blanks, numbers to the right, no boxes.</summary>
    /// <param name="header">The columns' names; one that begins with <c>&gt;</c> is set to the right.</param>
    /// <param name="rows">As many cells each as the header has.</param>
    public void Table(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var names = header.Select(name => name.TrimStart('>')).ToList();
        var widths = names.Select((name, i) => rows.Select(row => row[i].Length).Append(name.Length).Max()).ToList();
        Line(Dim(Row(names)));
        foreach (var row in rows)
        {
            Line(Row(row));
        }

        string Row(IReadOnlyList<string> cells) => string.Join("  ", cells.Select((cell, i) =>
            header[i].StartsWith('>') ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();
    }

    /// <summary>Text broken at blanks, indented.</summary>
    public void Paragraph(string text, string indent = "")
    {
        foreach (var line in Wrap(text, Width - indent.Length))
        {
            Line(indent + line);
        }
    }

    /// <summary>A name, and text beside it that is broken at blanks and stays beside it.</summary>
    public void Hanging(string name, string text)
    {
        var first = true;
        foreach (var line in Wrap(text, Width - name.Length))
        {
            Line((first ? name : new string(' ', name.Length)) + line);
            first = false;
        }
    }

    /// <summary>Runs work, with a progress bar on a terminal once it lasts.</summary>
    /// <param name="what">What is being done, or to which file.</param>
    /// <param name="total">How much there is to do; 0 when nobody knows.</param>
    /// <param name="work">Is given a way to say how much is done.</param>
    public T WithProgress<T>(string what, long total, Func<Action<long>, T> work)
    {
        using var bar = Bar(what, total);
        return work(bar is null ? _ => { } : bar.Report);
    }

    /// <summary>Runs work of which nobody knows how long it takes, with a moving bar on a terminal once it lasts.</summary>
    public async Task<T> WithProgressAsync<T>(string what, Func<Task<T>> work)
    {
        using var bar = Bar(what, 0);
        return await work().ConfigureAwait(false);
    }

    private ProgressBar? Bar(string what, long total) =>
        Console.IsErrorRedirected || quiet || Json ? null : new ProgressBar(error, what, total);

    /// <summary>A text that may be too long for its column, cut in its middle.</summary>
    public static string Shorten(string text, int most) => text.Length <= most ? text : $"{text[..(most / 2)]}…{text[^(most - (most / 2) - 1)..]}";

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private string Dim(string text) => colour ? $"\u001b[2m{text}\u001b[0m" : text;

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
