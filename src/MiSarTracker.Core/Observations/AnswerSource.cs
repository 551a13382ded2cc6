namespace MiSarTracker.Core.Observations;

/// <summary>
/// A folder of an answer: what stands in it was written by one program in one go, and keeps one clock. Another folder of the same archive, and
/// another archive in the same mail, may keep another.
/// </summary>
/// <param name="Exhibit"><c>R-001</c>.</param>
/// <param name="Folder">The path of the folder, through archives in archives; empty for what lies at the top.</param>
internal readonly record struct AnswerSource(string Exhibit, string Folder) : IComparable<AnswerSource>
{
    public static AnswerSource Of(Origin origin) => Of(origin.Exhibit, origin.Part);

    public static AnswerSource Of(string exhibit, string member) => new(exhibit, member[..(member.LastIndexOf('/') + 1)]);

    public int CompareTo(AnswerSource other) =>
        string.CompareOrdinal(Exhibit, other.Exhibit) is var byExhibit and not 0 ? byExhibit : string.CompareOrdinal(Folder, other.Folder);
}
