using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>
/// Names of entries. They only ever label what was read: nothing is written to disk under them. A name that would
/// leave its folder somewhere else is refused all the same, because its author meant it to.
/// </summary>
internal static class ZipNames
{
    private const int MaxBytes = 4_096;
    private const ushort Utf8Flag = 1 << 11;

    /// <summary>The name as text with forward slashes: UTF-8 when flagged or valid, else Info-ZIP's Unicode name, else CP437.</summary>
    public static string Decode(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> extras, ushort flags)
    {
        var name = (flags & Utf8Flag) != 0 || Utf8.IsValid(raw)
            ? Encoding.UTF8.GetString(raw)
            : ZipExtras.UnicodePath(extras, raw) ?? CodePagesEncodingProvider.Instance.GetEncoding(437)!.GetString(raw);

        // Tools on Windows write backslashes as separators (and .NET Framework's did for years).
        return name.Replace('\\', '/');
    }

    /// <summary>Why an entry of this name is not read, or null.</summary>
    public static string? Objection(ZipEntry entry)
    {
        if (entry.RawName.Length > MaxBytes)
            return $"the entry's name has {entry.RawName.Length} bytes, more than {MaxBytes}";

        return Objection(entry.Name) ?? (entry.IsSymbolicLink ? "the entry is a symbolic link; links are not followed" : null);
    }

    /// <summary>Why an entry of this name is not read, or null.</summary>
    public static string? Objection(string name)
    {
        if (name.Length == 0)
            return "the entry has no name";
        if (name.Contains('\0', StringComparison.Ordinal))
            return "the entry's name contains a NUL character, which hides what follows it from some programs; the entry was not read";
        if (name.Any(char.IsControl))
            return "the entry's name contains control characters; the entry was not read";
        if (name[0] == '/' || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])))
            return "the entry's name is an absolute path, made to be written outside its folder; the entry was not read";
        return name.Split('/').Contains("..") ? "the entry's name climbs out of its folder by \"..\"; the entry was not read" : null;
    }

    /// <summary>The name for a report: shortened, and with control characters and direction overrides spelt out.</summary>
    public static string Printable(string name)
    {
        const int longest = 200;
        if (name.Length == 0)
            return "(no name)";

        var text = new StringBuilder();
        foreach (var character in name.Length > longest ? name[..longest] : name)
        {
            var visible = char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            if (visible || char.IsSurrogate(character))
                text.Append(character);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return name.Length > longest ? text.Append('…').ToString() : text.ToString();
    }
}
