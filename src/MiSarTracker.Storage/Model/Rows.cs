using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using MiSarTracker.Core;
using NodaTime;

namespace MiSarTracker.Storage.Model;

/// <summary>
/// Reads rows with plain SQL: a column for each settable property of a plain type, in the conversions of
/// <see cref="MisarContext"/>. A command line starts a process for each step, and there EF's model and its ten compiled
/// queries for one case cost a second of processor time; this costs a few milliseconds. <see cref="RowWriting"/> is the way back.
/// </summary>
internal static class Rows
{
    private static readonly ConcurrentDictionary<Type, Column[]> Columns = new();

    /// <param name="where">Literal SQL after the table's name, with named parameters; never a value from outside.</param>
    public static List<TRow> Read<TRow>(DbConnection connection, DbTransaction? transaction, string table, string where, params ReadOnlySpan<(string Name, object Value)> parameters)
        where TRow : new()
    {
        var columns = ColumnsOf<TRow>();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Names of this program's own properties and literals; values are parameters.
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(c => $"\"{c.Property.Name}\""))} FROM \"{table}\" {where}";
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            _ = command.Parameters.Add(parameter);
        }

        var rows = new List<TRow>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new TRow();
            for (var i = 0; i < columns.Length; i++)
                columns[i].Property.SetValue(row, ValueOf(reader, i, columns[i]));
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A row's columns, in an order that stays the same.</summary>
    public static Column[] ColumnsOf<TRow>() => Columns.GetOrAdd(typeof(TRow), ColumnsOf);

    private static object? ValueOf(DbDataReader reader, int place, Column column)
    {
        if (reader.IsDBNull(place))
            return column.MayBeNull ? null : throw Wrong(column, "nothing");
        var stored = reader.GetValue(place);
        return (stored, column.Type) switch
        {
            (string text, var type) when type == typeof(string) => text,
            (string text, var type) when type == typeof(LocalDate) => Stored.Day(text),
            (string text, { IsEnum: true } type) => Stored.Name(type, text),
            (long number, var type) when type == typeof(long) => number,
            (long number and >= int.MinValue and <= int.MaxValue, var type) when type == typeof(int) => (int)number,
            (long number and (0 or 1), var type) when type == typeof(bool) => number == 1,
            (long number, var type) when type == typeof(Instant) => Stored.Moment(number),
            (long number, { IsEnum: true } type) when Enum.IsDefined(type, (int)Math.Clamp(number, int.MinValue, int.MaxValue)) => Enum.ToObject(type, number),
            (byte[] bytes, var type) when type == typeof(byte[]) => bytes,
            _ => throw Wrong(column, Convert.ToString(stored, CultureInfo.InvariantCulture) ?? ""),
        };
    }

    private static Column[] ColumnsOf(Type row)
    {
        var nullability = new NullabilityInfoContext();
        return [.. row.GetProperties()
            .Where(p => p.CanWrite && IsPlain(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType))
            .Select(p => new Column(p, Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType, nullability.Create(p).WriteState == NullabilityState.Nullable))];
    }

    private static bool IsPlain(Type type) => type.IsEnum || type == typeof(string) || type == typeof(long) || type == typeof(int)
        || type == typeof(bool) || type == typeof(Instant) || type == typeof(LocalDate) || type == typeof(byte[]);

    private static Corrupt Wrong(Column column, string found) => new(
        $"The database holds “{found}” as {column.Property.DeclaringType!.Name} {column.Property.Name}.", "It was changed past this program. Restore a backup with misar restore.");

    /// <param name="Property">Named like the column.</param>
    /// <param name="Type">Without its being nullable.</param>
    internal sealed record Column(PropertyInfo Property, Type Type, bool MayBeNull);
}
