using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Trust;
using MiSarTracker.Storage;

namespace MiSarTracker.Commands;

/// <summary><c>misar init</c></summary>
internal static class InitCommand
{
    private static readonly Option<string> Name = Text("--name", "Your name, as a letter is signed.", "N");
    private static readonly Option<string> Email = Text("--email", "Your e-mail address.", "E");
    private static readonly Option<string> Country = Text("--country", "Your country of residence.", "CC");
    private static readonly Option<string> Language = Text("--language", "The language of your letters.", "CC");
    private static readonly Option<string> Zone = Text("--timezone", "Your time zone, an IANA name (else the machine's).", "TZ");
    private static readonly Option<string> Smtp = Text("--smtp", "Where letters go out: smtp://user@host:587 (STARTTLS) or smtps://user@host:465.", "URL");
    private static readonly Option<string> Imap = Text("--imap", "Where answers come in: imap://user@host:143 (STARTTLS) or imaps://user@host:993.", "URL");
    private static readonly Option<string> Authorities = Text("--ca", "A PEM file with further trusted certificate authorities.", "FILE");
    private static readonly Option<bool> NonInteractive = new("--non-interactive") { Description = "Ask nothing." };

    public static Command Create(Wiring wiring) =>
        CommandLine.Describe("init", "Makes a workspace; asks for what is missing.", "misar init --name \"Ada Wong\" --email ada@example.org --country NL")
            .With(Name, Email, Country, Language, Zone, Smtp, Imap, Authorities, NonInteractive)
            .Doing(wiring, RunAsync);

    private static async Task<int> RunAsync(ParseResult result, Session session, CancellationToken cancellationToken)
    {
        if (Workspace.Exists(session.Folder))
        {
            throw new Refusal($"There is a workspace in {session.Folder} already.", "Use it, or name another folder with --workspace.");
        }

        var ask = !result.GetValue(NonInteractive) && session.Screen.IsInteractive;
        var settings = Check(session, new Settings
        {
            Person = new PersonSettings
            {
                Name = Value(Name, "Your name", ""),
                Email = Value(Email, "Your e-mail address", ""),
                Country = Value(Country, "Your country (two letters)", "").ToUpperInvariant(),
                Language = Value(Language, "Language of letters", "en").ToLowerInvariant(),
                TimeZone = result.GetValue(Zone) ?? "",
            },
            Mail = new MailSettings
            {
                Smtp = Value(Smtp, "Mail server for sending (smtps://user@host:465, empty for none)", ""),
                Imap = Value(Imap, "Mail server for receiving (imaps://user@host:993, empty for none)", ""),
                CertificateAuthorities = result.GetValue(Authorities) is { Length: > 0 } file ? Path.GetFullPath(file) : "",
            },
        });
        using var workspace = await Workspace.Init(session.Folder, settings.ToJson(), session.Now, salts: session.Wiring.LedgerSalts, cancellationToken: cancellationToken).ConfigureAwait(false);
        session.Screen.AsJson(json =>
        {
            json.WriteString("workspace", workspace.Layout.Root);
            json.WriteString("settings", workspace.Layout.Settings);
        });
        session.Screen.Line($"Workspace made in {workspace.Layout.Root}");
        session.Screen.Line($"Settings: {workspace.Layout.Settings} (only you can read it; passwords are kept apart)");
        session.Screen.Next(settings.Mail.Smtp.Length > 0 ? "misar secret set smtp" : "misar vendor list");
        return 0;

        string Value(Option<string> option, string question, string otherwise) =>
            result.GetValue(option) is { } given ? given.Trim() : ask ? session.Screen.AskFor(question, otherwise) : otherwise;
    }

    /// <summary>Everything that is set must be usable; what is left out may be set later.</summary>
    private static Settings Check(Session session, Settings settings)
    {
        if (settings.Person.Name.Length > 0)
        {
            SingleLine.Parse(settings.Person.Name, "--name");
        }

        if (settings.Person.Email.Length > 0)
        {
            EmailAddress.Parse(settings.Person.Email, "--email");
        }

        if (settings.Person.Country.Length > 0)
        {
            session.Templates.Holidays().For(settings.Person.Country);
        }

        _ = settings.Person.Zone;
        if (settings.Mail.Smtp.Length > 0)
        {
            MailAccount.ParseSmtp(settings.Mail.Smtp);
        }

        if (settings.Mail.Imap.Length > 0)
        {
            MailAccount.ParseImap(settings.Mail.Imap);
        }

        TrustedAuthorities.Load(settings.Mail.CertificateAuthorities);
        return settings;
    }

    private static Option<string> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
