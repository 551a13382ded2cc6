using MiSarTracker.Tests.Mail;

namespace MiSarTracker.FaultTests.Sending;

/// <summary>A submission server that strikes at one mark of the dialogue, and later takes every letter. It keeps the letters that it has whole.</summary>
internal sealed class KillingServer : IAsyncDisposable
{
    /// <summary>In the order of the dialogue. Up to "letter" the server has no whole letter.</summary>
    public static readonly IReadOnlyList<string> Marks =
        ["connect", "tls", "ehlo", "auth", "signed-in", "mail", "recipient", "data", "letter", "dot", "accepted"];

    private readonly TestCertificates _authority = new("MiSarTracker killing authority");
    private readonly ScriptedServer _server;
    private Func<Task>? _strike;
    private string _mark = "";

    public KillingServer() => _server = new ScriptedServer(_authority.Issue(["127.0.0.1"]), ServeAsync);

    public int Port => _server.Port;

    public string AuthorityPem => _authority.AuthorityPem;

    /// <summary>As they were heard, with the dots still doubled.</summary>
    public List<string> Letters { get; } = [];

    /// <summary>The next connection that comes to this mark is struck; null for none.</summary>
    public void StrikeAt(string? mark, Func<Task> strike) => (_mark, _strike) = (mark ?? "", strike);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _authority.Dispose();
    }

    private async Task ServeAsync(ScriptedServer.Line line)
    {
        await MarkAsync("connect").ConfigureAwait(false);
        await line.TlsAsync().ConfigureAwait(false);
        await MarkAsync("tls").ConfigureAwait(false);
        await line.SayAsync("220 mail.client.test ESMTP\r\n").ConfigureAwait(false);
        await HearAsync(line, "EHLO ", "ehlo", "250-mail.client.test\r\n250-AUTH PLAIN\r\n250 DSN\r\n").ConfigureAwait(false);
        await HearAsync(line, "AUTH PLAIN", "auth", "235 2.7.0 welcome\r\n").ConfigureAwait(false);
        await MarkAsync("signed-in").ConfigureAwait(false);
        await HearAsync(line, "MAIL FROM:", "mail", "250 2.1.0 ok\r\n").ConfigureAwait(false);
        await HearAsync(line, "RCPT TO:", "recipient", "250 2.1.5 ok\r\n").ConfigureAwait(false);
        await HearAsync(line, "DATA", "data", "354 go ahead\r\n").ConfigureAwait(false);
        await line.HearAsync().ConfigureAwait(false);
        await MarkAsync("letter").ConfigureAwait(false);
        Letters.Add(await line.HearLetterAsync().ConfigureAwait(false));
        await MarkAsync("dot").ConfigureAwait(false);
        await line.SayAsync("250 2.0.0 taken\r\n").ConfigureAwait(false);
        await MarkAsync("accepted").ConfigureAwait(false);
        await HearAsync(line, "QUIT", "", "221 bye\r\n").ConfigureAwait(false);
    }

    private async Task HearAsync(ScriptedServer.Line line, string expected, string mark, string reply)
    {
        await line.HearAsync(expected).ConfigureAwait(false);
        await MarkAsync(mark).ConfigureAwait(false);
        await line.SayAsync(reply).ConfigureAwait(false);
    }

    private async Task MarkAsync(string mark)
    {
        if (mark == _mark && Interlocked.Exchange(ref _strike, null) is { } strike)
        {
            await strike().ConfigureAwait(false);
        }
    }
}
