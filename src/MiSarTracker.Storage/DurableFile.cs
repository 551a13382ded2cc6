using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>Files that are whole or not there, also after the power failed: temp → fsync → rename → fsync of the folder.</summary>
internal static partial class DurableFile
{
    /// <summary>Writes or replaces a small file that only its owner can read.</summary>
    /// <exception cref="Unavailable">The disk did not take it; the earlier file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temp = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = Create(temp))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temp, path, overwrite: true);
            FlushFolder(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temp);
            throw new Unavailable($"{path} could not be written ({content.Length} bytes): {e.Message}", "Free some space or check the permissions, then try again.", e);
        }
    }

    /// <summary>A new file, 0600, held against others who ask.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = WorkspaceLayout.FileMode;
        return new FileStream(path, options);
    }

    /// <summary>
    /// Asks the system to begin writing a part of a file out, so that the flush at the end finds little left to wait for. No more than a hint:
    /// it makes nothing durable, and whatever is wrong shows in that flush.
    /// </summary>
    public static void BeginFlush(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
            _ = SyncFileRange(file, offset, length, StartWriting);
    }

    /// <summary>Makes renames within a folder survive a power cut. Windows does so by itself.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Open(Encoding.UTF8.GetBytes(path + '\0'), flags: 0);
        if (folder < 0)
            throw new IOException($"{path} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        var result = Fsync(folder);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(folder);

        // EINVAL: a file system that knows no fsync of folders; there is nothing to wait for then.
        if (result != 0 && error != 22)
            throw new IOException($"{path} cannot be flushed (error {error}).");
    }

    /// <summary>SYNC_FILE_RANGE_WRITE</summary>
    private const uint StartWriting = 2;

    [DllImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);

    // .NET opens no folders; flags 0 is O_RDONLY everywhere.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
