using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Storage;

public sealed class DatabaseGateTests : TempFolder
{
    [Fact]
    public async Task EveryConnectionHasThePragmas()
    {
        using var workspace = await Init();
        var database = new Database(DatabasePath);
        using var plain = database.Connect();
        await using var context = database.Context();
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.OpenConnectionAsync(context.Database, Token);
        var mapped = (SqliteConnection)Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(context.Database);
        foreach (var connection in new[] { plain, mapped })
        {
            Assert.Equal("delete", Ask(connection, "PRAGMA journal_mode"));
            Assert.Equal("2", Ask(connection, "PRAGMA synchronous"));
            Assert.Equal("1", Ask(connection, "PRAGMA secure_delete"));
            Assert.Equal("1", Ask(connection, "PRAGMA foreign_keys"));
            Assert.Equal("10000", Ask(connection, "PRAGMA busy_timeout"));
        }

        Assert.Equal(Database.ApplicationId.ToString(CultureInfo.InvariantCulture), Ask(plain, "PRAGMA application_id"));
        Assert.Equal(Database.SchemaVersion.ToString(CultureInfo.InvariantCulture), Ask(plain, "PRAGMA user_version"));
        var migrations = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetMigrations(context.Database).Count();
        Assert.Equal(Database.SchemaVersion, migrations);
        Assert.False(Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.HasPendingModelChanges(context.Database));
    }

