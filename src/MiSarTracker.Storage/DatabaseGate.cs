using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>
/// Looks at a database before anything of ours may write to it, in two steps that leave the file and its folder as they
/// are. Whose file it is, is read with <c>immutable=1</c>: no lock, no roll-back, no file beside it, whatever it turns out
/// to be. One of ours is then checked through a read-only connection that takes the ordinary read lock, so that a
/// writer at work in another process is not taken for a damage.
/// (Opening the file by ourselves would drop the locks that SQLite holds in this process when we close it.)
/// </summary>
internal static class DatabaseGate
{
    /// <summary>SHA-256 over the text of the schema that the migrations make; a change by others is a trigger, a lost index, a renamed column.</summary>
    private const string SchemaSha256 = "fa4b4e0e8ce8ea7220486a2efbaff602b7101797440e3c59747d4388b0e263b5";

    /// <summary>No database is smaller than one page of the smallest size.</summary>
    private const int SmallestBytes = 512;

    /// <summary>Up to this size the whole structure is checked at every opening; it takes a few milliseconds.</summary>
    private const long AlwaysCheckedBytes = 4 << 20;

    /// <summary>SQLITE_READONLY, here always in its form READONLY_ROLLBACK.</summary>
    private const int ReadOnly = 8;

    /// <summary>SQLITE_CORRUPT.</summary>
    private const int Malformed = 11;

    /// <summary>Milliseconds; the pauses double up to it.</summary>
    private const int LongestPause = 160;

    /// <returns>The file's schema version: ours, or an older one that is to be migrated.</returns>
    /// <exception cref="Refusal">No workspace, another program's file, or a newer version's.</exception>
    /// <exception cref="Corrupt">The file is damaged.</exception>
    public static int Check(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new Refusal($"There is no workspace in {Path.GetDirectoryName(path)}.",
                "Make one with misar init, or name another with --workspace.");
        }

        try
        {
            if (file.Length < SmallestBytes)
                throw StorageFault.Damaged(path, string.Create(CultureInfo.InvariantCulture, $"it has only {file.Length} bytes."));
            var version = Recognise(path);
            CheckWhole(path, version);
            return version;
        }
        catch (SqliteException e)
        {
            throw StorageFault.Of(e, path) ?? (Exception)StorageFault.Damaged(path, e.Message, e);
        }
    }

    /// <summary>Checks the structure of every page, and that the indexes say what the tables say.</summary>
    /// <exception cref="Corrupt">With the first faults found.</exception>
    public static void CheckStructure(SqliteConnection connection, string path)
    {
        var faults = new List<string>();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(5)";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            faults.Add(reader.GetString(0));
        if (faults is not ["ok"])
            throw StorageFault.Damaged(path, string.Join("; ", faults).ReplaceLineEndings(" "));
    }

    private static int Recognise(string path)
    {
        for (var pause = 10; ; pause *= 2)
        {
            try
            {
                return RecogniseOnce(path);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Malformed && pause <= LongestPause)
            {
                // A writer that is just making the file longer has written the header before the pages that it counts.
                Thread.Sleep(pause);
            }
        }
    }

    private static int RecogniseOnce(string path)
    {
        using var connection = Open($"file:{Escape(Path.GetFullPath(path))}?immutable=1");
        var owner = Pragma(connection, "application_id");
        if (owner != Database.ApplicationId)
        {
            throw new Refusal($"{path} is another program's database (application id {owner:x8}).",
                "Name another folder with --workspace; the file was not touched.");
        }

        var version = (int)Pragma(connection, "user_version");
        if (version > Database.SchemaVersion)
        {
            throw new Refusal($"{path} was written by a newer misar (schema {version}; this one knows {Database.SchemaVersion}).",
                "Use the newer version; the file was not touched.");
        }

        // Opened in earnest, such a file would get two others beside it.
        if (Ask(connection, "PRAGMA journal_mode") == "wal")
            throw StorageFault.Damaged(path, "its header was changed to another journal mode.");
        return version;
    }

    private static void CheckWhole(string path, int version)
    {
        using var connection = Open(path);
        try
        {
            _ = Ask(connection, "PRAGMA busy_timeout=10000");
            using var begin = connection.BeginTransaction(deferred: true);
            _ = Ask(connection, "SELECT count(*) FROM sqlite_schema");
            CheckLocked(connection, path, version);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == ReadOnly)
        {
            // A transaction that a crash cut off is to be rolled back first; opening it for writing does that.
            return;
        }
    }

    private static void CheckLocked(SqliteConnection connection, string path, int version)
    {
        var length = new FileInfo(path).Length;
        var expected = Pragma(connection, "page_count") * Pragma(connection, "page_size");
        if (length != expected)
            throw StorageFault.Damaged(path, string.Create(CultureInfo.InvariantCulture, $"it has {length} bytes where its header says {expected}."));
        if (version == Database.SchemaVersion && SchemaOf(connection) is var schema && schema != SchemaSha256)
            throw StorageFault.Damaged(path, $"its tables are not those of this program (schema {schema[..16]}…).");
        if (length <= AlwaysCheckedBytes)
            CheckStructure(connection, path);
    }

    private static SqliteConnection Open(string source)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    internal static string SchemaOf(SqliteConnection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var command = connection.CreateCommand();

        // The migration engine's own two tables are its business and may look otherwise in its next version.
        command.CommandText = """
            SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema
            WHERE NOT (type IN ('table', 'index') AND tbl_name IN ('__EFMigrationsHistory', '__EFMigrationsLock'))
            ORDER BY type, name
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            hash.AppendData(Encoding.UTF8.GetBytes(reader.GetString(0) + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static long Pragma(SqliteConnection connection, string name) =>
        Convert.ToInt64(Ask(connection, "PRAGMA " + name), CultureInfo.InvariantCulture);

    private static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Literals of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static string Escape(string path) =>
        Uri.EscapeDataString(path.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal);
}
