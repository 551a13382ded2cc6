using System.Security.Cryptography;
using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Receiving;
using Xunit;

namespace MiSarTracker.Tests.Mail.Receiving;

/// <summary>The dialogue with a mailbox, on a line that a script holds.</summary>
public sealed class ImapMailboxTests(OwnAuthority own) : IClassFixture<OwnAuthority>
{
    private static readonly string[] Mails = [Mail(1, "SAR-2026-0001"), Mail(2, "holiday"), Mail(3, "SAR-2026-0001 again"), Mail(4, "lunch"), Mail(5, "tickets", "in text SAR-2026-0001")];

    private static readonly MailboxRequest Request = new(["INBOX"], null, ["SAR-2026-0001"]);

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(1)]
    public async Task MailsThatConcernACaseComeAsTheyAreAndOfTheOthersOnlyTheHead(int piece)
    {
        var script = new ImapScript(Mails) { Piece = piece };
        var taker = new Taker();
        await using var server = new ScriptedServer(own.Certificate, script.RunAsync);
        MailboxReading reading = await Mailbox(server).ReadAsync(Request, taker, TestContext.Current.CancellationToken);

        Assert.Equal([Mails[0], Mails[2], Mails[4]], taker.Taken);
        Assert.Equal((5, 3), (reading.Looked, reading.Fetched));
        Assert.Equal((7L, 5L), taker.Known);
        Assert.DoesNotContain(script.Commands, command => command.StartsWith("SELECT", StringComparison.Ordinal) || command.Contains("STORE", StringComparison.Ordinal) || command.Contains("BODY[", StringComparison.Ordinal));
        Assert.Contains(script.Commands, command => command.StartsWith("EXAMINE", StringComparison.Ordinal));
        Assert.Equal(["1", "3", "5"], script.Commands.Where(command => command.Contains("BODY.PEEK[]", StringComparison.Ordinal)).Select(command => command.Split(' ')[2]));
    }

    [Fact]
    public async Task ASecondLookFetchesNothingAlthoughTheServerNamesTheLastMailAgain()
    {
        var script = new ImapScript(Mails);
        var taker = new Taker();
        await using var server = new ScriptedServer(own.Certificate, script.RunAsync);
        await Mailbox(server).ReadAsync(Request, taker, TestContext.Current.CancellationToken);
        script.Commands.Clear();
        MailboxReading second = await Mailbox(server).ReadAsync(Request, taker, TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (second.Looked, second.Fetched));
        Assert.DoesNotContain(script.Commands, command => command.StartsWith("UID FETCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALineThatIsCutAnywhereLosesNoMail()
    {
        int whole = await LengthAsync();
        int cuts = 0;
        for (int cut = 1; cut < whole; cut += 13, cuts++)
        {
            var script = new ImapScript(Mails);
            // Three cuts in a row use up the attempts; the next look goes on where this one ended.
            for (int i = 0; i < 1 + (cut % 4); i++)
                script.Cuts.Enqueue(cut);
            var taker = new Taker();
            await using var server = new ScriptedServer(own.Certificate, script.RunAsync);
            for (int look = 0; look < 6; look++)
            {
                try
                {
                    await Mailbox(server).ReadAsync(Request, taker, TestContext.Current.CancellationToken);
                    break;
                }
                catch (Unavailable)
                {
                    Assert.True(look < 5, $"The look after a cut at {cut} failed again and again.");
                }
            }

            Assert.Equal([Mails[0], Mails[2], Mails[4]], taker.Taken.Distinct());
            Assert.Equal((7L, 5L), taker.Known);
        }

        Assert.True(cuts > 100, $"Only {cuts} cuts were made.");
    }

    [Fact]
    public async Task AMailThatIsNotKeptIsFetchedAgainAtTheNextLook()
    {
        var script = new ImapScript(Mails);
        var taker = new Taker { FailAt = 2 };
        await using var server = new ScriptedServer(own.Certificate, script.RunAsync);
        await Assert.ThrowsAsync<Unavailable>(() => Mailbox(server).ReadAsync(Request, taker, TestContext.Current.CancellationToken));
        Assert.Equal((7L, 1L), taker.Known);
        await Mailbox(server).ReadAsync(Request, taker, TestContext.Current.CancellationToken);
        Assert.Equal([Mails[0], Mails[2], Mails[4]], taker.Taken);
    }

    [Fact]
    public async Task AMailboxThatIsNumberedAnewIsLookedAtFromTheBeginning()
    {
        var taker = new Taker { Known = (6, 900) };
        await using var server = new ScriptedServer(own.Certificate, new ImapScript(Mails).RunAsync);
        MailboxReading reading = await Mailbox(server).ReadAsync(Request, taker, TestContext.Current.CancellationToken);
        Assert.Equal(3, taker.Taken.Count);
        Assert.Contains("numbered the mails of “INBOX” anew", Assert.Single(reading.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMailThatIsTooLargeIsNamedAndLeftWhereItIs()
    {
        var taker = new Taker();
        await using var server = new ScriptedServer(own.Certificate, new ImapScript(Mails).RunAsync);
        MailboxReading reading = await Mailbox(server).ReadAsync(Request with { LargestMail = Mails[0].Length }, taker, TestContext.Current.CancellationToken);
        Assert.Equal([Mails[0]], taker.Taken);
        Assert.All(reading.Remarks, remark => Assert.Contains("misar inbox add", remark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnExpiredCertificateAndAnotherNameAreRefusedBeforeThePasswordIsSaid()
    {
        foreach (var certificate in new[] { own.Expired, own.OtherName })
        {
            await using var server = new ScriptedServer(certificate, new ImapScript(Mails).RunAsync);
            Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => Mailbox(server).ReadAsync(Request, new Taker(), TestContext.Current.CancellationToken));
            Assert.NotNull(failure.Remedy);
            Assert.Equal("", server.Encrypted.ToString());
        }
    }

    private async Task<int> LengthAsync()
    {
        var script = new ImapScript(Mails);
        await using var server = new ScriptedServer(own.Certificate, script.RunAsync);
        await Mailbox(server).ReadAsync(Request, new Taker(), TestContext.Current.CancellationToken);
        return script.Said;
    }

    private ImapMailbox Mailbox(ScriptedServer server) => new(
        new MailAccount(MailProtocol.Imap, MailEncryption.Implicit, "127.0.0.1", server.Port, "alice@client.test"), own.Trusted,
        _ => ValueTask.FromResult<string?>(OwnAuthority.Password), new ImapPatience { Pause = TimeSpan.Zero, Step = TimeSpan.FromSeconds(10) });

    private static string Mail(int number, string subject, string text = "text") =>
        $"From: Office <privacy@vendor.test>\r\nSubject: {subject}\r\nMessage-ID: <{number}@vendor.test>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n{text} {new string('x', number * 40)}\r\n";

    /// <summary>Keeps mails in memory as the inbox does on the disk: known bytes count once.</summary>
    private sealed class Taker : IMailTaker
    {
        private readonly HashSet<string> _hashes = [];

        public List<string> Taken { get; } = [];

        public (long UidValidity, long LastUid)? Known { get; set; }

        public int FailAt { get; set; }

        public (long UidValidity, long LastUid)? Progress(string folder) => Known;

        public bool Wants(MailHead head) => head.Facts.Subject.Contains("SAR-", StringComparison.Ordinal) || head.Facts.NamedInBody;

        public async Task TakeAsync(MailHead head, Stream raw, CancellationToken cancellationToken)
        {
            using var bytes = new MemoryStream();
            await raw.CopyToAsync(bytes, cancellationToken);
            if (FailAt > 0 && Taken.Count + 1 == FailAt)
            {
                FailAt = 0;
                throw new Unavailable("The disk is full.");
            }

            if (_hashes.Add(Convert.ToHexString(SHA256.HashData(bytes.ToArray()))))
                Taken.Add(Encoding.Latin1.GetString(bytes.ToArray()));
        }

        public Task AdvanceAsync(string folder, long uidValidity, long lastUid, CancellationToken cancellationToken)
        {
            Known = (uidValidity, lastUid);
            return Task.CompletedTask;
        }
    }
}
