using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using MiSarTracker.Storage.Model;
using MiSarTracker.Storage.Model.Compiled;
using Xunit;

namespace MiSarTracker.Tests.Storage;

/// <summary>The compiled model is generated; forgotten after a change, it would read and write another schema than the migrations make.</summary>
public sealed class CompiledModelTests
{
    [Fact]
    public void TheCompiledModelSaysWhatTheContextSays()
    {
        using var context = new MisarContext(new DbContextOptionsBuilder<MisarContext>().UseSqlite("Data Source=none").Options);
        var stated = Describe(context.GetService<IDesignTimeModel>().Model);
        Assert.True(stated.Count > 100, "Hardly anything was described.");
        Assert.Equal(stated, Describe(MisarContextModel.Instance));
    }

    [Fact]
    public void ItIsTheOneThatIsUsed()
    {
        using var context = new MisarContext(new DbContextOptionsBuilder<MisarContext>().UseSqlite("Data Source=none").Options);
        Assert.IsType<MisarContextModel>(context.Model);
    }

    private static List<string> Describe(IModel model) =>
    [
        .. model.GetEntityTypes().OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(type => new[] { $"{type.ClrType.Name} in {type.GetTableName()}" }
            .Concat(type.GetProperties().Select(Describe))
            .Concat(type.GetKeys().Select(key => $"  key {Names(key.Properties)}"))
            .Concat(type.GetIndexes().Select(index => $"  index {Names(index.Properties)} {index.IsUnique} {index.GetDatabaseName()}"))
            .Concat(type.GetForeignKeys().Select(key => $"  foreign {Names(key.Properties)} to {key.PrincipalEntityType.ClrType.Name} {key.DeleteBehavior} {key.DependentToPrincipal?.Name} {key.PrincipalToDependent?.Name}"))),
    ];

    private static string Describe(IProperty property) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {property.Name}: {property.ClrType} as {property.GetColumnName()} {property.GetRelationalTypeMapping().StoreType} null {property.IsNullable} converted {property.GetTypeMapping().Converter?.ModelClrType} {property.GetTypeMapping().Converter?.ProviderClrType} generated {property.ValueGenerated}");

    private static string Names(IReadOnlyList<IProperty> properties) => string.Join(",", properties.Select(property => property.Name));
}
