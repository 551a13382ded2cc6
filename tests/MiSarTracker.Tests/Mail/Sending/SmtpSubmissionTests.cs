using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Sending;
using Xunit;

namespace MiSarTracker.Tests.Mail.Sending;

/// <summary>What is known after an attempt, for every point at which it can end.</summary>
public sealed class SmtpSubmissionTests(OwnAuthority own) : IClassFixture<OwnAuthority>
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(700);
    /// <summary>Larger than what the network of this machine takes without a reader.</summary>
    private static PreparedMail Large { get; } = Letters.Prepared(string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 85_000)));

    [Fact]
    public async Task AnAcceptedLetterIsReportedWithTheServersWords()
    {
        string arrived = "";
        SendOutcome outcome = await SendAsync(async line =>
        {
            arrived = await SmtpScripts.ToFinalDotAsync(line);
            await line.SayAsync("250-2.0.0 first\r\n250 2.0.0 queued as 4711\r\n");
        }, Letters.Prepared("one\r\n.two\r\n"));

        var accepted = Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal((250, "2.0.0 first queued as 4711", true), (accepted.Code, accepted.Reply, accepted.DeliveryReportRequested));
        Assert.EndsWith("\r\n\r\none\r\n..two\r\n", arrived, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheEnvelopeAsksForDeliveryReportsUnderTheLettersName()
    {
        await using var server = new ScriptedServer(own.Certificate, async line =>
        {
            await SmtpScripts.ToFinalDotAsync(line);
            await line.SayAsync("250 ok\r\n");
            await line.HearAsync("QUIT");
        });
        PreparedMail mail = PreparedMail.Fix(Letters.Access.MessageId, "SAR-2026-0001.1+x=y", Letters.Access.From, Letters.Access.To, Letters.Prepared().Bytes.ToArray());
        await own.Submission(server.Port).SendAsync(mail, TestContext.Current.CancellationToken);

        string said = server.Encrypted.ToString();
        Assert.Contains($"MAIL FROM:<alice@client.test> SIZE={mail.Bytes.Length} RET=HDRS ENVID=SAR-2026-0001.1+2Bx+3Dy\r\n", said, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<privacy@vendor.test> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;privacy@vendor.test\r\n", said, StringComparison.Ordinal);
        Assert.EndsWith("\r\n.\r\nQUIT\r\n", said, StringComparison.Ordinal);
        Assert.StartsWith("EHLO [127.0.0.1]\r\nAUTH PLAIN ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoDeliveryReportIsAskedForWhereNoneIsOffered()
    {
        await using var server = new ScriptedServer(own.Certificate, async line =>
        {
            await line.TlsAsync();
            await line.SayAsync("220 hi\r\n");
            await line.HearAsync("EHLO");
            await line.SayAsync("250-hi\r\n250 AUTH LOGIN\r\n");
            await line.HearAsync("AUTH LOGIN");
            await line.SayAsync("334 VXNlcm5hbWU6\r\n");
            await line.HearAsync();
            await line.SayAsync("334 UGFzc3dvcmQ6\r\n");
            await line.HearAsync(Convert.ToBase64String("pw-älice"u8));
            await line.SayAsync("235 ok\r\n");
            await line.HearAsync("MAIL");
            await line.SayAsync("250 ok\r\n");
            await line.HearAsync("RCPT");
            await line.SayAsync("250 ok\r\n");
            await line.HearAsync("DATA");
            await line.SayAsync("354 ok\r\n");
            await line.HearLetterAsync();
            await line.SayAsync("250 ok\r\n");
        });
        SendOutcome outcome = await own.Submission(server.Port, password: "pw-älice").SendAsync(Letters.Prepared(), TestContext.Current.CancellationToken);

        Assert.False(Assert.IsType<SendOutcome.Accepted>(outcome).DeliveryReportRequested);
        Assert.Contains("MAIL FROM:<alice@client.test>\r\nRCPT TO:<privacy@vendor.test>\r\nDATA\r\n", server.Encrypted.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 try later", false, "4.3.0")]
    [InlineData("MAIL", "550 5.1.8 who are you", true, "5.1.8")]
    [InlineData("RCPT", "450 4.2.1 busy", false, "4.2.1")]
    [InlineData("RCPT", "550 5.1.1 no such user", true, "5.1.1")]
    [InlineData("RCPT", "550 no code", true, null)]
    [InlineData("RCPT", "421 4.3.2 shutting down", false, "4.3.2")]
    [InlineData("DATA", "451 greylisted", false, null)]
    [InlineData("DATA", "554 5.5.1 no valid recipients", true, "5.5.1")]
    [InlineData("dot", "421 closing", false, null)]
    [InlineData("dot", "451 4.7.1 later", false, "4.7.1")]
    [InlineData("dot", "554 5.7.1 content refused", true, "5.7.1")]
    [InlineData("dot", "552-5.3.4 too\r\n552 5.3.4 large", true, "5.3.4")]
    public async Task ARefusalIsReportedWithItsCodesAndWords(string at, string reply, bool permanent, string? enhanced)
    {
        SendOutcome outcome = await SendAsync(async line =>
        {
            await ToAsync(at, line);
            await line.SayAsync(reply + "\r\n");
        });

        var refused = Assert.IsType<SendOutcome.Refused>(outcome);
        Assert.Equal((int.Parse(reply[..3], System.Globalization.CultureInfo.InvariantCulture), enhanced, permanent), (refused.Code, refused.EnhancedCode, refused.Permanent));
        Assert.EndsWith(reply.Split(' ')[^1], refused.Reply, StringComparison.Ordinal);
        Assert.True(refused.Explanation.Length > 20);
    }

    [Theory]
    [InlineData("greeting")]
    [InlineData("EHLO")]
    [InlineData("AUTH")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData("letter")]
    public async Task ALineThatBreaksBeforeTheFinalDotMeansNotSent(string at)
    {
        SendOutcome outcome = await SendAsync(async line =>
        {
            await ToAsync(at, line);
            await line.CloseAsync();
        }, Letters.Prepared(new string('x', 70) + "\r\n"));

        // A small letter is in the network before the close is seen: then nobody can know, and that is what must be said.
        if (at == "letter")
            Assert.True(outcome is SendOutcome.NotSent or SendOutcome.Unknown, outcome.Sentence);
        else
            Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).Retryable, outcome.Sentence);
    }

    [Theory]
    [InlineData("AUTH")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task AServerThatFallsSilentBeforeTheFinalDotMeansNotSent(string at)
    {
        SendOutcome outcome = await SendAsync(async line =>
        {
            await ToAsync(at, line);
            await line.StallAsync();
        }, patience: SmtpPatience.Default with { Connect = at == "AUTH" ? Short : SmtpPatience.Default.Connect, Command = Short });

        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).Retryable);
        Assert.Contains("in time", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALineThatBreaksInTheMiddleOfALargeLetterMeansNotSent()
    {
        SendOutcome outcome = await SendAsync(async line =>
        {
            await SmtpScripts.ToLetterAsync(line);
            await line.HearBytesAsync(100_000);
            await line.CloseAsync();
        }, Large);

        Assert.Contains("in the middle of the letter", Assert.IsType<SendOutcome.NotSent>(outcome).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("stall")]
    [InlineData("half a reply")]
    [InlineData("no reply at all")]
    [InlineData("354")]
    public async Task ALetterWithoutAnAnswerAfterItsFinalDotIsUnknown(string how)
    {
        SendOutcome outcome = await SendAsync(async line =>
        {
            await SmtpScripts.ToFinalDotAsync(line);
            if (how == "stall")
                await line.StallAsync();
            if (how == "half a reply")
                await line.SayAsync("250-2.0.0 alm");
            if (how == "no reply at all")
                await line.SayAsync("hello there\r\n");
            if (how == "354")
                await line.SayAsync("354 go ahead\r\n");
            await line.CloseAsync();
        }, patience: how == "stall" ? SmtpPatience.Default with { Letter = Short } : null);

        Assert.IsType<SendOutcome.Unknown>(outcome);
        Assert.Contains("not known", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerKilledAtAnyByteOfItsRepliesLeavesATrueOutcome()
    {
        var seen = new SortedSet<string>();
        for (int cut = 1; ; cut++)
        {
            bool asked = false;
            bool hasLetter = false;
            bool whole = false;
            await using var server = new ScriptedServer(own.Certificate, async line =>
            {
                line.CutAfter(cut);
                await SmtpScripts.ToDataAsync(line);
                asked = cut >= line.Said + "354 go ahead\r\n".Length;
                await line.SayAsync("354 go ahead\r\n");
                await line.HearLetterAsync();
                hasLetter = true;
                await line.SayAsync("250 2.0.0 ok\r\n");
                whole = true;
            });
            SendOutcome outcome = await own.Submission(server.Port).SendAsync(Letters.Prepared(), TestContext.Current.CancellationToken);
            await server.DisposeAsync();
            seen.Add(outcome.GetType().Name);
            bool isTrue = outcome switch
            {
                SendOutcome.Accepted => hasLetter,
                // Closed right after "354": so small a letter is in the network before the close is seen.
                SendOutcome.Unknown => asked,
                SendOutcome.NotSent => !hasLetter,
                _ => false,
            };
            Assert.True(isTrue, $"cut after {cut} bytes: {outcome.Sentence}");
            if (whole)
                break;
        }
        Assert.Equal(["Accepted", "NotSent", "Unknown"], seen);
    }

    [Fact]
    public async Task RepliesThatTrickleInByteByByteAreReadAsWell()
    {
        SendOutcome outcome = await SendAsync(async line =>
        {
            await SmtpScripts.ToFinalDotAsync(line);
            foreach (char c in "250-2.0.0 queued\r\n250 2.0.0 as 1\r\n")
            {
                await line.SayAsync(c.ToString());
                await Task.Delay(1);
            }
        });
        Assert.Equal("2.0.0 queued as 1", Assert.IsType<SendOutcome.Accepted>(outcome).Reply);
    }

    /// <summary>Cancelled at the very moment at which the server has the final dot, many times: never "not sent".</summary>
    [Fact]
    public async Task ACancelledAttemptSaysHowFarItCame()
    {
        for (int attempt = 0; attempt < 60; attempt++)
        {
            bool afterDot = attempt % 3 != 0;
            using var cancel = new CancellationTokenSource();
            SendOutcome outcome = await SendAsync(async line =>
            {
                await (afterDot ? SmtpScripts.ToFinalDotAsync(line) : SmtpScripts.ToDataAsync(line));
                await cancel.CancelAsync();
                await line.StallAsync();
            }, stop: cancel.Token);
            Assert.Equal(afterDot ? typeof(SendOutcome.Unknown) : typeof(SendOutcome.NotSent), outcome.GetType());
            Assert.Contains("cancelled", outcome.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("in time")]
    public async Task AServerThatStopsReadingInTheMiddleOfALargeLetterMeansNotSent(string why)
    {
        using var cancel = new CancellationTokenSource();
        SendOutcome outcome = await SendAsync(
            async line =>
            {
                await SmtpScripts.ToLetterAsync(line);
                await line.HearBytesAsync(100_000);
                if (why == "cancelled")
                    await cancel.CancelAsync();
                await line.StallAsync();
            }, Large, why == "cancelled" ? null : SmtpPatience.Default with { Letter = Short }, cancel.Token);
        Assert.Contains("in the middle of the letter", Assert.IsType<SendOutcome.NotSent>(outcome).Reason, StringComparison.Ordinal);
        Assert.Contains(why, outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALetterLargerThanTheServerTakesIsNotHandedOver()
    {
        await using var server = new ScriptedServer(own.Certificate, async line =>
        {
            await line.TlsAsync();
            await line.SayAsync("220 hi\r\n");
            await line.HearAsync("EHLO");
            await line.SayAsync("250-hi\r\n250-SIZE 100\r\n250 AUTH PLAIN\r\n");
            await line.HearAsync("AUTH");
            await line.SayAsync("235 ok\r\n");
            await line.HearAsync("QUIT");
        });
        SendOutcome outcome = await own.Submission(server.Port).SendAsync(Letters.Prepared(), TestContext.Current.CancellationToken);
        Assert.False(Assert.IsType<SendOutcome.NotSent>(outcome).Retryable);
        Assert.DoesNotContain("MAIL", server.Encrypted.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServersWordsCannotSteerATerminal()
    {
        SendOutcome outcome = await SendAsync(async line =>
        {
            await SmtpScripts.ToFinalDotAsync(line);
            await line.SayAsync("554 \u001b[2Jgone\u0007 " + new string('x', 400) + "\r\n");
        });
        Assert.DoesNotContain(outcome.Sentence, char.IsControl);
    }

    private static Task ToAsync(string point, ScriptedServer.Line line) => point switch
    {
        "greeting" => line.TlsAsync(),
        "EHLO" => GreetAsync(line),
        "AUTH" => OfferAsync(line),
        "MAIL" => SmtpScripts.ToMailAsync(line),
        "RCPT" => SmtpScripts.ToRecipientAsync(line),
        "DATA" => SmtpScripts.ToDataAsync(line),
        "letter" => SmtpScripts.ToLetterAsync(line),
        _ => SmtpScripts.ToFinalDotAsync(line),
    };

    private static async Task GreetAsync(ScriptedServer.Line line)
    {
        await line.TlsAsync();
        await line.SayAsync("220 hi\r\n");
        await line.HearAsync("EHLO");
    }

    private static async Task OfferAsync(ScriptedServer.Line line)
    {
        await GreetAsync(line);
        await line.SayAsync(SmtpScripts.Offers);
        await line.HearAsync("AUTH");
    }

    private async Task<SendOutcome> SendAsync(Func<ScriptedServer.Line, Task> script, PreparedMail? mail = null, SmtpPatience? patience = null, CancellationToken? stop = null)
    {
        await using var server = new ScriptedServer(own.Certificate, script);
        return await own.Submission(server.Port, patience: patience).SendAsync(mail ?? Letters.Prepared(), stop ?? TestContext.Current.CancellationToken);
    }
}
