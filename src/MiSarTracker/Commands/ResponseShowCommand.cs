using System.CommandLine;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar response show</c>: what is in an answer; with <c>--member</c> one of its files as it was read.</summary>
internal static class ResponseShowCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var exhibit = new Argument<string>("EXHIBIT") { Description = "For example R-001." };
        var member = new Option<string?>("--member") { Description = "One file in it: its text, and the first rows of its tables.", HelpName = "NAME" };
        var rows = new Option<int>("--rows") { Description = "How many rows and lines to show.", HelpName = "N", DefaultValueFactory = _ => 20 };
        return CommandLine.Describe("show", "Shows what is in an answer, or one of its files as it was read.", "misar response show SAR-2026-0001 R-001 --member SPORT/SPORT_1714557600000.csv")
            .With(reference, exhibit, member, rows)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var shown = found.Exhibit(result.GetValue(exhibit)!);
                if (shown.Kind != ExhibitKind.Response)
                {
                    throw new Refusal($"{shown.Number} is no answer.", $"misar response list {found.Reference} shows the answers.");
                }

                if (result.GetValue(member) is not { } name)
                {
                    Whole(session.Screen, shown);
                    return 0;
                }

                var peek = new MemberPeek(name, Math.Clamp(result.GetValue(rows), 1, 10_000));
                var material = new CaseMaterial(workspace, found, session.Templates.Vendor(found.Vendor), session.Settings.Person.Zone);
                material.ReadAnswer(shown, peek, cancellationToken);
                if (!peek.IsFound)
                {
                    throw new Refusal($"There is no file “{name}” in {shown.Number}.", $"misar response show {found.Reference} {shown.Number} lists its files.");
                }

                Member(session.Screen, peek);
                return 0;
            });
    }

    private static void Whole(Screen screen, Exhibit exhibit)
    {
        screen.AsJson(json =>
        {
            json.WriteString("exhibit", exhibit.Number);
            json.WritePropertyName("summary");
            json.WriteRawValue(exhibit.Summary);
        });
        using var summary = JsonDocument.Parse(exhibit.Summary);
        AnswerView.Print(screen, summary.RootElement, $"{exhibit.Number}  {exhibit.FileName}");
    }

    private static void Member(Screen screen, MemberPeek peek)
    {
        screen.AsJson(json =>
        {
            json.WriteString("member", peek.Name);
            json.WriteString("format", peek.Format);
            json.WriteString("text", peek.Text);
            json.WriteStartArray("tables");
            foreach (var table in peek.Tables)
            {
                json.WriteStartObject();
                Texts(json, "header", table.Header);
                json.WriteNumber("rows", table.Count);
                json.WriteStartArray("first");
                foreach (var (line, fields) in table.First)
                {
                    json.WriteStartObject();
                    json.WriteNumber("line", line);
                    Texts(json, "fields", fields);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Damages.Write(json, peek.Damages);
        });
        screen.Heading($"{peek.Name}  ({peek.Format})");
        if (peek.Text is { } text)
        {
            screen.Line(text);
        }

        foreach (var table in peek.Tables)
        {
            screen.Line();
            screen.Table([">line", .. table.Header.Select(Safe)], [.. table.First.Select(row => (string[])[Screen.Number(row.Line), .. Padded(row.Fields, table.Header.Count)])]);
            screen.Line($"{Screen.Number(table.Count)} rows");
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> Padded(string[] fields, int count) =>
        fields.Concat(Enumerable.Repeat("", Math.Max(0, count - fields.Length))).Select(Safe);

    /// <summary>A field on one line, and nothing in it that a terminal obeys.</summary>
    private static string Safe(string field) => MemberPeek.Visible(field.Length <= 60 ? field : field[..59] + "…").TrimStart('>');
}
