using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Authorities;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Recipients;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker;

/// <summary>The knowledge that travels with the executable as files: vendors, holidays, letters, the demo's data.</summary>
public sealed class Templates(string folder)
{
    /// <summary>The folder beside the executable.</summary>
    public static Templates Shipped { get; } = new(Path.Combine(AppContext.BaseDirectory, "templates"));

    public string Folder { get; } = folder;

    public string Demo => Path.Combine(Folder, "demo");

    /// <summary>A person's own profiles, which come before the shipped ones of the same id; null for none.</summary>
    public string? OwnVendors { get; private init; }

    /// <summary>The same with a folder of a person's own profiles; it need not exist.</summary>
    public Templates WithVendors(string folder) => new(Folder) { OwnVendors = folder, OwnHolidays = OwnHolidays, OwnLetters = OwnLetters };

    /// <summary>A person's own changes to holiday tables, a file <c>NL.json</c> for each country; null for none.</summary>
    public string? OwnHolidays { get; private init; }

    /// <summary>The same with a folder of a person's own holidays; it need not exist.</summary>
    public Templates WithHolidays(string folder) => new(Folder) { OwnVendors = OwnVendors, OwnHolidays = folder, OwnLetters = OwnLetters };

    /// <summary>A person's own letters and words, which come before the shipped ones of the same kind and language; null for none.</summary>
    public string? OwnLetters { get; private init; }

    /// <summary>The same with a folder of a person's own letters; it need not exist.</summary>
    public Templates WithLetters(string folder) => new(Folder) { OwnVendors = OwnVendors, OwnHolidays = OwnHolidays, OwnLetters = folder };

    /// <summary>The ids of the profiles, in order.</summary>
    public IReadOnlyList<string> VendorIds() =>
        [.. Vendors(Path.Combine(Folder, "vendors")).Concat(Vendors(OwnVendors)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The file of a profile.</summary>
    /// <exception cref="Refusal">There is no such vendor; the remedy lists those that there are.</exception>
    public string VendorFile(string id)
    {
        if (!VendorIds().Contains(id))
        {
            throw new Refusal($"There is no vendor “{id}”.", $"Known vendors: {string.Join(", ", VendorIds())}.");
        }

        return IsOwn(id) ? Path.Combine(OwnVendors!, id + ".json") : Path.Combine(Folder, "vendors", id + ".json");
    }

    /// <summary>True when the profile is the person's own.</summary>
    public bool IsOwn(string id) => Vendors(OwnVendors).Contains(id);

    /// <summary>True when a profile of this id is shipped.</summary>
    public bool IsShipped(string id) => Vendors(Path.Combine(Folder, "vendors")).Contains(id);

    /// <exception cref="Refusal">There is no such vendor; the remedy lists those that there are.</exception>
    /// <exception cref="BadInput">The profile breaks a rule, or says another id than its name; says where.</exception>
    public VendorProfile Vendor(string id)
    {
        var path = VendorFile(id);
        var profile = VendorProfileReader.Read(File.ReadAllBytes(path), path);
        return profile.Id == id
            ? profile
            : throw new BadInput(path, "$.id", $"the profile calls itself “{profile.Id}”, and its file “{id}”", $"Rename the file to {profile.Id}.json, or change the id.");
    }

    /// <summary>SHA-256 of a profile's file, lower-case hex.</summary>
    public string VendorHash(string id) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(VendorFile(id))));

    private static List<string> Vendors(string? folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Where(id => !id.EndsWith(".schema", StringComparison.Ordinal))]
        : [];

    /// <summary>The files of letters (<c>*.md</c>) and words (<c>words.*.json</c>) that are used: a person's own in place of the shipped ones of the same name.</summary>
    public IReadOnlyList<string> LetterFiles() =>
        [.. LettersIn(Path.Combine(Folder, "letters")).Concat(LettersIn(OwnLetters)).GroupBy(Path.GetFileName, StringComparer.Ordinal).Select(same => same.Last()).OrderBy(Path.GetFileName, StringComparer.Ordinal)];

