using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Mail;

/// <summary>Broken mails read by a second parser that nobody here wrote: where the two disagree, ours must have said that the mail can be read in two ways.</summary>
public sealed class BrokenMailTests(ITestOutputHelper output)
{
    private const int Mails = 600;

    private const string Reader = """
        import email, email.policy, json, sys
        out = []
        for path in sys.argv[1:]:
            m = email.message_from_bytes(open(path, "rb").read(), policy=email.policy.compat32)
            leaves = [p for p in m.walk() if not p.is_multipart()]
            names = sorted(str(p.get_filename() or "") for p in leaves if p.get_filename())
            texts = [" ".join((p.get_payload(decode=True) or b"").decode("latin-1").split()) for p in leaves if p.get_content_type() == "text/plain" and not p.get_filename()]
            out.append({"names": names, "texts": texts, "defects": [type(d).__name__ for p in m.walk() for d in p.defects]})
        print(json.dumps(out))
        """;

    private const string Sound = "From: Privacy <privacy@vendor.test>\r\nTo: alice@client.test\r\nSubject: Auskunft\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100\r\nMessage-ID: <a@vendor.test>\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe answer is attached.\r\n--outer\r\n"
        + "Content-Type: multipart/alternative; boundary=\"inner\"\r\n\r\n--inner\r\nContent-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSecond =3D text\r\n--inner--\r\n--outer\r\n"
        + "Content-Type: application/zip; name=\"data.zip\"\r\nContent-Disposition: attachment; filename=\"data.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBAoAAAAAAA==\r\n--outer--\r\n";

    /// <summary>What is done to a sound mail, one or several at a time.</summary>
    private static readonly (string What, string To)[] Breaks =
    [
        ("boundary=\"inner\"", "boundary=\"outer\""), ("boundary=\"inner\"", "boundary=\"out\""), ("--outer--\r\n", ""), ("--inner--\r\n", ""), ("; boundary=\"outer\"", ""), ("boundary=\"outer\"", "boundary=\"other\""),
        ("base64\r\n\r\n", "base64\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"), ("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: x-unknown"), ("AA==", "A("), ("AA==", ""),
        ("=3D", "=Z9"), ("Second", "Sec\u00E4nd"), ("filename=\"data.zip\"", "filename=\"data.exe\""), ("Subject: Auskunft", "Subject: Auskunft\r\nContent-Type: text/plain"),
        ("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nthis is no header\r\n"), ("\r\n\r\n--outer\r\n", "\r\n--outer\r\n"), ("Date:", " Date:"), ("The answer", "The\0answer"), ("attached.", "attached.\r\n--outer\r\n"),
    ];

    [Fact]
    public async Task WhereTwoParsersDisagreeTheMailIsFlaggedAsAmbiguous()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(14);
        List<(string Path, byte[] Raw, string Broken)> mails = [];
        for (int i = 0; i < Mails; i++)
        {
            string mail = Sound;
            var done = new List<string>();
            for (int breaks = i < Breaks.Length ? 1 : random.Next(0, 4); breaks > 0; breaks--)
            {
                (string what, string to) = i < Breaks.Length ? Breaks[i] : Breaks[random.Next(Breaks.Length)];
                int at = mail.IndexOf(what, StringComparison.Ordinal);
                if (at < 0)
                    continue;
                mail = mail[..at] + to + mail[(at + what.Length)..];
                done.Add($"{what.Trim()} -> {to.Trim()}");
            }

            string path = folder.File($"{i}.eml");
            byte[] raw = Encoding.UTF8.GetBytes(mail);
            await File.WriteAllBytesAsync(path, raw, TestContext.Current.CancellationToken);
            mails.Add((path, raw, string.Join("; ", done)));
        }

        using JsonDocument other = JsonDocument.Parse(await PythonAsync(mails.Select(mail => mail.Path)));
        int disagreements = 0, flagged = 0, defects = 0;
        var unsaid = new List<string>();
        foreach (((_, byte[] raw, string broken), JsonElement seen) in mails.Zip(other.RootElement.EnumerateArray()))
        {
            ReadMail ours = MailReader.Read(raw);
            string[] names = [.. ours.Attachments.Select(file => file.Name).Where(name => !name.StartsWith("part.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
            string[] theirs = [.. seen.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];
            string text = string.Concat(ours.Facts.Text.Where(char.IsAsciiLetterOrDigit));
            bool sameText = seen.GetProperty("texts").EnumerateArray().All(one => text.Contains(string.Concat(one.GetString()!.Where(char.IsAsciiLetterOrDigit)), StringComparison.Ordinal));
            bool disagree = !names.SequenceEqual(theirs) || !sameText;
            bool hasDefects = seen.GetProperty("defects").GetArrayLength() > 0;
            (disagreements, defects, flagged) = (disagreements + (disagree ? 1 : 0), defects + (hasDefects ? 1 : 0), flagged + (ours.Doubts.Count > 0 ? 1 : 0));
            if ((disagree || hasDefects) && ours.Doubts.Count == 0)
                unsaid.Add($"{broken}: {seen.GetRawText()} ours: {string.Join(',', names)} {ours.Facts.Text.ReplaceLineEndings(" ")}");
            if (broken.Length == 0)
                Assert.Empty(ours.Doubts);
        }

        output.WriteLine($"{Mails} mails: {disagreements} are read differently, Python names defects in {defects}, ours flags {flagged}; unsaid {unsaid.Count}.");
        Assert.True(disagreements > 50, "Hardly any mail was broken.");
        Assert.True(unsaid.Count == 0, string.Join('\n', unsaid.Distinct().Take(10)));
    }

    private static async Task<string> PythonAsync(IEnumerable<string> paths)
    {
        var start = new ProcessStartInfo(RequiredProgram.Find("python3", "python3")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-c", Reader, .. paths])
            start.ArgumentList.Add(argument);
        using Process python = Process.Start(start)!;
        Task<string> result = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(python.ExitCode == 0, errors);
        return await result;
    }
}
