namespace MiSarTracker.Tests.Mail.Sending;

/// <summary>The parts of an SMTP dialogue as a server sees it, up to a point that a test chooses.</summary>
public static class SmtpScripts
{
    public const string Offers = "250-mail.client.test\r\n250-SIZE 52428800\r\n250-AUTH PLAIN LOGIN\r\n250-DSN\r\n250 HELP\r\n";

    /// <summary>TLS from the start, greeting, EHLO, AUTH PLAIN.</summary>
    public static async Task ToSignedInAsync(ScriptedServer.Line line)
    {
        await line.TlsAsync();
        await line.SayAsync("220 mail.client.test ESMTP\r\n");
        await line.HearAsync("EHLO ");
        await line.SayAsync(Offers);
        await line.HearAsync("AUTH PLAIN");
        await line.SayAsync("235 2.7.0 welcome\r\n");
    }

    public static async Task ToMailAsync(ScriptedServer.Line line)
    {
        await ToSignedInAsync(line);
        await line.HearAsync("MAIL FROM:<alice@client.test>");
    }

    public static async Task ToRecipientAsync(ScriptedServer.Line line)
    {
        await ToMailAsync(line);
        await line.SayAsync("250 2.1.0 ok\r\n");
        await line.HearAsync("RCPT TO:<privacy@vendor.test>");
    }

    public static async Task ToDataAsync(ScriptedServer.Line line)
    {
        await ToRecipientAsync(line);
        await line.SayAsync("250 2.1.5 ok\r\n");
        await line.HearAsync("DATA");
    }

    public static async Task ToLetterAsync(ScriptedServer.Line line)
    {
        await ToDataAsync(line);
        await line.SayAsync("354 go ahead\r\n");
    }

    /// <summary>The server has the whole letter and has not yet answered.</summary>
    public static async Task<string> ToFinalDotAsync(ScriptedServer.Line line)
    {
        await ToLetterAsync(line);
        return await line.HearLetterAsync();
    }
}
