using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>Makes the database of a new workspace and brings an older one up to date.</summary>
internal static class DatabaseMaking
{
    /// <summary>Made under another name and moved into place when it is whole: a crash leaves no half workspace.</summary>
    public static async Task Make(string path, CancellationToken cancellationToken)
    {
        var making = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            // The file first, for its mode; SQLite gives its journal the same.
            await DurableFile.Create(making).DisposeAsync().ConfigureAwait(false);
            await Migrate(making, cancellationToken).ConfigureAwait(false);
            File.Move(making, path, overwrite: false);
            DurableFile.FlushFolder(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Unavailable($"{path} could not be made: {e.Message}", "Check the permissions and the free space of the folder.", e);
        }
        finally
        {
            File.Delete(making);
        }
    }

    /// <summary>Runs the migrations that are missing.</summary>
    public static async Task Migrate(string path, CancellationToken cancellationToken)
    {
        var database = new Database(path);
        try
        {
            await using var context = database.Context();
            await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StorageFault.Of(e, path) is { } failure)
        {
            throw failure;
        }
        finally
        {
            await using var connection = new SqliteConnection(database.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
    }
}
