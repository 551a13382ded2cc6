using MiSarTracker.Core;

namespace MiSarTracker.Journey;

/// <summary>Mails as files: single ones, an mbox, a Maildir, a folder of .eml.</summary>
public static class InboxFiles
{
    private const int LargestMail = 64 << 20;

    private static readonly string[] Arrived = ["new", "cur"];

    /// <returns>Each mail's raw bytes with a name for the person, in a steady order.</returns>
    /// <exception cref="BadInput">There is no such file, or it cannot be read.</exception>
    public static IEnumerable<(string Name, byte[] Raw)> Read(string path)
    {
        if (!Directory.Exists(path))
            return InFile(path, Path.GetFileName(path));
        var folder = new DirectoryInfo(path);
        var isMaildir = Directory.Exists(Path.Combine(path, "cur")) && Directory.Exists(Path.Combine(path, "new"));
        // A Maildir's tmp holds what is not there yet; folders of their own begin with a dot.
        var files = isMaildir
            ? folder.EnumerateDirectories(".*").Prepend(folder).SelectMany(one => Arrived.Select(name => new DirectoryInfo(Path.Combine(one.FullName, name)))).Where(one => one.Exists).SelectMany(one => one.EnumerateFiles())
            : folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension.ToLowerInvariant() is ".eml" or ".mbox" or ".mbx");
        var found = files.OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
        return found.Count > 0
            ? found.SelectMany(file => InFile(file.FullName, Path.GetRelativePath(path, file.FullName)))
            : throw new BadInput(path, null, "holds no mails", "A Maildir has the folders cur and new; else files named .eml or .mbox are looked for.");
    }

    private static IEnumerable<(string Name, byte[] Raw)> InFile(string path, string name)
    {
        using var file = Commands.InputFile.Open(path);
        Span<byte> head = stackalloc byte[5];
        var isMbox = file.ReadAtLeast(head, 5, throwOnEndOfStream: false) == 5 && head.SequenceEqual("From "u8);
        file.Position = 0;
        return isMbox ? InMbox(path, name) : [(name, Whole(file, path))];
    }

    private static byte[] Whole(FileStream file, string path)
    {
        if (file.Length > LargestMail)
            throw new BadInput(path, null, $"has {file.Length} bytes; a mail has at most {LargestMail}", "If it is a collection of mails, save it as mbox.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>
    /// The mails between lines that begin with "From " behind a blank line, by the lines themselves: a library would parse and write them
    /// anew, and the bytes count. One quotation mark is taken from ">From " (mboxrd).
    /// </summary>
    private static IEnumerable<(string Name, byte[] Raw)> InMbox(string path, string name)
    {
        using var file = Commands.InputFile.Open(path);
        using var buffered = new BufferedStream(file, 1 << 16);
        var mail = new MemoryStream();
        var number = 0;
        var afterBlank = true;
        while (Line(buffered) is { Length: > 0 } line)
        {
            if (afterBlank && line.AsSpan().StartsWith("From "u8))
            {
                if (number > 0 && mail.Length > 0)
                    yield return ($"{name} message {number}", Body(mail));
                number++;
                mail.SetLength(0);
            }
            else if (mail.Length < LargestMail)
            {
                mail.Write(line.AsSpan().TrimStart((byte)'>').StartsWith("From "u8) && line[0] == '>' ? line.AsSpan(1) : line);
            }

            afterBlank = line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
        }

        if (mail.Length > 0)
            yield return ($"{name} message {number}", Body(mail));
    }

    /// <summary>Without the blank line that parts it from the next.</summary>
    private static byte[] Body(MemoryStream mail)
    {
        var bytes = mail.ToArray();
        var length = bytes.AsSpan().EndsWith("\r\n\r\n"u8) ? bytes.Length - 2 : bytes.AsSpan().EndsWith("\n\n"u8) ? bytes.Length - 1 : bytes.Length;
        return bytes[..length];
    }

    private static byte[]? Line(BufferedStream stream)
    {
        var line = new List<byte>(120);
        for (var next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
        {
            line.Add((byte)next);
            if (next == '\n' || line.Count > 1 << 20)
                break;
        }

        return line.Count > 0 ? [.. line] : null;
    }
}