    [Fact]
    public async Task AWorkspaceOpensWhileAnotherWritesToIt()
    {
        using var workspace = await Init();
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        using var enough = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
                await workspace.Apply(reference, new NoteCase(new string('n', 3000)), Now, Token);
        }, Token);
        for (var i = 0; i < 25; i++)
            (await Open()).Dispose();
        await enough.CancelAsync();
        await writer;
    }

    [Fact]
    public async Task ATransactionThatACrashCutOffIsRolledBack()
    {
        await Filled();
        var torn = Path.Combine(Folder, "torn");
        Directory.CreateDirectory(torn);
        using (var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False"))
        {
            connection.Open();

            // A tiny cache spills changed pages into the file before the commit; a copy now is what a crash would leave.
            Ask(connection, "PRAGMA cache_size=2");
            Ask(connection, "BEGIN IMMEDIATE; UPDATE LedgerPayloads SET Salt = zeroblob(3000); UPDATE Cases SET PersonName = 'torn'");
            File.Copy(DatabasePath, Path.Combine(torn, "misar.db"));
            File.Copy(DatabasePath + "-journal", Path.Combine(torn, "misar.db-journal"));
            Ask(connection, "ROLLBACK");
        }

        Directory.Move(Path.Combine(Root, "vault"), Path.Combine(torn, "vault"));
        Assert.NotEqual(await File.ReadAllBytesAsync(DatabasePath, Token), await File.ReadAllBytesAsync(Path.Combine(torn, "misar.db"), Token));
        using var opened = await Workspace.Open(torn, cancellationToken: Token);
        Assert.True(opened.Verify(cancellationToken: Token).IsIntact);
        Assert.False(File.Exists(Path.Combine(torn, "misar.db-journal")));
        Assert.Equal(await File.ReadAllBytesAsync(DatabasePath, Token), await File.ReadAllBytesAsync(Path.Combine(torn, "misar.db"), Token));
    }

    [Fact]
    public async Task AMissingWorkspaceIsRefusedAndNothingIsMade()
    {
        await Assert.ThrowsAsync<Refusal>(Open);
        Assert.False(Directory.Exists(Root));
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public async Task AnotherProgramsDatabaseIsNotTouched(string journal)
    {
        Directory.CreateDirectory(Root);
        using (var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False"))
        {
            connection.Open();
            Ask(connection, $"PRAGMA journal_mode={journal}");
            Ask(connection, "CREATE TABLE bookmarks(url TEXT)");
        }

        Assert.Contains("another program", (await Untouched<Refusal>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANewerSchemaIsNotTouched()
    {
        (await Init()).Dispose();
        Change($"PRAGMA user_version={Database.SchemaVersion + 1}");
        Assert.Contains("newer misar", (await Untouched<Refusal>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SQLite format 3")]
    [InlineData("This is a text file that happens to be called misar.db, and it is longer than the header of a database would be: 100 bytes and more.")]
    public async Task WhatIsNoDatabaseIsDamaged(string content)
    {
        Directory.CreateDirectory(Root);
        await File.WriteAllTextAsync(DatabasePath, content, Token);
        await Untouched<Corrupt>();
    }

    [Fact]
    public async Task ACutFileIsDamagedWhereverItIsCut()
    {
        var whole = await Filled();
        foreach (var length in new[] { 1, 99, 100, 512, 4095, 4096, 4097, whole.Length / 2, whole.Length - 4096, whole.Length - 1 })
        {
            await File.WriteAllBytesAsync(DatabasePath, whole[..length], Token);
            await Untouched<Corrupt>();
        }
    }

    [Theory]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON Outbox BEGIN UPDATE Outbox SET \"To\" = 'thief@example.net'; END")]
    [InlineData("CREATE VIEW v AS SELECT 1")]
    [InlineData("ALTER TABLE Letters RENAME COLUMN Size TO Sice")]
    [InlineData("DROP INDEX IX_Cases_Year_Number")]
    public async Task ASchemaThatWasChangedByAnotherIsDamaged(string sql)
    {
        (await Init()).Dispose();
        Change(sql);
        Assert.Contains("tables", (await Untouched<Corrupt>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwappedAndBlankedPagesAreDamaged()
    {
        var whole = await Filled();
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var bytes = whole.ToArray();
            var pages = whole.Length / 4096;
            var (one, other) = (1 + random.Next(pages - 1), 1 + random.Next(pages - 1));
            if (round % 2 == 0 && one != other)
            {
                whole.AsSpan(one * 4096, 4096).CopyTo(bytes.AsSpan(other * 4096));
                whole.AsSpan(other * 4096, 4096).CopyTo(bytes.AsSpan(one * 4096));
            }
            else
            {
                bytes.AsSpan(one * 4096, 4096).Clear();
            }

            // Two empty pages are the same page; only a change can be noticed.
            if (bytes.AsSpan().SequenceEqual(whole))
                continue;
            await File.WriteAllBytesAsync(DatabasePath, bytes, Token);
            await Noticed($"round {round}: pages {one + 1} and {other + 1} of {pages}");
        }
    }

    [Fact]
    public async Task AFlippedByteThatChangesWhatIsStoredIsNoticed()
    {
        var whole = await Filled();
        var original = Content();
        var random = new Random(11);
        var (noticed, idle) = (0, 0);
        for (var round = 0; round < 80; round++)
        {
            var bytes = whole.ToArray();
            int place;
            do
                place = random.Next(bytes.Length);
            while (bytes[place] == 0);
            bytes[place] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(DatabasePath, bytes, Token);
            try
            {
                using var workspace = await Open();
                if ((workspace.Verify(cancellationToken: Token)).IsIntact)
                {
                    Assert.True(original == Content(), $"the flip at {place} was taken for good");
                    idle++;
                    continue;
                }
            }
            catch (MisarFailure)
            {
                Assert.Equal(bytes, await File.ReadAllBytesAsync(DatabasePath, Token));
            }

            noticed++;
            Assert.Single(Directory.GetFiles(Root, "misar.db*"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{noticed} of 80 flips noticed, {idle} changed no stored value");
        Assert.InRange(noticed, 40, 80);
    }

    /// <summary>All stored values but those that only time the outbox.</summary>
    private string Content()
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var values = new System.Text.StringBuilder();
        foreach (var table in new[] { "Cases", "Identifiers", "Controllers", "Replies", "Letters", "Mails", "Exhibits", "Reminders", "Comparisons", "Reports", "Ledger", "LedgerPayloads", "Disposals", "Outbox" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = table == "Outbox" ? """SELECT Id, CaseId, Item, "To", MessageId, EnvelopeId, Sha256, Size, State FROM Outbox""" : "SELECT * FROM " + table;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                    values.Append(reader.GetValue(column) is byte[] blob ? Convert.ToHexString(blob) : reader.GetValue(column)).Append('|');
            }
        }

        return values.ToString();
    }

    private async Task Noticed(string what)
    {
        try
        {
            using var workspace = await Open();
            Assert.False((workspace.Verify(cancellationToken: Token)).IsIntact, what);
        }
        catch (Corrupt)
        {
            return;
        }
        catch (Refusal)
        {
            return;
        }
    }

    private async Task<byte[]> Filled()
    {
        using (var workspace = await Init())
        {
            for (var i = 0; i < 3; i++)
            {
                var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
                await QueueAccess(workspace, reference);
                await workspace.Apply(reference, new NoteCase(new string('n', 1500)), Now, Token);
            }
        }

        return await File.ReadAllBytesAsync(DatabasePath, Token);
    }

    private async Task<T> Untouched<T>()
        where T : MisarFailure
    {
        var before = await Fingerprint();
        var failure = await Assert.ThrowsAsync<T>(Open);
        Assert.Equal(before, await Fingerprint());
        Assert.Equal(["misar.db"], Directory.GetFiles(Root, "misar.db*").Select(Path.GetFileName));
        return failure;
    }

    private async Task<(string Sha256, DateTime Written)> Fingerprint() =>
        (Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(DatabasePath, Token))), File.GetLastWriteTimeUtc(DatabasePath));

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        Ask(connection, sql);
    }

    private static string? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
