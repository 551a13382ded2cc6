using System.Net.Sockets;
using System.Text;
using Xunit;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>Puts mails into a mailbox as another provider's server does (RFC 2033), byte for byte.</summary>
internal static class Lmtp
{
    /// <param name="sender">The envelope's; empty for a mail system's own.</param>
    public static async Task DeliverAsync(int port, string sender, string recipient, IEnumerable<string> mails)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port, stop);
        await using var stream = new BufferedStream(socket.GetStream());
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await ExpectAsync(reader, "220", stop);
        await SayAsync(stream, "LHLO provider.test\r\n", stop);
        while ((await reader.ReadLineAsync(stop))!.StartsWith("250-", StringComparison.Ordinal))
        {
        }

        foreach (string mail in mails)
        {
            await SayAsync(stream, $"MAIL FROM:<{sender}>\r\n", stop);
            await ExpectAsync(reader, "250", stop);
            await SayAsync(stream, $"RCPT TO:<{recipient}>\r\n", stop);
            await ExpectAsync(reader, "250", stop);
            await SayAsync(stream, "DATA\r\n", stop);
            await ExpectAsync(reader, "354", stop);
            string dotted = mail.ReplaceLineEndings("\r\n").Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
            await SayAsync(stream, dotted + (dotted.EndsWith('\n') ? "" : "\r\n") + ".\r\n", stop);
            await ExpectAsync(reader, "250", stop);
        }

        await SayAsync(stream, "QUIT\r\n", stop);
    }

    private static async Task SayAsync(Stream stream, string text, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
        await stream.FlushAsync(stop);
    }

    private static async Task ExpectAsync(StreamReader reader, string code, CancellationToken stop)
    {
        string line = await reader.ReadLineAsync(stop) ?? "";
        if (!line.StartsWith(code, StringComparison.Ordinal))
            throw new InvalidOperationException($"The LMTP server said: {line}");
    }
}
