using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>
/// Somebody in the middle: passes everything on between a client and a server of this machine, but for the offer of STARTTLS.
/// To the server it comes from 127.0.0.2: Dovecot takes a client of its own address for safe and would accept a password in clear.
/// </summary>
public sealed class StrippingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly StringBuilder _fromClient = new();
    private readonly int _server;
    private readonly Task _running;

    public StrippingProxy(int server)
    {
        _server = server;
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All that the client said, as somebody in the middle reads it.</summary>
    public string FromClient
    {
        get
        {
            lock (_fromClient)
                return _fromClient.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                using var server = new TcpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
                Task toServer = PassAsync(client.GetStream(), server.GetStream(), Remember);
                Task toClient = PassAsync(server.GetStream(), client.GetStream(), Strip);
                await Task.WhenAny(toServer, toClient);
                client.Close();
                server.Close();
                await Task.WhenAll(toServer, toClient);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private string Remember(string text)
    {
        lock (_fromClient)
            _fromClient.Append(text);
        return text;
    }

    /// <summary>A reply of this size comes in one piece on this machine.</summary>
    private static string Strip(string text) =>
        text.Replace("250-STARTTLS\r\n", "", StringComparison.Ordinal).Replace(" STARTTLS", "", StringComparison.Ordinal);

    private async Task PassAsync(NetworkStream from, NetworkStream to, Func<string, string> change)
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is var count and > 0)
                await to.WriteAsync(Encoding.Latin1.GetBytes(change(Encoding.Latin1.GetString(buffer, 0, count))), _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone; the other is closed by the caller.
        }
    }
}
