using MiSarTracker.Core;

namespace MiSarTracker.Commands;

/// <summary>Files that the person names: what is wrong with them is said in the person's words.</summary>
internal static class InputFile
{
    /// <exception cref="BadInput">It is not there, is a folder, or may not be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? throw new BadInput(path, null, "is a folder", $"Name the files in it: {Path.Combine(path, "*")}")
                : new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInput(path, null, "there is no such file", "Check the name and the folder.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInput(path, null, $"cannot be read ({fault.Message})", "Take the right to read it (chmod u+r), or copy it to where you may.", fault);
        }
    }

    /// <exception cref="BadInput">It cannot be read.</exception>
    public static byte[] ReadAll(string path)
    {
        using var file = Open(path);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
