using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MiSarTracker.Storage.Model;

namespace MiSarTracker.Storage;

/// <summary>One transaction of writing: plain SQL on its connection and, for those who ask for it, EF on the same.</summary>
internal sealed class Writing(SqliteConnection connection, SqliteTransaction transaction) : IAsyncDisposable
{
    private MisarContext? context;

    public SqliteConnection Connection => connection;

    public SqliteTransaction Transaction => transaction;

    /// <summary>
    /// EF over the same connection and transaction. Made when it is first asked for, because that costs a command more
    /// than all the rest of its writing; what it tracks is written by <see cref="SaveTracked"/>.
    /// </summary>
    public MisarContext Context => context ??= MakeContext();

    /// <summary>Writes what EF tracks, if anybody asked for it.</summary>
    public async Task SaveTracked(CancellationToken cancellationToken)
    {
        if (context is not null)
            _ = await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => context?.DisposeAsync() ?? ValueTask.CompletedTask;

    private MisarContext MakeContext()
    {
        var made = new MisarContext(new DbContextOptionsBuilder<MisarContext>().UseSqlite(connection).Options);
        _ = made.Database.UseTransaction(transaction);
        return made;
    }
}
