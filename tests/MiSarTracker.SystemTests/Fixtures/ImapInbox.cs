using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>
/// Reads the raw bytes of what arrived in a mailbox. Written without the library that the product uses, so that the two cannot
/// share a mistake; it never sets a flag (EXAMINE, BODY.PEEK).
/// </summary>
public sealed partial class ImapInbox(int imapsPort, string authorityFile, string user, string password)
{
    /// <summary>All messages, oldest first.</summary>
    public async Task<IReadOnlyList<byte[]>> MessagesAsync()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", imapsPort, stop);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(Tls(), stop);
        await using var line = new BufferedStream(tls);
        await ReadLineAsync(line, stop);
        await CommandAsync(line, $"LOGIN \"{user}\" \"{password}\"", stop);
        await CommandAsync(line, "EXAMINE INBOX", stop);
        List<Response> found = await CommandAsync(line, "UID SEARCH ALL", stop);
        string uids = found.Single(r => r.Text.StartsWith("* SEARCH", StringComparison.Ordinal)).Text["* SEARCH".Length..];
        var messages = new List<byte[]>();
        foreach (string uid in uids.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            List<Response> fetched = await CommandAsync(line, $"UID FETCH {uid} BODY.PEEK[]", stop);
            messages.Add(fetched.First(r => r.Literal is not null).Literal!);
        }
        await CommandAsync(line, "LOGOUT", stop);
        return messages;
    }

    /// <summary>Waits until a message is there whose text holds the given words.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<byte[]> WaitForAsync(string text, TimeSpan? within = null)
    {
        TimeSpan limit = within ?? TimeSpan.FromSeconds(20);
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < limit;)
        {
            IReadOnlyList<byte[]> messages = await MessagesAsync();
            if (messages.FirstOrDefault(m => Encoding.Latin1.GetString(m).Contains(text, StringComparison.Ordinal)) is { } message)
                return message;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"No message with \"{text}\" came into {user}'s inbox within {limit.TotalSeconds} s.");
    }

    private SslClientAuthenticationOptions Tls() => new()
    {
        TargetHost = "localhost",
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authorityFile) },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    private static async Task<List<Response>> CommandAsync(Stream stream, string command, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"a {command}\r\n"), stop);
        await stream.FlushAsync(stop);
        var responses = new List<Response>();
        while (true)
        {
            string text = await ReadLineAsync(stream, stop);
            byte[]? literal = null;
            if (LiteralLength().Match(text) is { Success: true } match)
            {
                literal = new byte[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(literal, stop);
            }
            responses.Add(new Response(text, literal));
            if (text.StartsWith("a OK", StringComparison.Ordinal))
                return responses;
            if (text.StartsWith("a ", StringComparison.Ordinal))
                throw new InvalidOperationException($"{command.Split(' ')[0]} was answered with: {text}");
        }
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken stop)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, stop) == 1)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        throw new EndOfStreamException("The IMAP server closed the connection.");
    }

    [GeneratedRegex(@"\{(\d+)\}$")]
    private static partial Regex LiteralLength();

    private sealed record Response(string Text, byte[]? Literal);
}
