using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MiSarTracker.Tests.Mail;

/// <summary>A server that says what a test tells it to say, and keeps every byte that it was sent.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Func<Line, Task> _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public ScriptedServer(X509Certificate2 certificate, Func<Line, Task> script)
    {
        _certificate = certificate;
        _script = script;
        // A small window, so that a letter of some megabytes cannot be in the network whole before the script reads it.
        _listener.Server.ReceiveBufferSize = 65536;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What came in before TLS: whoever listens on the line can read it.</summary>
    public StringBuilder InClear { get; } = new();

    /// <summary>What came in under TLS.</summary>
    public StringBuilder Encrypted { get; } = new();

    public int Connections { get; private set; }

    /// <summary>Waits until the client has gone and the script has ended; a script's own mistake fails the test here.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            using (client)
            {
                Connections++;
                client.NoDelay = true;
                var line = new Line(this, client);
                try
                {
                    await _script(line);
                }
                catch (Exception e) when (e is IOException or OperationCanceledException)
                {
                    // The client went away, or the test is over.
                }
            }
        }
    }

    /// <summary>One connection, from the server's side.</summary>
    public sealed class Line(ScriptedServer server, TcpClient client)
    {
        private Stream _stream = client.GetStream();
        private bool _encrypted;
        private int _budget = int.MaxValue;

        /// <summary>Bytes of replies so far.</summary>
        public int Said { get; private set; }

        /// <summary>After so many bytes of replies the connection ends, in the middle of a reply if need be.</summary>
        public void CutAfter(int bytes) => _budget = bytes;

        public async Task TlsAsync()
        {
            var tls = new SslStream(_stream);
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server._certificate }, server._stop.Token);
            }
            catch (System.Security.Authentication.AuthenticationException e)
            {
                throw new IOException("The client did not want this certificate.", e);
            }
            (_stream, _encrypted) = (tls, true);
        }

        public async Task SayAsync(string reply)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(reply);
            int length = Math.Min(bytes.Length, _budget);
            await _stream.WriteAsync(bytes.AsMemory(0, length), server._stop.Token);
            await _stream.FlushAsync(server._stop.Token);
            Said += length;
            if (length < bytes.Length || _budget == length)
            {
                await CloseAsync();
                throw new IOException("The connection was cut.");
            }
            _budget -= length;
        }

        /// <summary>Reads one line; an end of the connection is an <see cref="IOException"/>.</summary>
        public async Task<string> HearAsync(string? expected = null)
        {
            var line = new StringBuilder();
            byte[] one = new byte[1];
            while (line.Length < 2 || line[^1] != '\n')
            {
                if (await _stream.ReadAsync(one, server._stop.Token) == 0)
                    throw new EndOfStreamException();
                line.Append((char)one[0]);
                (_encrypted ? server.Encrypted : server.InClear).Append((char)one[0]);
            }
            string text = line.ToString()[..^2];
            return expected is null || text.StartsWith(expected, StringComparison.Ordinal)
                ? text
                : throw new InvalidOperationException($"The client said \"{text}\" where the script expects \"{expected}\".");
        }

        /// <summary>Reads to the final dot of a letter; returns it with the dots still doubled, without the final one.</summary>
        public async Task<string> HearLetterAsync()
        {
            var letter = new StringBuilder();
            while (await HearAsync() is var line && line != ".")
                letter.Append(line).Append("\r\n");
            return letter.ToString();
        }

        /// <summary>Reads at least so many bytes and no more lines.</summary>
        public async Task HearBytesAsync(int count)
        {
            byte[] buffer = new byte[count];
            await _stream.ReadExactlyAsync(buffer, server._stop.Token);
        }

        public Task StallAsync() => Task.Delay(Timeout.Infinite, server._stop.Token);

        public async Task CloseAsync()
        {
            if (_stream is SslStream tls)
                await tls.ShutdownAsync();
            client.Close();
        }
    }
}
