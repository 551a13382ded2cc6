using System.Text;

namespace MiSarTracker.Formats.Answers;

/// <summary>Files that are recognised by their first bytes and not read here, with what a person can do about each.</summary>
internal static class OtherKinds
{
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>The kind by content (the name decides only between old Office files that do not show it), or null.</summary>
    public static string? Of(ReadOnlySpan<byte> head, string name)
    {
        if (head.StartsWith(CompoundFile))
            return OfCompound(head, name);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]))
            return "gzip";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]))
            return "7z";
        if (head.StartsWith("Rar!\x1A\x07"u8))
            return "rar";
        if (head.StartsWith("{\\rtf"u8))
            return "rtf";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || head.StartsWith("BZh"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]))
            return "packed";
        return null;
    }

    /// <summary>Why a member of this format was not read and what helps, or null when there is nothing to say.</summary>
    public static string? Remedy(string format) => format switch
    {
        "msg" => "this is an Outlook message, which is not read here; open it in a mail program, save it as .eml, and add that",
        "docx" => "this Word document is protected with a password, which is not tried here; open it in a word processor, save a copy without a password, and add that",
        "doc" or "odt" or "rtf" => "this is a word processor's document, which is not read here; open it and save it as .docx, PDF or text, and add that",
        "7z" or "rar" or "packed" => "this archive is of a kind that is not read here; unpack it (7-Zip does), and add the files or a ZIP of them",
        _ => null,
    };

    /// <summary>The streams of an old Office file have telling names, in UTF-16, in a directory that mostly lies near its beginning.</summary>
    private static string OfCompound(ReadOnlySpan<byte> head, string name)
    {
        ReadOnlySpan<(string Stream, string Kind)> streams =
        [
            ("__substg1.0_", "msg"), ("__properties_version1.0", "msg"), ("EncryptedPackage", "xlsx"), ("WordDocument", "doc"), ("Workbook", "xls"),
        ];
        foreach (var (stream, kind) in streams)
        {
            if (head.IndexOf(Encoding.Unicode.GetBytes(stream)) >= 0)
                return kind == "xlsx" && name.EndsWith(".docx", StringComparison.OrdinalIgnoreCase) ? "docx" : kind;
        }

        foreach (var kind in new[] { "msg", "xlsx", "xls", "doc" })
        {
            if (name.EndsWith("." + kind, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        return "binary";
    }
}
