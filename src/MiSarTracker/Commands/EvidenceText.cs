using System.Globalization;
using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Uploads;

namespace MiSarTracker.Commands;

/// <summary>Text out of captures, made fit for a terminal: it comes from whoever wrote the traffic.</summary>
internal static class EvidenceText
{
    /// <summary>What an exchange holds, in one sentence.</summary>
    public static string Holds(DecodedUpload upload)
    {
        var parts = new List<string>();
        if (upload.Observations.Count > 0)
        {
            parts.Add(Counts(upload.Observations));
        }

        if (upload.Stored.Count > 0)
        {
            parts.Add($"stored by the vendor: {Counts(upload.Stored)}");
        }

        if (upload.UnmappedValues > 0)
        {
            parts.Add($"{Screen.Number(upload.UnmappedValues)} {(upload.UnmappedValues == 1 ? "value" : "values")} without a rule");
        }

        if (upload.Remarks.Count > 0)
        {
            parts.Add($"{Screen.Number(upload.Remarks.Count)} {(upload.Remarks.Count == 1 ? "remark" : "remarks")}");
        }

        if (upload.Damages.Count > 0)
        {
            parts.Add($"{Screen.Number(upload.Damages.Count)} damaged");
        }

        return parts.Count == 0 ? "-" : string.Join("; ", parts);
    }

    /// <summary>
    /// Lines of at most so many characters: broken at blanks where there are some, else anywhere; further lines of a text are indented like its
    /// first. What could steer a terminal or turn the writing direction is written as its code.
    /// </summary>
    public static IEnumerable<string> Fold(string text, int width)
    {
        foreach (var paragraph in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'))
        {
            var line = Harmless(paragraph);
            var indent = new string(' ', Math.Min(line.Length - line.AsSpan().TrimStart(' ').Length, width / 2));
            while (line.Length > width)
            {
                var at = line.LastIndexOf(' ', width, width - indent.Length);
                var isBlank = at > Math.Max(indent.Length, width / 2);
                var end = isBlank ? at : width - (char.IsHighSurrogate(line[width - 1]) ? 1 : 0);
                yield return line[..end];
                line = string.Concat(indent, line.AsSpan(isBlank ? end + 1 : end));
            }

            yield return line;
        }
    }

    private static string Counts(IReadOnlyDictionary<Category, long> counts) =>
        string.Join(", ", counts.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key.Name} {Screen.Number(entry.Value)}"));

    private static string Harmless(string text)
    {
        if (text.All(IsHarmless))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (IsHarmless(character))
            {
                plain.Append(character);
            }
            else if (character == '\t')
            {
                plain.Append("  ");
            }
            else
            {
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
        }

        return plain.ToString();
    }

    private static bool IsHarmless(char character) =>
        char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
