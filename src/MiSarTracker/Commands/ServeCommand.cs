using System.CommandLine;
using MiSarTracker.Journey;
using MiSarTracker.Service;
using MiSarTracker.Storage;

namespace MiSarTracker.Commands;

/// <summary><c>misar serve</c></summary>
internal static class ServeCommand
{
    public static Command Create(Wiring wiring)
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen; loopback unless changed on purpose.", HelpName = "URL" };
        return CommandLine.Describe("serve", "The service: web pages, reminders, mail out. Prints its address with the token that opens it.", "misar serve --urls http://127.0.0.1:5080")
            .With(urls)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(Workspace.Service, cancellationToken).ConfigureAwait(false);
                var after = new AfterSending(workspace, session.Templates, session.Settings);
                return await ServiceHost.RunAsync(
                    workspace,
                    session.Settings,
                    session.Templates,
                    session.Settings.Mail.Smtp.Length > 0 ? session.Wiring.Sender(workspace, session.Settings) : null,
                    session.Wiring.Clock,
                    new ServeOptions
                    {
                        Urls = result.GetValue(urls) ?? session.Settings.Service.Urls,
                        Announce = address => Tell(session.Screen, address),
                        AfterAccepted = (letter, stop) => after.RecordAsync(letter.Case, letter.Letter, session.Now, stop),
                    },
                    cancellationToken).ConfigureAwait(false);
            });
    }

    private static void Tell(Screen screen, Uri address)
    {
        screen.AsJson(json => json.WriteString("url", address.ToString()));
        screen.Line($"Open {address}");
        screen.Note("The address holds the token that opens the pages; it is shown only here. Ctrl+C stops the service.");
    }
}
