using System.CommandLine;

namespace MiSarTracker.Commands;

/// <summary><c>misar serve</c></summary>
internal static class ServeCommand
{
    public static Command Create(Wiring wiring)
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen; loopback unless changed on purpose.", HelpName = "URL" };
        return CommandLine.Describe("serve", "The service: web pages, reminders, mail out.", "misar serve --urls http://127.0.0.1:5080")
            .With(urls)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                return 0;
            });
    }
}
