namespace MiSarTracker.Storage.Model;

/// <summary>What becomes of a case's rows: made before they are changed, it writes afterwards what differs.</summary>
internal sealed class CaseChanges
{
    private readonly CaseRow row;
    private readonly object[] before;
    private readonly Dictionary<object, object[]> partsBefore;

    /// <param name="row">As it is stored; without an <c>Id</c> when it is a new one.</param>
    public CaseChanges(CaseRow row)
    {
        this.row = row;
        before = RowWriting.ValuesOf(row);
        var taken = new Taken(row);
        CaseParts.Visit(taken);
        partsBefore = taken.Values;
    }

    /// <summary>Writes the case and its parts; new rows get their ids.</summary>
    public void Write(Writing writing)
    {
        if (row.Id == 0)
            row.Id = RowWriting.InsertNumbered(writing, "Cases", row);
        else
            RowWriting.Update(writing, "Cases", before, row);
        CaseParts.Visit(new Written(row, partsBefore, writing));
    }

    private sealed class Taken(CaseRow row) : ICasePartVisitor
    {
        public Dictionary<object, object[]> Values { get; } = new(ReferenceEqualityComparer.Instance);

        public void Visit<TPart>(string table, Func<CaseRow, List<TPart>> parts)
            where TPart : class, ICasePart, new() => parts(row).ForEach(part => Values.Add(part, RowWriting.ValuesOf(part)));
    }

    private sealed class Written(CaseRow row, Dictionary<object, object[]> before, Writing writing) : ICasePartVisitor
    {
        public void Visit<TPart>(string table, Func<CaseRow, List<TPart>> parts)
            where TPart : class, ICasePart, new()
        {
            // What goes away first: a place that is free again may be taken.
            var stay = parts(row).ToHashSet<object>(ReferenceEqualityComparer.Instance);
            foreach (var gone in before.Keys.OfType<TPart>().Where(part => !stay.Contains(part)))
                RowWriting.Delete(writing, table, gone);
            foreach (var part in parts(row))
            {
                part.CaseId = row.Id;
                if (before.TryGetValue(part, out var values))
                    RowWriting.Update(writing, table, values, part);
                else if (part is ReminderRow reminder)
                    reminder.Id = RowWriting.InsertNumbered(writing, table, reminder);
                else
                    RowWriting.Insert(writing, table, part);
            }
        }
    }
}
