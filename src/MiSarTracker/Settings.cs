using System.Text.Json;
using System.Text.Json.Serialization;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using NodaTime;

namespace MiSarTracker;

/// <summary>
/// A workspace's appsettings.json: everything that a person sets, and never a password. Unknown names are refused, so
/// that a misspelt setting is not silently without effect.
/// </summary>
public sealed record Settings
{
    public PersonSettings Person { get; set; } = new();

    public MailSettings Mail { get; set; } = new();

    public ReminderSettings Reminders { get; set; } = new();

    public ReportSettings Report { get; set; } = new();

    public ServiceSettings Service { get; set; } = new();

    /// <summary>Reads a workspace's settings.</summary>
    /// <exception cref="BadInput">The file is no JSON, or holds a name or a value that cannot be used.</exception>
    public static Settings Read(string path)
    {
        if (!File.Exists(path))
        {
            return new Settings();
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SettingsJson.Own.Settings) ?? new Settings();
        }
        catch (JsonException e)
        {
            throw new BadInput(path, e.LineNumber is { } line ? $"line {line + 1}, {e.Path}" : e.Path, e.Message.Split(" Path:")[0], "appsettings.example.json shows every setting.", e);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, SettingsJson.Own.Settings) + "\n";
}

/// <summary>The data subject.</summary>
public sealed record PersonSettings
{
    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    /// <summary>ISO 3166 code of the country of residence; its holidays count for the safe date.</summary>
    public string Country { get; set; } = "";

    /// <summary>ISO 639 code of the language of letters.</summary>
    public string Language { get; set; } = "en";

    /// <summary>IANA zone of the person's calendar; empty for the machine's.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Lines of the postal address, without the name; may be empty.</summary>
    public IReadOnlyList<string> PostalAddress { get; set; } = [];

    /// <exception cref="BadInput">There is no such zone.</exception>
    [JsonIgnore]
    public DateTimeZone Zone => TimeZone.Length == 0
        ? DateTimeZoneProviders.Tzdb.GetSystemDefault()
        : DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone)
            ?? throw new BadInput("appsettings.json", "Person.TimeZone", $"there is no time zone “{TimeZone}”", "Write an IANA name such as Europe/Amsterdam.");
}

/// <summary>Where mail goes out and comes in. Passwords stand in the workspace's secrets.</summary>
public sealed record MailSettings
{
    /// <summary><c>smtp://user@host:587</c> (STARTTLS) or <c>smtps://user@host:465</c>; empty when letters are not sent from here.</summary>
    public string Smtp { get; set; } = "";

    /// <summary><c>imap://user@host:143</c> (STARTTLS) or <c>imaps://user@host:993</c>.</summary>
    public string Imap { get; set; } = "";

    /// <summary>A PEM file with further trusted certificate authorities, or empty.</summary>
    public string CertificateAuthorities { get; set; } = "";

    /// <summary>The folders of the mailbox in which answers may lie.</summary>
    public IReadOnlyList<string> Folders { get; set; } = ["INBOX"];

    /// <summary>How often the service looks into the mailbox, in minutes; 0 for never. Where the server can tell of new mail by itself, it is told at once.</summary>
    public int PollMinutes { get; set; } = 10;

    /// <summary>
    /// The name (authserv-id) under which your mail server writes what it found out about a sender, "mx.example.org"; empty to believe the
    /// topmost such header of a mail.
    /// </summary>
    public string AuthenticationServer { get; set; } = "";

    /// <exception cref="Refusal">No server is set.</exception>
    public MailAccount ImapAccount() => Imap.Length > 0
        ? MailAccount.ParseImap(Imap, "appsettings.json, Mail.Imap")
        : throw new Refusal("No mailbox is set, so nothing can be fetched.", "Set Mail.Imap in the workspace's appsettings.json; or save the mails and add them with misar inbox add.");

    /// <exception cref="Refusal">No server is set.</exception>
    public MailAccount SmtpAccount() => Smtp.Length > 0
        ? MailAccount.ParseSmtp(Smtp, "appsettings.json, Mail.Smtp")
        : throw new Refusal("No mail server is set, so nothing can be sent.", "Set Mail.Smtp in the workspace's appsettings.json, or run misar init with --smtp.");
}

/// <summary>Mails to the person about the clock.</summary>
public sealed record ReminderSettings
{
    public bool Enabled { get; set; } = true;

    /// <summary>The hour of the person's day at which a reminder goes out, 0 to 23.</summary>
    public int Hour { get; set; } = 9;
}

public sealed record ReportSettings
{
    /// <summary><c>A4</c> or <c>Letter</c>.</summary>
    public string Paper { get; set; } = "A4";
}

public sealed record ServiceSettings
{
    /// <summary>Where <c>misar serve</c> listens; loopback unless changed on purpose.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:5080";
}

/// <summary>Generated when the program is built: finding the properties out at run time cost every command a tenth of a second.</summary>
[JsonSerializable(typeof(Settings))]
internal sealed partial class SettingsJson : JsonSerializerContext
{
    public static SettingsJson Own { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
