using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MiSarTracker.Storage.Model;

namespace MiSarTracker.Storage;

/// <summary>The SQLite file of a workspace: how it is opened, read and written.</summary>
internal sealed class Database
{
    /// <summary>"MSAR", in the file's header: SQLite's mark of whose file it is.</summary>
    public const int ApplicationId = 0x4D534152;

    /// <summary>The schema that this version writes; each migration sets it as <c>user_version</c> in its own transaction.</summary>
    public const int SchemaVersion = 4;

    private readonly Lazy<DbContextOptions<MisarContext>> options;

    public Database(string path)
    {
        Path = path;
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite }.ToString();

        // Lazy: a list needs no model, and building one is the dearest part of a start.
        options = new(() => new DbContextOptionsBuilder<MisarContext>()
            .UseSqlite(ConnectionString, sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery))
            .AddInterceptors(new PragmaInterceptor())
            .Options);
    }

    public string Path { get; }

    public string ConnectionString { get; }

    /// <summary>A context for reading; disposed by the caller.</summary>
    public MisarContext Context() => new(options.Value);

    /// <summary>A plain connection with the pragmas set, for the few queries that must answer at once.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            PragmaInterceptor.Apply(connection);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw StorageFault.Of(e, Path) ?? (Exception)e;
        }
    }

    /// <summary>
    /// Does all of <paramref name="work"/> or nothing of it. The transaction is BEGIN IMMEDIATE, the driver's default:
    /// writers queue up at its start, where waiting is safe, and never fail halfway.
    /// </summary>
    public async Task<T> Write<T>(Func<Writing, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = Connect();
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var writing = new Writing(connection, transaction);
            var result = await work(writing).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception e) when (StorageFault.Of(e, Path) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Reads with plain SQL within one transaction, so that all of it is of one moment.</summary>
    public T ReadPlainly<T>(Func<SqliteConnection, SqliteTransaction, T> work)
    {
        try
        {
            using var connection = Connect();
            using var transaction = connection.BeginTransaction(deferred: true);
            return work(connection, transaction);
        }
        catch (SqliteException e)
        {
            throw StorageFault.Of(e, Path) ?? (Exception)e;
        }
    }

    /// <summary>Reads through EF within one transaction.</summary>
    public async Task<T> Read<T>(Func<MisarContext, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = Context();
            await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

            // Deferred: takes a read lock at the first query and never waits for other readers.
            var connection = (SqliteConnection)context.Database.GetDbConnection();
            await using var transaction = connection.BeginTransaction(deferred: true);
            await context.Database.UseTransactionAsync(transaction, cancellationToken).ConfigureAwait(false);
            return await work(context).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFault.Of(e, Path) is { } failure)
        {
            throw failure;
        }
    }
}

/// <summary>
/// Sets the pragmas on every connection. WAL is avoided: the SQLite that is served has a rare fault when it resets the log.
/// The native busy timeout waits inside SQLite, which was measured to lose no writer; the driver's own retry was not.
/// </summary>
internal sealed class PragmaInterceptor : DbConnectionInterceptor
{
    private const string Pragmas = """
        PRAGMA busy_timeout=10000;
        PRAGMA journal_mode=DELETE;
        PRAGMA synchronous=FULL;
        PRAGMA secure_delete=ON;
        PRAGMA foreign_keys=ON;
        PRAGMA trusted_schema=OFF;
        PRAGMA cell_size_check=ON;
        """;

    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        _ = command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }
}
