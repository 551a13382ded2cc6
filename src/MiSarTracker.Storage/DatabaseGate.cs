using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>
/// Looks at a database before anything of ours may write to it. It reads through SQLite with <c>immutable=1</c>: that
/// takes no lock, rolls nothing back and makes no file beside it, whatever the file turns out to be. (Opening the file
/// by ourselves would drop the locks that SQLite holds in this process when we close it.)
/// </summary>
internal static class DatabaseGate
{
    /// <summary>SHA-256 over the text of the schema that the migrations make; a change by others is a trigger, a lost index, a renamed column.</summary>
    private const string SchemaSha256 = "4fbd9e0ed1b5221c436ed3bbcba685b0afc1f77d9f8f46100dc9f020d747c711";

    /// <summary>No database is smaller than one page of the smallest size.</summary>
    private const int SmallestBytes = 512;

    /// <summary>Up to this size the whole structure is checked at every opening; it takes a few milliseconds.</summary>
    private const long AlwaysCheckedBytes = 4 << 20;

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
            return Look(path, file.Length);
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

    private static int Look(string path, long length)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = $"file:{Escape(Path.GetFullPath(path))}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        if (length < SmallestBytes)
            throw StorageFault.Damaged(path, string.Create(CultureInfo.InvariantCulture, $"it has only {length} bytes."));
        var owner = Pragma(connection, "application_id");
        if (owner != Database.ApplicationId)
        {
            throw new Refusal($"{path} is another program's database (application id {owner:x8}).", "Name another folder with --workspace; the file was not touched.");
        }

        var version = (int)Pragma(connection, "user_version");
        if (version > Database.SchemaVersion)
        {
            throw new Refusal($"{path} was written by a newer misar (schema {version}; this one knows {Database.SchemaVersion}).",
                "Use the newer version; the file was not touched.");
        }

        // A journal beside it is a transaction to be rolled back (by opening it in earnest); until then its pages may differ.
        if (File.Exists(path + "-journal"))
            return version;
        var expected = Pragma(connection, "page_count") * Pragma(connection, "page_size");
        if (length != expected)
            throw StorageFault.Damaged(path, string.Create(CultureInfo.InvariantCulture, $"it has {length} bytes where its header says {expected}."));
        if (Text(connection, "journal_mode") == "wal")
            throw StorageFault.Damaged(path, "its header was changed to another journal mode.");
        if (version == Database.SchemaVersion && SchemaOf(connection) is var schema && schema != SchemaSha256)
            throw StorageFault.Damaged(path, $"its tables are not those of this program (schema {schema[..16]}…).");
        if (length <= AlwaysCheckedBytes)
            CheckStructure(connection, path);
        return version;
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

    private static long Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are literals of this class.
        command.CommandText = "PRAGMA " + name;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static string Text(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = "PRAGMA " + name;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static string Escape(string path) =>
        Uri.EscapeDataString(path.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal);
}
