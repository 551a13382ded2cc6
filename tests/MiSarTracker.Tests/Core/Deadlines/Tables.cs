using MiSarTracker.Core.Deadlines;
using NodaTime;

namespace MiSarTracker.Tests.Core.Deadlines;

/// <summary>The tables that the product ships.</summary>
internal static class Tables
{
    public static HolidayTables Shipped { get; } = new(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "templates", "holidays"), "*.json")
            .Select(path => HolidayTableReader.Read(File.ReadAllText(path), Path.GetFileName(path))));

    public static LocalDate Date(string text) => IsoDate.Parse(text, "test");

    public static Deadline Deadline(string received, string code, bool extended = false) =>
        MiSarTracker.Core.Deadlines.Deadline.For(Date(received), Shipped.For(code), extended: extended);
}
