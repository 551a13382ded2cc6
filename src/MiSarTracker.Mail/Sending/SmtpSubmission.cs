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
        (Line? line, MailTrouble? trouble) = await OpenAsync(dialogue, tap, cancellationToken).ConfigureAwait(false);
        if (line is null)
            return new SendOutcome.NotSent(trouble!.Reason, trouble.Retryable, trouble.Remedy);
        SendOutcome outcome = await EnvelopeAsync(dialogue, mail, cancellationToken).ConfigureAwait(false)
            ?? await LetterAsync(dialogue, line, tap, mail, cancellationToken).ConfigureAwait(false);
        await QuitAsync(dialogue).ConfigureAwait(false);
        return outcome;
    }

    /// <returns>The line, connected, encrypted and signed in; or what went wrong.</returns>
    private async Task<(Line? Line, MailTrouble? Trouble)> OpenAsync(SmtpDialogue dialogue, WireTap tap, CancellationToken cancellationToken)
    {
        var certificate = new CertificateCheck(account, authorities);
        var phase = MailPhase.Connecting;
        try
        {
            Line line = await Patience.WithinAsync(_patience.Connect, stop => Connection.OpenAsync(dialogue, account, certificate, tap, stop), cancellationToken).ConfigureAwait(false);
            phase = MailPhase.SigningIn;
            await Patience.WithinAsync(_patience.Connect, stop => SignIn.RunAsync(dialogue, account, secret, stop), cancellationToken).ConfigureAwait(false);
            return (line, null);
        }
        catch (Exception e) when (Diagnosis.Of(e, account, certificate, phase, cancellationToken.IsCancellationRequested) is { } trouble)
        {
            return (null, trouble);
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

    private async Task<SendOutcome> LetterAsync(SmtpDialogue dialogue, Line line, WireTap tap, PreparedMail mail, CancellationToken cancellationToken)
    {
        byte[] stuffed = Wire.DotStuffed(mail.Bytes.Span);
        Task<SmtpReply> sending = dialogue.LetterAsync(stuffed);
        string? gaveUp = await GiveUpAsync(sending, cancellationToken).ConfigureAwait(false);
        if (gaveUp is not null)
            line.Abort();
        try
        {
            SmtpReply reply = await sending.ConfigureAwait(false);
            if (!tap.EndLetter().AsSpan().SequenceEqual(Wire.HashOfData(stuffed)))
                return new SendOutcome.Unknown($"the server answered {reply.Code}, but what went over the wire is not the letter that was fixed. Please report this.");
            return reply.IsPositive ? new SendOutcome.Accepted(reply.Code, WithEnhanced(reply), dialogue.OffersDeliveryReports)
                : reply.IsNegative ? Refused(reply)
                : new SendOutcome.Unknown($"the server answered the letter with \"{reply.Code} {reply.Words}\", which is no answer to a letter.");
        }
        catch (Exception e) when (WhyBroken(e, gaveUp, cancellationToken) is { } reason)
        {
            // What was not written whole lacks its final dot, and a server throws such a letter away (RFC 5321, 4.1.1.4).
            return line.HasUnfinishedWrite
                ? new SendOutcome.NotSent($"The connection to {account.Endpoint} was lost in the middle of the letter: {reason}", Retryable: true)
                : new SendOutcome.Unknown($"the whole letter was handed over, then there was no reply: {reason}");
        }
    }

    /// <returns>Null when the sending came to an end by itself; else why it is not waited for any longer.</returns>
    private async Task<string?> GiveUpAsync(Task sending, CancellationToken callers)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(callers);
        limit.CancelAfter(_patience.Letter);
        await Task.WhenAny(sending, Task.Delay(Timeout.Infinite, limit.Token)).ConfigureAwait(false);
        return sending.IsCompleted ? null : callers.IsCancellationRequested ? "it was cancelled here." : "the server did not answer in time.";
    }

    /// <summary>After we have ended the line ourselves, that is the reason, whatever the library makes of it.</summary>
    private static string? WhyBroken(Exception exception, string? gaveUp, CancellationToken callers) =>
        gaveUp is not null && exception is ObjectDisposedException ? gaveUp
        : Broken(exception, callers) is { } reason ? gaveUp ?? reason
        : null;

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
