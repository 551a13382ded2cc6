using System.Text;
using System.Text.Json;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>The archive comes in one mail and its password in a later one: what was added locked is opened by adding it again.</summary>
public sealed class LockedAnswerTests
{
    private const string Capture = "mifit-upload-http1.v17.mitm";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APasswordThatComesLaterIsKeptWithTheAnswer(bool fromMail)
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("evidence", "add", hand.Reference, CaseAtHand.Sample("captures", Capture));
        string mail = hand.Write("answer.eml", Mail("Your data", Convert.ToBase64String(File.ReadAllBytes(CaseAtHand.Sample("exports", "3000000001_1714557600000.zip")))));
        JsonElement locked = (await hand.JsonAsync("response", "add", hand.Reference, mail, "--received", "2024-05-02")).GetProperty("files")[0];
        Assert.Equal("3000000001_1714557600000.zip", Assert.Single(locked.GetProperty("locked").EnumerateArray()).GetString());
        ComparisonOf before = new(await hand.JsonAsync("compare", hand.Reference));
        Assert.Equal(0, before.Counts("heart-rate").Matched);

        string second = hand.Write("second.eml", "From: p@vendor.test\r\nTo: a@example.test\r\nSubject: password\r\nDate: Fri, 3 May 2024 10:00:00 +0000\r\n\r\nThe password of your archive is: AbCdEfGh\r\n"u8.ToArray());
        string[] told = fromMail ? [second, mail, "--passwords-from-mails"] : [mail, "--password-file", hand.PasswordFile()];
        JsonElement opened = (await hand.JsonAsync(["response", "add", hand.Reference, .. told])).GetProperty("files").EnumerateArray().Last();
        Assert.True(opened.GetProperty("addedBefore").GetBoolean());
        Assert.True(opened.GetProperty("unlocked").GetBoolean());
        Assert.Empty(opened.GetProperty("locked").EnumerateArray());

        // From now on no command asks for it.
        ComparisonOf after = new(await hand.JsonAsync("compare", hand.Reference));
        Assert.True(after.Counts("heart-rate").Matched > 400);
        string report = Path.Combine(hand.Misar.WorkingFolder, "report.pdf");
        await hand.JsonAsync("report", hand.Reference, "--output", report);
        (await hand.Misar.RunAsync("verify", hand.Reference)).Expect(0);
        JsonElement shown = await hand.JsonAsync("response", "show", hand.Reference, "R-001");
        Assert.Contains(shown.GetProperty("summary").GetProperty("members").EnumerateArray(), member => member.GetProperty("rows").GetInt64() == 506);
        Assert.True((await hand.JsonAsync("response", "list", hand.Reference)).GetProperty("response")[0].GetProperty("hasPassword").GetBoolean());

        // Given once more without a word of the password, it is the same exhibit and nothing happens.
        int entries = (await hand.ShowAsync()).GetProperty("history").GetArrayLength();
        Assert.False((await hand.JsonAsync("response", "add", hand.Reference, mail)).GetProperty("files")[0].GetProperty("unlocked").GetBoolean());
        Assert.Equal(entries, (await hand.ShowAsync()).GetProperty("history").GetArrayLength());
    }

    private static byte[] Mail(string subject, string attachment) => Encoding.ASCII.GetBytes(
        $"From: p@vendor.test\r\nTo: a@example.test\r\nSubject: {subject}\r\nDate: Thu, 2 May 2024 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nYour data is enclosed. The password follows.\r\n--b\r\n"
        + "Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=3000000001_1714557600000.zip\r\n\r\n"
        + string.Join("\r\n", attachment.Chunk(76).Select(line => new string(line))) + "\r\n--b--\r\n");
}