    /// <exception cref="BadInput">A template or a words file breaks a rule; says where.</exception>
    public LetterTemplates LetterTemplates()
    {
        var files = LetterFiles();
        return new LetterTemplates(
            files.Where(path => path.EndsWith(".md", StringComparison.Ordinal)).Select(path => LetterTemplate.Parse(File.ReadAllText(path), NameOf(path))),
            files.Where(path => path.EndsWith(".json", StringComparison.Ordinal)).Select(path => LetterWords.Read(File.ReadAllText(path), NameOf(path))));
    }

    /// <summary>A shipped file by its name, one of the person's own by its path.</summary>
    private string NameOf(string path) => path.StartsWith(Folder, StringComparison.Ordinal) ? Path.GetFileName(path) : path;

    private static List<string> LettersIn(string? folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.*.md").Concat(Directory.EnumerateFiles(folder, "words.*.json"))]
        : [];

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

    /// <summary>The rules by which replies are told apart, by language; none when the folder is not there.</summary>
    /// <exception cref="BadInput">A file breaks a rule; says where.</exception>
    public IReadOnlyList<Core.Inbox.ReplyRules> Replies() => Path.Combine(Folder, "replies") is var folder && Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(path => Core.Inbox.ReplyRules.Read(File.ReadAllText(path), Path.GetFileName(path)))]
        : [];

    /// <summary>Whose hosts these are.</summary>
    /// <exception cref="BadInput">The file breaks a rule; says where.</exception>
    public RecipientDirectory Recipients() =>
        File.Exists(RecipientsFile) ? RecipientDirectory.Read(File.ReadAllText(RecipientsFile), Path.GetFileName(RecipientsFile)) : RecipientDirectory.Empty;

    /// <summary>The supervisory authorities.</summary>
    /// <exception cref="BadInput">The file breaks a rule; says where.</exception>
    public AuthorityDirectory Authorities() =>
        AuthorityReader.Read(File.ReadAllText(Path.Combine(Folder, "authorities", "authorities.json")), "authorities.json");

    /// <summary>SHA-256 of the file of known recipients, lower-case hex; null when there is none.</summary>
    public string? RecipientsHash() =>
        File.Exists(RecipientsFile) ? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(RecipientsFile))) : null;

    private string RecipientsFile => Path.Combine(Folder, "recipients", "recipients.json");

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

    /// <summary>The holiday tables, with the person's own days.</summary>
    /// <exception cref="BadInput">A table breaks a rule; says where.</exception>
    public HolidayTables Holidays() => new HolidayTables(
        Directory.EnumerateFiles(Path.Combine(Folder, "holidays"), "*.json").Order(StringComparer.Ordinal)
            .Select(path => HolidayTableReader.Read(File.ReadAllText(path), Path.GetFileName(path))))
        .With(Directory.Exists(OwnHolidays)
            ? Directory.EnumerateFiles(OwnHolidays, "*.json").Order(StringComparer.Ordinal).Select(path => Core.Deadlines.OwnHolidays.Read(File.ReadAllText(path), path)).ToList()
            : []);

    /// <summary>The sentences of derivations in a language; English when there are none.</summary>
    /// <exception cref="BadInput">The file breaks a rule; says where.</exception>
    public DerivationWords DerivationWords(string language) =>
        language != "en" && DerivationLanguages().Contains(language)
            ? DerivationWordsReader.Read(File.ReadAllText(Path.Combine(Folder, "deadlines", $"words.{language}.json")), $"words.{language}.json")
            : Core.Deadlines.DerivationWords.English;

    /// <summary>The languages in which a deadline can be explained.</summary>
    public IReadOnlyList<string> DerivationLanguages() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "deadlines"), "words.*.json").Select(path => Path.GetFileName(path).Split('.')[1]).Order(StringComparer.Ordinal)];
}
