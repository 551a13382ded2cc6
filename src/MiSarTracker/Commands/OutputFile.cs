using MiSarTracker.Core;

namespace MiSarTracker.Commands;

/// <summary>Files that the person asks for.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file, making its folder; an earlier one is replaced.</summary>
    /// <exception cref="Unavailable">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllBytes(path, content);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Unavailable($"{path} cannot be written: {fault.Message}", "Choose another place with --output.", fault);
        }
    }
}
