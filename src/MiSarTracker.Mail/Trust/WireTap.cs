using System.Security.Cryptography;
using System.Text;
using MailKit;

namespace MiSarTracker.Mail.Trust;

/// <summary>
/// Sits where MailKit shows every byte that it has written (before encryption) and read (after decryption). It keeps no text:
/// it hashes the letter, which tells whether the right one was sent; and it notices bytes that came between the reply to STARTTLS and the handshake, which somebody in the middle may have put there.
/// </summary>
internal sealed class WireTap : IProtocolLogger
{
    private static readonly byte[] StartTls = "STARTTLS\r\n"u8.ToArray();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte> _startTlsReply = [];
    private bool _waitsForStartTlsReply;
    private bool _greeted;
    private bool _inLetter;

    /// <summary>MailKit marks secrets with it; nothing is kept here, so there is nothing to hide.</summary>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>Whether something followed the server's reply to STARTTLS in clear text.</summary>
    public bool PlaintextFollowedStartTls { get; private set; }

    /// <summary>Whether an IMAP server greeted with PREAUTH, "you are signed in already", which would leave no place for STARTTLS (RFC 9051, 6.2.1).</summary>
    public bool GreetedAsSignedIn { get; private set; }

    public void BeginLetter() => _inLetter = true;

    /// <summary>Ends the letter; SHA-256 of what was written since its beginning.</summary>
    public byte[] EndLetter()
    {
        _inLetter = false;
        return _hash.GetHashAndReset();
    }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        ReadOnlySpan<byte> written = buffer.AsSpan(offset, count);
        if (_inLetter)
            _hash.AppendData(written);
        CheckStartTlsReply();
        _waitsForStartTlsReply = written.EndsWith(StartTls);
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (!_greeted)
        {
            GreetedAsSignedIn = buffer.AsSpan(offset, count).StartsWith("* PREAUTH"u8);
            _greeted = true;
        }
        if (_waitsForStartTlsReply)
            _startTlsReply.AddRange(buffer.AsSpan(offset, count));
    }

    public void Dispose() => _hash.Dispose();

    /// <summary>
    /// The last line of the reply is "220 …" (SMTP) or "TAG OK …" (IMAP; untagged lines may come before it). Nothing may follow
    /// it before the handshake.
    /// </summary>
    private void CheckStartTlsReply()
    {
        if (!_waitsForStartTlsReply || _startTlsReply.Count == 0)
            return;
        string[] lines = Encoding.Latin1.GetString([.. _startTlsReply]).Split('\n');
        int last = Array.FindIndex(lines, line => !line.StartsWith("* ", StringComparison.Ordinal) && !line.AsSpan(Math.Min(3, line.Length)).StartsWith("-"));
        PlaintextFollowedStartTls |= last >= 0 && lines.Skip(last + 1).Any(line => line.Length > 0);
        _startTlsReply.Clear();
    }
}
