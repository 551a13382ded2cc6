namespace MiSarTracker.Storage.Model;

/// <summary>Does the same with each table that holds parts of a case.</summary>
internal interface ICasePartVisitor
{
    void Visit<TPart>(string table, Func<CaseRow, List<TPart>> parts)
        where TPart : class, ICasePart, new();
}

/// <summary>The tables that hold parts of a case: the one list, for loading and for writing.</summary>
internal static class CaseParts
{
    public static void Visit(ICasePartVisitor visitor)
    {
        visitor.Visit("Identifiers", row => row.Identifiers);
        visitor.Visit("Controllers", row => row.Controllers);
        visitor.Visit("Replies", row => row.Replies);
        visitor.Visit("Letters", row => row.Letters);
        visitor.Visit("Mails", row => row.Mails);
        visitor.Visit("Exhibits", row => row.Exhibits);
        visitor.Visit("Reminders", row => row.Reminders);
        visitor.Visit("Comparisons", row => row.Comparisons);
        visitor.Visit("Reports", row => row.Reports);
        visitor.Visit("Grades", row => row.Grades);
    }
}
