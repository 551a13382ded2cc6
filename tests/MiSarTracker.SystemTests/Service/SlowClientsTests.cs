using System.Net;
using System.Net.Sockets;
using System.Text;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Service;

public sealed class SlowClientsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoSendsAByteNowAndThenIsHungUpOnAndKeepsNobodyOut()
    {
        const int slow = 100;
        using var misar = new MisarProcess();
        (await misar.RunAsync("init", "--non-interactive", "--name", "Alice Example", "--email", "alice@client.test", "--country", "NL")).Expect(0);
        await using var serving = await ServingMisar.StartAsync(misar);
        var sockets = new List<TcpClient>();
        try
        {
            for (var i = 0; i < slow; i++)
            {
                var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", serving.Address.Port, Stop);
                await socket.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "u8.ToArray(), Stop);
                sockets.Add(socket);
            }

            using var person = new HttpClient(new SocketsHttpHandler());
            using var page = await person.GetAsync(serving.Address, Stop);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("There is no case yet", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            await Task.WhenAll(sockets.Select(HungUpAsync));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>Drips a byte each second until the other side ends it; within half a minute.</summary>
    private static async Task HungUpAsync(TcpClient socket)
    {
        var stream = socket.GetStream();
        var reading = new StreamReader(stream, Encoding.ASCII).ReadToEndAsync(Stop);
        for (var second = 0; second < 30 && !reading.IsCompleted; second++)
        {
            try
            {
                await stream.WriteAsync("x"u8.ToArray(), Stop);
            }
            catch (IOException)
            {
                return;
            }

            await Task.WhenAny(reading, Task.Delay(1000, Stop));
        }

        Assert.True(reading.IsCompleted, "It was still listened to after 30 seconds.");
    }
}
