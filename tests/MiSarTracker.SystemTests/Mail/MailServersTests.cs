using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Mail;

public sealed class MailServersTests
{
    [Fact]
    public async Task TwoPairsOfServersRunSideBySideAndEndWithTheTest()
    {
        MailServers first = await MailServers.StartAsync();
        MailServers second = await MailServers.StartAsync();
        Assert.Empty(await first.AliceInbox().MessagesAsync());
        Assert.Empty(await second.VendorInbox().MessagesAsync());
        int[] ports = [first.SmtpPort, first.ImapPort, second.SmtpPort, second.ImapPort];
        await first.DisposeAsync();
        await second.DisposeAsync();

        foreach (int port in ports)
        {
            using var client = new System.Net.Sockets.TcpClient();
            await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken).AsTask());
        }
    }
}
