using System.Data.Common;
using MiSarTracker.Core.Cases;

namespace MiSarTracker.Storage.Model;

/// <summary>Cases with all their parts.</summary>
internal static class CaseLoading
{
    public static CaseRow? Find(DbConnection connection, DbTransaction? transaction, CaseReference reference)
    {
        var found = Rows.Read<CaseRow>(connection, transaction, "Cases", """WHERE "Year" = @year AND "Number" = @number""", ("@year", reference.Year), ("@number", reference.Number));
        return found.Count == 0 ? null : WithParts(connection, transaction, found)[0];
    }

    public static CaseRow Get(DbConnection connection, DbTransaction? transaction, long id) =>
        WithParts(connection, transaction, Rows.Read<CaseRow>(connection, transaction, "Cases", """WHERE "Id" = @id""", ("@id", id)))[0];

    public static List<CaseRow> All(DbConnection connection, DbTransaction? transaction) =>
        WithParts(connection, transaction, Rows.Read<CaseRow>(connection, transaction, "Cases", "ORDER BY \"Id\""));

    private static List<CaseRow> WithParts(DbConnection connection, DbTransaction? transaction, List<CaseRow> cases)
    {
        CaseParts.Visit(new Filling(connection, transaction, cases));
        return cases;
    }

    private sealed class Filling(DbConnection connection, DbTransaction? transaction, List<CaseRow> cases) : ICasePartVisitor
    {
        private readonly Dictionary<long, CaseRow> byId = cases.ToDictionary(c => c.Id);

        public void Visit<TPart>(string table, Func<CaseRow, List<TPart>> parts)
            where TPart : class, ICasePart, new()
        {
            const string order = """ORDER BY "CaseId", "Ordinal" """;
            var rows = cases.Count == 1
                ? Rows.Read<TPart>(connection, transaction, table, """WHERE "CaseId" = @id """ + order, ("@id", cases[0].Id))
                : Rows.Read<TPart>(connection, transaction, table, order);
            foreach (var row in rows)
                parts(byId[row.CaseId]).Add(row);
        }
    }
}
