using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Journey;
using MiSarTracker.Service;
using MiSarTracker.Storage;

namespace MiSarTracker.Commands;

/// <summary><c>misar serve</c></summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    /// <summary>Longer than the service's own limit for an orderly stop, so that the limit is the service's to keep.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    public static Command Create(Wiring wiring)
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen; loopback unless changed on purpose.", HelpName = "URL" };
        return CommandLine.Describe(Name, "The service: web pages, reminders, mail out and in.", "misar serve --urls http://127.0.0.1:5080")
            .With(urls)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                if (!Workspace.Exists(session.Folder))
                    throw new Refusal($"There is no workspace in {session.Folder}.", "Make one with misar init, or name it with --workspace or $MISAR_WORKSPACE.");
                var settings = session.Settings;
                using var workspace = await Workspace.Open(session.Folder, Workspace.Service, cancellationToken: cancellationToken).ConfigureAwait(false);
                var sender = settings.Mail.Smtp.Length > 0 ? wiring.Sender(workspace, settings) : null;
                return await ServiceHost.RunAsync(workspace, settings, session.Templates, sender, wiring.Clock, Options(session, workspace, result.GetValue(urls), wiring), cancellationToken).ConfigureAwait(false);
            });
    }

    private static ServeOptions Options(Session session, Workspace workspace, string? urls, Wiring wiring)
    {
        var following = new AfterSending(workspace, session.Templates, session.Settings);
        var settings = session.Settings;
        var mailbox = settings.Mail.Imap.Length > 0 && settings.Mail.PollMinutes > 0 ? wiring.Mailbox(workspace, settings) : null;
        return new ServeOptions
        {
            Urls = urls ?? session.Settings.Service.Urls,
            AfterAccepted = (letter, stop) => following.RecordAsync(letter.Case, letter.Letter, session.Now, stop),
            PollMinutes = settings.Mail.PollMinutes,
            Poll = mailbox is null ? null : stop => new InboxPoll(workspace, session.Templates, settings, mailbox, wiring.Clock).RunAsync(null, fromBeginning: false, stop),
            WaitForMail = mailbox is null ? null : (limit, stop) => mailbox.WaitForMailAsync(settings.Mail.Folders.Count > 0 ? settings.Mail.Folders[0] : "INBOX", limit, stop),
            Announce = address =>
            {
                session.Screen.AsJson(json => json.WriteString("url", address.ToString()));
                session.Screen.Line(address.ToString());
                session.Screen.Note("Open this address in your browser; it holds the key to the pages. Ctrl-C stops the service.");
            },
        };
    }
}
