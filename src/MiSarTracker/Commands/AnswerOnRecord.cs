using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Commands;

/// <summary>
/// Tells the clock that an answer came in. Only a file that holds data is taken for the answer at once: a mail that
/// confirms or refuses looks like any other text, and what moves the clock is the person's to say.
/// </summary>
internal sealed class AnswerOnRecord(Session session, Workspace workspace)
{
    /// <param name="added">What was added, a JSON object for each file.</param>
    /// <returns>A sentence for the person: what the clock does now, or what is left to say.</returns>
    public async Task<string> TellAsync(CaseReference reference, List<string> added, LocalDate received, string? controller, CancellationToken cancellationToken)
    {
        var files = added.Select(Read).ToList();
        var told = workspace.Cases.Get(reference).Controllers.SelectMany(one => one.Replies).Select(reply => reply.Exhibit).ToHashSet();
        if (files.Where(file => file.HasData).ToList() is not [var first, ..] data)
        {
            return files.All(file => told.Contains(file.Exhibit))
                ? "The clock stands as it was recorded."
                : $"No table that the profile knows is in it, so the clock goes on. Say what it is: misar response record {reference} --kind KIND --exhibit {files[0].Exhibit}";
        }

        if (data.All(file => told.Contains(file.Exhibit)))
        {
            return "It was recorded as an answer before.";
        }

        try
        {
            var reply = new ReplyOf(ReplyKind.Answer, received, controller, Exhibit: first.Exhibit);
            var recorded = await new Replies(workspace, session.Templates, session.Settings).RecordAsync(reference, reply, session.Now, cancellationToken).ConfigureAwait(false);
            var late = recorded.Controller.Replies[^1].Late ? " It came late." : "";
            return $"Recorded as the answer of {recorded.Controller.Name}; its reminders are over.{late}";
        }
        catch (Refusal refused)
        {
            // The exhibit is kept whatever the clock says: a case may hold an answer to a request that was never sent from here.
            return $"The clock was not told: {refused.Message} {refused.Remedy}".TrimEnd();
        }
    }

    private static (string Exhibit, bool HasData) Read(string added)
    {
        using var document = JsonDocument.Parse(added);
        var members = document.RootElement.GetProperty("members").EnumerateArray();
        return (document.RootElement.GetProperty("exhibit").GetString()!, members.Any(member => member.GetProperty("observations").EnumerateObject().Any(count => count.Value.GetInt64() > 0)));
    }
}
