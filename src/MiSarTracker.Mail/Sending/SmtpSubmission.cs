using System.Globalization;
using MailKit;
using MailKit.Net.Smtp;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Sending;

/// <summary>
/// Submits letters to the person's own mail server (RFC 6409) over TLS, or not at all, and says exactly what is known afterwards.
/// </summary>
public sealed class SmtpSubmission(MailAccount account, TrustedAuthorities authorities, MailSecret secret, SmtpPatience? patience = null) : IMailSender
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);
    private readonly SmtpPatience _patience = patience ?? SmtpPatience.Default;

    public async Task<SendOutcome> SendAsync(PreparedMail mail, CancellationToken cancellationToken)
    {
        mail.Verify();
        using var tap = new WireTap();
        using var dialogue = new SmtpDialogue(tap) { Timeout = _patience.BeyondAll };
        if (await OpenAsync(dialogue, tap, cancellationToken).ConfigureAwait(false) is { } trouble)
            return new SendOutcome.NotSent(trouble.Reason, trouble.Retryable, trouble.Remedy);
        SendOutcome outcome = await EnvelopeAsync(dialogue, mail, cancellationToken).ConfigureAwait(false)
            ?? await LetterAsync(dialogue, tap, mail, cancellationToken).ConfigureAwait(false);
        await QuitAsync(dialogue).ConfigureAwait(false);
        return outcome;
    }

    /// <returns>What went wrong, or null: connected, encrypted and signed in.</returns>
    private async Task<MailTrouble?> OpenAsync(SmtpDialogue dialogue, WireTap tap, CancellationToken cancellationToken)
    {
        var certificate = new CertificateCheck(account, authorities);
        var phase = MailPhase.Connecting;
        try
        {
            await Patience.WithinAsync(_patience.Connect, stop => Connection.OpenAsync(dialogue, account, certificate, tap, stop), cancellationToken).ConfigureAwait(false);
            phase = MailPhase.SigningIn;
            await Patience.WithinAsync(_patience.Connect, stop => SignIn.RunAsync(dialogue, account, secret, stop), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (Diagnosis.Of(e, account, certificate, phase, cancellationToken.IsCancellationRequested) is { } trouble)
        {
            return trouble;
        }
    }

    /// <returns>How it ended, or null: the server waits for the letter.</returns>
    private async Task<SendOutcome?> EnvelopeAsync(SmtpDialogue dialogue, PreparedMail mail, CancellationToken cancellationToken)
    {
        if (dialogue.Capabilities.HasFlag(SmtpCapabilities.Size) && dialogue.MaxSize > 0 && mail.Bytes.Length > dialogue.MaxSize)
            return new SendOutcome.NotSent(
                string.Create(CultureInfo.InvariantCulture, $"The letter has {mail.Bytes.Length} bytes; {account.Endpoint} takes {dialogue.MaxSize}."),
                Retryable: false, "Send it without attachments, or with smaller ones.");
        Func<CancellationToken, Task<SmtpReply>>[] commands =
        [
            stop => dialogue.MailFromAsync(mail, stop),
            stop => dialogue.RecipientAsync(mail, stop),
            dialogue.DataAsync,
        ];
        try
        {
            foreach (Func<CancellationToken, Task<SmtpReply>> command in commands)
            {
                SmtpReply reply = await Patience.WithinAsync(_patience.Command, command, cancellationToken).ConfigureAwait(false);
                bool goOn = command == commands[^1] ? reply.Code == 354 : reply.IsPositive;
                if (!goOn)
                    return reply.IsNegative ? Refused(reply) : OutOfStep(reply);
            }
            return null;
        }
        catch (Exception e) when (Broken(e, cancellationToken) is { } reason)
        {
            return new SendOutcome.NotSent($"The connection to {account.Endpoint} was lost before the letter was handed over: {reason}", Retryable: true);
        }
    }

    private async Task<SendOutcome> LetterAsync(SmtpDialogue dialogue, WireTap tap, PreparedMail mail, CancellationToken cancellationToken)
    {
        byte[] stuffed = Wire.DotStuffed(mail.Bytes.Span);
        int whole = stuffed.Length + ".\r\n".Length;
        try
        {
            SmtpReply reply = await Patience.WithinAsync(_patience.Letter, stop => dialogue.LetterAsync(stuffed, stop), cancellationToken).ConfigureAwait(false);
            if (!tap.EndLetter().AsSpan().SequenceEqual(Wire.HashOfData(stuffed)))
                return new SendOutcome.Unknown($"the server answered {reply.Code}, but what went over the wire is not the letter that was fixed. Please report this.");
            return reply.IsPositive ? new SendOutcome.Accepted(reply.Code, WithEnhanced(reply), dialogue.OffersDeliveryReports)
                : reply.IsNegative ? Refused(reply)
                : new SendOutcome.Unknown($"the server answered the letter with \"{reply.Code} {reply.Words}\", which is no answer to a letter.");
        }
        catch (Exception e) when (Broken(e, cancellationToken) is { } reason)
        {
            // What was not written whole lacks its final dot, and a server throws such a letter away (RFC 5321, 4.1.1.4).
            return tap.LetterLength < whole
                ? new SendOutcome.NotSent($"The connection to {account.Endpoint} was lost in the middle of the letter: {reason}", Retryable: true)
                : new SendOutcome.Unknown($"the whole letter was handed over, then there was no reply: {reason}");
        }
    }

    private static SendOutcome.Refused Refused(SmtpReply reply) =>
        new(reply.Code, reply.EnhancedCode, reply.Words, reply.IsPermanent, RefusalMeaning.Of(reply));

    private SendOutcome.NotSent OutOfStep(SmtpReply reply) =>
        new($"{account.Endpoint} answered \"{reply.Code} {reply.Words}\" where that is no answer.", Retryable: false, "Check host and port of the setting.");

    private static string WithEnhanced(SmtpReply reply) => reply.EnhancedCode is null ? reply.Words : $"{reply.EnhancedCode} {reply.Words}";

    /// <summary>Says how the line broke; null when the exception is nothing that a line can cause.</summary>
    private static string? Broken(Exception exception, CancellationToken callers) => exception switch
    {
        OperationCanceledException when callers.IsCancellationRequested => "it was cancelled here.",
        OperationCanceledException or TimeoutException => "the server did not answer in time.",
        IOException or System.Net.Sockets.SocketException or ServiceNotConnectedException => "the connection broke.",
        ProtocolException => "the server hung up, or said something that is no reply.",
        _ => null,
    };

    /// <summary>The outcome is known by now; how the server takes the goodbye changes nothing about it.</summary>
    private static async Task QuitAsync(SmtpDialogue dialogue)
    {
        using var stop = new CancellationTokenSource(Goodbye);
        try
        {
            if (dialogue.IsConnected)
                await dialogue.DisconnectAsync(quit: true, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (Broken(e, CancellationToken.None) is not null)
        {
            // Nothing to say: see above.
        }
    }
}
