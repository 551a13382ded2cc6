using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using MiSarTracker.Storage.Model;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Storage;

/// <summary>Rows are written with plain SQL; the schema and its conversions are stated once, in the context.</summary>
public sealed class RowWritingTests
{
    [Fact]
    public void EveryColumnOfEveryTableIsWrittenAsTheContextStatesIt()
    {
        using var context = new MisarContext(new DbContextOptionsBuilder<MisarContext>().UseSqlite("Data Source=none").Options);
        var types = context.Model.GetEntityTypes().ToList();
        Assert.True(types.Count >= 15, "Hardly any table was looked at.");
        foreach (var type in types)
        {
            var method = typeof(RowWritingTests).GetMethod(nameof(Compare), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
            _ = method.MakeGenericMethod(type.ClrType).Invoke(null, [type]);
        }
    }

    private static void Compare<TRow>(IEntityType type)
        where TRow : new()
    {
        var columns = Rows.ColumnsOf<TRow>();
        Assert.Equal(type.GetProperties().Select(property => property.Name).Order(), columns.Select(column => column.Property.Name).Order());
        foreach (var isFilled in (bool[])[true, false])
        {
            var row = new TRow();
            var expected = new Dictionary<string, object>();
            foreach (var property in type.GetProperties())
            {
                var value = isFilled || !property.IsNullable ? Sample(Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) : null;
                property.PropertyInfo!.SetValue(row, value);
                Assert.Equal(property.Name, property.GetColumnName());
                expected[property.Name] = Converted(property, value);
            }

            var written = RowWriting.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                Assert.Equal(expected[columns[i].Property.Name], written[i]);
            }
        }
    }

    /// <summary>What EF gives the driver, in SQLite's own types.</summary>
    private static object Converted(IProperty property, object? value)
    {
        var converter = property.GetTypeMapping().Converter;
        return (value is null || converter is null ? value : converter.ConvertToProvider(value)) switch
        {
            null => DBNull.Value,
            int number => (long)number,
            bool yes => yes ? 1L : 0L,
            { } other => other,
        };
    }

    private static object Sample(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(long) ? 9_000_000_000L
        : type == typeof(int) ? 7
        : type == typeof(bool) ? true
        : type == typeof(byte[]) ? new byte[] { 1, 0, 255 }
        : type == typeof(Instant) ? Instant.FromUtc(2026, 11, 22, 21, 0).PlusNanoseconds(1_999_999)
        : type == typeof(LocalDate) ? new LocalDate(2026, 2, 28)
        : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!
        : throw new InvalidOperationException($"No sample of {type}.");
}
