using System.Globalization;
using DuckDB.NET.Data;

namespace MiSarTracker.Benchmarks.Peers;

/// <summary>What a database makes of the question: which minutes of two tables are not the same.</summary>
internal static class DuckDbJoin
{
    public static string Run(string left, string right)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            SELECT count(*) FILTER (l.heartRate IS NULL), count(*) FILTER (r.heartRate IS NULL), count(*) FILTER (l.heartRate <> r.heartRate)
            FROM read_csv('{left}') l FULL OUTER JOIN read_csv('{right}') r ON l.date = r.date AND l.time = r.time
            """);
        using var row = command.ExecuteReader();
        row.Read();
        return string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(0)} {row.GetInt64(1)} {row.GetInt64(2)}");
    }
}
