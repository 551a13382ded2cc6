using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Observations;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Reports;

/// <summary>The report's standing text in one language, from templates/report/report.LANG.json.</summary>
public sealed class ReportWords
{
    /// <summary>Thin space: thousands in the report's tables.</summary>
    private static readonly NumberFormatInfo Thin = new() { NumberGroupSeparator = "\u2009", NumberDecimalDigits = 0 };

    private static readonly LocalDatePattern Long = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");

    private readonly Dictionary<string, string> _texts;
    private readonly string _file;

    private ReportWords(string language, string file, Dictionary<string, string> texts) => (Language, _file, _texts) = (language, file, texts);

    public string Language { get; }

    /// <exception cref="BadInput">The file is no flat JSON object of texts.</exception>
    public static ReportWords Read(string json, string language, string file)
    {
        try
        {
            return new ReportWords(language, file, JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []);
        }
        catch (JsonException e)
        {
            throw new BadInput(file, e.Path, "is not a flat object of texts", "templates/report/report.en.json shows the form.", e);
        }
    }

    /// <summary>A text with its places {0}, {1} … filled.</summary>
    /// <exception cref="BadInput">The file lacks the text.</exception>
    public string this[string key, params object[] values] => _texts.TryGetValue(key, out var text)
        ? values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values)
        : throw new BadInput(_file, key, "the text is missing", "Copy it from templates/report/report.en.json.");

    /// <summary>A category's name for readers; its contract name when the file has none.</summary>
    public string Category(Category category) => _texts.GetValueOrDefault("category." + category.Name) ?? category.Name;

    public string Verdict(string name) => this["verdict." + name];

    public string Kind(string name) => this["kind." + name];

    /// <summary>With thin spaces, for tables.</summary>
    public static string Number(long value) => value.ToString("N0", Thin);

    public static string Date(LocalDate date) => Long.Format(date);

    public static string IsoDate(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
