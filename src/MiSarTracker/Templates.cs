using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker;

/// <summary>The knowledge that travels with the executable as files: vendors, holidays, letters, the demo's data.</summary>
public sealed class Templates(string folder)
{
    /// <summary>The folder beside the executable.</summary>
    public static Templates Shipped { get; } = new(Path.Combine(AppContext.BaseDirectory, "templates"));

    public string Folder { get; } = folder;

    public string Demo => Path.Combine(Folder, "demo");

    /// <summary>The ids of the profiles, in order.</summary>
    public IReadOnlyList<string> VendorIds() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "vendors"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Where(id => !id.EndsWith(".schema", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <exception cref="Refusal">There is no such vendor; the remedy lists those that there are.</exception>
    /// <exception cref="BadInput">The profile breaks a rule; says where.</exception>
    public VendorProfile Vendor(string id)
    {
        var path = Path.Combine(Folder, "vendors", id + ".json");
        if (!VendorIds().Contains(id))
        {
            throw new Refusal($"There is no vendor “{id}”.", $"Known vendors: {string.Join(", ", VendorIds())}.");
        }

        return VendorProfileReader.Read(File.ReadAllBytes(path), path);
    }

    /// <summary>SHA-256 of a profile's file, lower-case hex.</summary>
    public string VendorHash(string id) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, "vendors", id + ".json"))));

    /// <exception cref="BadInput">A template or a words file breaks a rule; says where.</exception>
    public LetterTemplates LetterTemplates() => new(
        Directory.EnumerateFiles(Path.Combine(Folder, "letters"), "*.*.md").Order(StringComparer.Ordinal)
            .Select(path => LetterTemplate.Parse(File.ReadAllText(path), Path.GetFileName(path))),
        Directory.EnumerateFiles(Path.Combine(Folder, "letters"), "words.*.json").Order(StringComparer.Ordinal)
            .Select(path => LetterWords.Read(File.ReadAllText(path), Path.GetFileName(path))));

    /// <exception cref="Refusal">There is no report in this language.</exception>
    /// <exception cref="BadInput">The file is no flat object of texts.</exception>
    public Reports.ReportWords ReportWords(string language)
    {
        var known = Directory.EnumerateFiles(Path.Combine(Folder, "report"), "report.*.json").Select(path => Path.GetFileName(path).Split('.')[1]).Order(StringComparer.Ordinal).ToList();
        var file = $"report.{language}.json";
        return known.Contains(language)
            ? Reports.ReportWords.Read(File.ReadAllText(Path.Combine(Folder, "report", file)), language, file)
            : throw new Refusal($"There is no report in the language “{language}”.", $"There is: {string.Join(", ", known)}. The text is one file in templates/report.");
    }

    /// <summary>The patterns by which an answer's words are judged, by language; none when the folder is not there.</summary>
    /// <exception cref="BadInput">A file breaks a rule; says where.</exception>
    public IReadOnlyList<LanguagePatterns> Article15() =>
        [.. Article15Files().Select(path => LanguagePatternsReader.Read(File.ReadAllText(path), Path.GetFileName(path)))];

    /// <summary>SHA-256 over the files of patterns, lower-case hex; null when there are none.</summary>
    public string? Article15Hash()
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var files = Article15Files();
        files.ForEach(path => hash.AppendData(File.ReadAllBytes(path)));
        return files.Count == 0 ? null : Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private List<string> Article15Files() => Path.Combine(Folder, "article15") is var folder && Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)]
        : [];

    /// <exception cref="BadInput">A table breaks a rule; says where.</exception>
    public HolidayTables Holidays() => new(
        Directory.EnumerateFiles(Path.Combine(Folder, "holidays"), "*.json").Order(StringComparer.Ordinal)
            .Select(path => HolidayTableReader.Read(File.ReadAllText(path), Path.GetFileName(path))));
}
