using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MiSarTracker.Core.Cases;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Storage.Model;

/// <summary>
/// Writes rows with plain SQL, in the conversions of <see cref="MisarContext"/>; a test compares the two. Rows are found by their
/// <c>Id</c> or, parts of a case, by <c>CaseId</c> and <c>Ordinal</c>.
/// </summary>
internal static class RowWriting
{
    private const string Id = "Id";

    /// <summary>A row as it stands in its columns, null as <see cref="DBNull"/>.</summary>
    public static object[] ValuesOf<TRow>(TRow row) => [.. Rows.ColumnsOf<TRow>().Select(column => Stores(column.Property.GetValue(row)))];

    /// <summary>Adds a row that brings its key with it.</summary>
    public static void Insert<TRow>(Writing writing, string table, TRow row) => _ = Insert(writing, table, row, isNumbered: false);

    /// <summary>Adds a row whose <c>Id</c> the database gives, and returns it.</summary>
    public static long InsertNumbered<TRow>(Writing writing, string table, TRow row) => (long)Insert(writing, table, row, isNumbered: true)!;

    /// <summary>Writes those columns that differ.</summary>
    public static void Update<TRow>(Writing writing, string table, TRow before, TRow after) => Update(writing, table, ValuesOf(before), after);

    /// <inheritdoc cref="Update{TRow}(Writing, string, TRow, TRow)"/>
    public static void Update<TRow>(Writing writing, string table, object[] before, TRow after)
    {
        var columns = Rows.ColumnsOf<TRow>();
        var values = ValuesOf(after);
        var changed = Enumerable.Range(0, columns.Length).Where(i => !values[i].Equals(before[i])).ToList();
        if (changed.Count == 0)
            return;
        using var command = Command(writing, values);
        var set = string.Join(", ", changed.Select(i => $"\"{columns[i].Property.Name}\" = @p{i}"));
        Run(command, $"UPDATE \"{table}\" SET {set} WHERE {IsRow(columns)}");
    }

    public static void Delete<TRow>(Writing writing, string table, TRow row)
    {
        using var command = Command(writing, ValuesOf(row));
        Run(command, $"DELETE FROM \"{table}\" WHERE {IsRow(Rows.ColumnsOf<TRow>())}");
    }

    private static object? Insert<TRow>(Writing writing, string table, TRow row, bool isNumbered)
    {
        var columns = Rows.ColumnsOf<TRow>();
        using var command = Command(writing, ValuesOf(row));
        var written = Enumerable.Range(0, columns.Length).Where(i => !isNumbered || columns[i].Property.Name != Id).ToList();
        var names = string.Join(", ", written.Select(i => $"\"{columns[i].Property.Name}\""));
        var returning = isNumbered ? $" RETURNING \"{Id}\"" : "";
#pragma warning disable CA2100 // Names of this program's own tables and properties; values are parameters.
        command.CommandText = $"INSERT INTO \"{table}\" ({names}) VALUES ({string.Join(", ", written.Select(i => $"@p{i}"))}){returning}";
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static string IsRow(Rows.Column[] columns)
    {
        var isNumbered = Array.Exists(columns, column => column.Property.Name == Id);
        return string.Join(" AND ", Enumerable.Range(0, columns.Length)
            .Where(i => columns[i].Property.Name is var name && (isNumbered ? name == Id : name is nameof(ICasePart.CaseId) or nameof(ICasePart.Ordinal)))
            .Select(i => $"\"{columns[i].Property.Name}\" = @p{i}"));
    }

    private static SqliteCommand Command(Writing writing, object[] values)
    {
        var command = writing.Connection.CreateCommand();
        command.Transaction = writing.Transaction;
        for (var i = 0; i < values.Length; i++)
            _ = command.Parameters.AddWithValue($"@p{i}", values[i]);
        return command;
    }

    private static void Run(SqliteCommand command, string sql)
    {
#pragma warning disable CA2100 // Names of this program's own tables and properties; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (command.ExecuteNonQuery() is not 1)
            throw new UnreachableException($"One row was to be changed by {sql}.");
    }

    private static object Stores(object? value) => value switch
    {
        null => DBNull.Value,
        Instant moment => moment.ToUnixTimeMilliseconds(),
        LocalDate day => LocalDatePattern.Iso.Format(day),
        bool yes => yes ? 1L : 0L,
        int number => (long)number,
        ReminderState state => (long)state,
        OutboxState state => (long)state,
        Enum name => ContractName.OfMember(name.ToString()),
        _ => value,
    };
}
