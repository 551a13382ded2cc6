using System.CommandLine;
using System.Diagnostics;
using MiSarTracker.Core;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Commands;

/// <summary><c>misar doctor</c></summary>
internal static class DoctorCommand
{
    /// <param name="Ok">True: works; false: does not; null: not set, so not checked.</param>
    private sealed record Check(string Name, bool? Ok, string Says, string? Remedy = null);

    public static Command Create(Wiring wiring) =>
        CommandLine.Describe("doctor", "Checks database, vault, templates, mail servers, clock and mitmproxy; each failure with its remedy.", "misar doctor")
            .Doing(wiring, async (_, session, cancellationToken) =>
            {
                var checks = new List<Check>
                {
                    await WorkspaceAsync(session, cancellationToken).ConfigureAwait(false),
                    await VaultAsync(session, cancellationToken).ConfigureAwait(false),
                    Templates(session),
                    await MailAsync(session, "smtp", cancellationToken).ConfigureAwait(false),
                    await MailAsync(session, "imap", cancellationToken).ConfigureAwait(false),
                    Clock(session),
                    await MitmproxyAsync(cancellationToken).ConfigureAwait(false),
                };
                Show(session.Screen, checks);
                return checks.Any(check => check.Ok == false) ? 4 : 0;
            });

    private static void Show(Screen screen, List<Check> checks)
    {
        screen.AsJson(json =>
        {
            json.WriteStartArray("checks");
            foreach (var check in checks)
            {
                json.WriteStartObject();
                json.WriteString("name", check.Name);
                json.WriteString("state", check.Ok switch { true => "ok", false => "failed", null => "not-set" });
                json.WriteString("says", check.Says);
                json.WriteString("remedy", check.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        foreach (var check in checks)
        {
            screen.Line($"{(check.Ok switch { true => "ok    ", false => "FAILED", null => "-     " })}  {check.Name,-10}  {check.Says}");
            if (check.Remedy is not null)
            {
                screen.Line($"                    {check.Remedy}");
            }
        }
    }

    private static async Task<Check> WorkspaceAsync(Session session, CancellationToken cancellationToken) =>
        await Try("database", async () =>
        {
            var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            return $"{workspace.Layout.Database}: {workspace.Cases.List(new CaseQuery()).Count} cases";
        }).ConfigureAwait(false);

    private static async Task<Check> VaultAsync(Session session, CancellationToken cancellationToken) =>
        await Try("vault", async () =>
        {
            var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            var drive = new DriveInfo(workspace.Layout.Vault);
            return $"{workspace.Layout.Vault}: {drive.AvailableFreeSpace >> 20:N0} MiB free";
        }).ConfigureAwait(false);

    private static Check Templates(Session session)
    {
        try
        {
            var vendors = session.Templates.VendorIds().Select(session.Templates.Vendor).Count();
            var countries = session.Templates.Holidays().All.Count;
            return new Check("templates", true, $"{session.Templates.Folder}: {vendors} vendors, holidays of {countries} countries");
        }
        catch (MisarFailure failure)
        {
            return new Check("templates", false, failure.Message, failure.Remedy);
        }
    }

    private static async Task<Check> MailAsync(Session session, string name, CancellationToken cancellationToken)
    {
        var url = name == "smtp" ? session.Settings.Mail.Smtp : session.Settings.Mail.Imap;
        if (url.Length == 0)
        {
            return new Check(name, null, $"not set (Mail.{(name == "smtp" ? "Smtp" : "Imap")} in appsettings.json)");
        }

        return await Try(name, async () =>
        {
            var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            var authorities = Wiring.Authorities(session.Settings);
            var secret = Wiring.Secret(workspace, session.Settings, name);
            var report = name == "smtp"
                ? await new SmtpProbe(session.Settings.Mail.SmtpAccount(), authorities, secret).RunAsync(cancellationToken).ConfigureAwait(false)
                : await new ImapProbe(session.Settings.Mail.ImapAccount(), authorities, secret).RunAsync(cancellationToken).ConfigureAwait(false);
            return $"{report.Account.Endpoint}: {report.Tls}, signed in by {report.SignedInBy ?? "nobody"}{string.Concat(report.Notes.Select(note => " " + note))}";
        }).ConfigureAwait(false);
    }

    private static Check Clock(Session session)
    {
        var now = session.Now;
        var zone = session.Settings.Person.Zone;
        return now < Instant.FromUtc(2025, 1, 1, 0, 0)
            ? new Check("clock", false, $"{now} lies before this program was written", "Set the machine's clock: deadlines depend on it.")
            : new Check("clock", true, $"{now.InZone(zone):uuuu-MM-dd HH:mm} in {zone.Id}");
    }

    private static async Task<Check> MitmproxyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("mitmdump", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new Check("mitmproxy", true, text.Split('\n')[0].Trim());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Check("mitmproxy", null, "not installed; needed only to record what a phone uploads (Debian: apt-get install mitmproxy)");
        }
    }

    private static async Task<Check> Try(string name, Func<Task<string>> check)
    {
        try
        {
            return new Check(name, true, await check().ConfigureAwait(false));
        }
        catch (MisarFailure failure)
        {
            return new Check(name, false, failure.Message, failure.Remedy);
        }
    }
}
