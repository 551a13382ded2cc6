using Microsoft.Data.Sqlite;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage.Model;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Storage;

/// <summary>A case in a list.</summary>
/// <param name="State">As stored; <see cref="StateOn"/> tells whether it is overdue.</param>
/// <param name="NextController">The open controller whose clock ends first.</param>
/// <param name="Due">The law's date of that clock.</param>
/// <param name="Safe">The date after which it is overdue beyond doubt.</param>
/// <param name="Findings">Of the last comparison; null before the first.</param>
public sealed record CaseListItem(
    CaseReference Reference,
    string Vendor,
    string PersonName,
    CaseState State,
    Instant OpenedAt,
    string? NextController,
    LocalDate? Due,
    LocalDate? Safe,
    int Letters,
    int Evidence,
    int Responses,
    int? Findings)
{
    public CaseState StateOn(LocalDate today) => Safe < today && State is not (CaseState.Reminded or CaseState.Complained) ? CaseState.Overdue : State;
}

/// <summary>Which cases to list.</summary>
public sealed record CaseQuery
{
    /// <summary>Found in reference, vendor, person, identifiers, controllers and addresses, in any case of letters.</summary>
    public string? Search { get; init; }

    /// <summary>Only those whose clock ran out before this day.</summary>
    public LocalDate? OverdueOn { get; init; }

    /// <summary>Without closed and erased ones.</summary>
    public bool OpenOnly { get; init; }

    public int Skip { get; init; }

    /// <summary>Null for all.</summary>
    public int? Take { get; init; }
}

/// <summary>Reading cases.</summary>
public sealed class CaseArchive
{
    private readonly Database database;

    internal CaseArchive(Database database) => this.database = database;

    /// <summary>A case with all its parts.</summary>
    /// <exception cref="Refusal">There is no such case.</exception>
    public Case Get(CaseReference reference) => database.ReadPlainly((connection, transaction) =>
        CaseReading.ToCase(CaseLoading.Find(connection, transaction, reference) ?? throw CaseStore.NoSuchCase(reference)));

    /// <summary>The cases with a report of this hash: whose report a file is.</summary>
    public IReadOnlyList<CaseReference> WithReport(string sha256) => database.ReadPlainly((connection, transaction) =>
        Rows.Read<ReportRow>(connection, transaction, "Reports", """WHERE "Sha256" = @sha256 ORDER BY "CaseId" """, ("@sha256", sha256))
            .Select(r => CaseReading.ReferenceOf(CaseLoading.Get(connection, transaction, r.CaseId))).Distinct().ToList());

    /// <summary>Cases in the order of their clocks, first due first, those without a clock last; then by reference.</summary>
    public IReadOnlyList<CaseListItem> List(CaseQuery query)
    {
        return database.ReadPlainly((connection, transaction) =>
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = """
                SELECT "Year", "Number", "Vendor", "PersonName", "State", "OpenedAt", "NextController", "NextDueByLaw", "NextDue",
                       "LetterCount", "EvidenceCount", "ResponseCount", "FindingCount"
                FROM "Cases"
                WHERE ($search IS NULL OR instr("SearchText", $search) > 0)
                  AND ($overdue IS NULL OR "NextDue" < $overdue)
                  AND ($openOnly = 0 OR "State" NOT IN ('closed', 'erased'))
                ORDER BY "NextDue" IS NULL, "NextDue", "Year", "Number"
                LIMIT $take OFFSET $skip
                """;
            Add(command, "$search", string.IsNullOrEmpty(query.Search) ? null : query.Search.ToLowerInvariant());
            Add(command, "$overdue", query.OverdueOn is { } day ? LocalDatePattern.Iso.Format(day) : null);
            Add(command, "$openOnly", query.OpenOnly ? 1 : 0);
            Add(command, "$take", query.Take ?? -1);
            Add(command, "$skip", query.Skip);
            using var reader = command.ExecuteReader();
            var items = new List<CaseListItem>();
            while (reader.Read())
                items.Add(ToItem(reader));
            return items;
        });
    }

    private static void Add(SqliteCommand command, string name, object? value) =>
        _ = command.Parameters.AddWithValue(name, value ?? DBNull.Value);

    private static CaseListItem ToItem(SqliteDataReader row) => new(
        new CaseReference(row.GetInt32(0), row.GetInt32(1)),
        row.GetString(2),
        row.GetString(3),
        Stored.Name<CaseState>(row.GetString(4)),
        Stored.Moment(row.GetInt64(5)),
        row.IsDBNull(6) ? null : row.GetString(6),
        Day(row, 7),
        Day(row, 8),
        row.GetInt32(9),
        row.GetInt32(10),
        row.GetInt32(11),
        row.IsDBNull(12) ? null : row.GetInt32(12));

    private static LocalDate? Day(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Stored.Day(row.GetString(column));
}
