using System.CommandLine;
using MiSarTracker.Core.Cases;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar response list</c></summary>
internal static class ResponseListCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        return CommandLine.Describe("list", "Lists what a case's controllers answered.", "misar response list SAR-2026-0001")
            .With(reference)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var answers = found.Exhibits.Where(exhibit => exhibit.Kind == ExhibitKind.Response).ToList();
                Print(session.Screen, answers);
                session.Screen.Next(answers.Count == 0 ? $"misar response add {found.Reference} answer.zip" : $"misar response show {found.Reference} {answers[0].Number}");
                return 0;
            });
    }

    private static void Print(Screen screen, List<Exhibit> answers)
    {
        screen.AsJson(json =>
        {
            json.WriteStartArray("response");
            foreach (var exhibit in answers)
            {
                json.WriteStartObject();
                json.WriteString("exhibit", exhibit.Number);
                json.WriteString("file", exhibit.FileName);
                json.WriteString("sha256", exhibit.Sha256);
                json.WriteString("format", exhibit.Format);
                json.WriteNumber("size", exhibit.Size);
                json.WriteString("addedAt", InstantPattern.ExtendedIso.Format(exhibit.AddedAt));
                json.WriteString("received", exhibit.Received is { } day ? LocalDatePattern.Iso.Format(day) : null);
                json.WriteString("controller", exhibit.Controller);
                json.WriteBoolean("hasPassword", exhibit.HasPassword);
                json.WritePropertyName("summary");
                json.WriteRawValue(exhibit.Summary);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        if (answers.Count == 0)
        {
            screen.Line("No answer yet.");
            return;
        }

        screen.Table(
            ["no", "file", "format", "received", ">bytes"],
            [.. answers.Select(exhibit => new[]
            {
                exhibit.Number, AnswerView.Tail(exhibit.FileName), exhibit.Format, exhibit.Received is { } day ? LocalDatePattern.Iso.Format(day) : "-", Screen.Number(exhibit.Size),
            })]);
    }
}
