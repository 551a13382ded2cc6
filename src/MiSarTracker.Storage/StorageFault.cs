using Microsoft.Data.Sqlite;
using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>SQLite's errors in the family of failures. What is not listed is a bug and goes through as it is.</summary>
internal static class StorageFault
{
    public static MisarFailure? Of(Exception exception, string path)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SqliteException sqlite)
                return Of(sqlite, path);
        }

        return null;
    }

    // Result codes: https://sqlite.org/rescode.html
    private static MisarFailure? Of(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        5 or 6 => new Unavailable($"{path} is kept busy by another program.", "Try again when it has finished.", fault),
        8 or 14 or 23 => new Unavailable($"{path} cannot be opened for writing: {fault.Message}", "Check the permissions of the workspace.", fault),
        10 => new Unavailable($"The disk failed under {path} ({Size(path)} bytes): {fault.Message}", "Check the disk, then try again; nothing was half written.", fault),
        13 => new Unavailable($"The disk is full: {path} ({Size(path)} bytes) could not grow.", "Free some space, then try again; nothing was half written.", fault),
        11 or 26 => Damaged(path, fault.Message, fault),
        _ => null,
    };

    public static Corrupt Damaged(string path, string how, Exception? inner = null) =>
        new($"{path} is damaged: {how}", "It was left as it is. Restore a backup with misar restore.", inner);

    private static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
