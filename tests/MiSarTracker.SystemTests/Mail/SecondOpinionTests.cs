using System.Diagnostics;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Mail.Sending;
using MiSarTracker.SystemTests.Fixtures;
using MiSarTracker.Tests.Mail.Sending;
using Xunit;

namespace MiSarTracker.SystemTests.Mail;

/// <summary>A letter read by a parser that nobody here wrote.</summary>
public sealed class SecondOpinionTests
{
    private const string Reader = """
        import email, email.policy, json, sys
        m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
        parts = list(m.walk())
        print(json.dumps({
            "defects": [str(d) for p in parts for d in p.defects] + [str(d) for v in m.values() for d in v.defects],
            "subject": str(m["subject"]), "from": str(m["from"]), "to": [a.addr_spec for a in m["to"].addresses],
            "date": m["date"].datetime.isoformat(), "text": m.get_body(("plain",)).get_content(), "html": m.get_body(("html",)).get_content(),
            "attachments": [[a.get_filename(), a.get_content_type(), a.get_content().hex()] for a in m.iter_attachments()]}))
        """;

    [Fact]
    public async Task PythonReadsTheLetterWithoutADefectAndAsItWasMeant()
    {
        byte[] content = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        LetterMail letter = Letters.Access with
        {
            Text = "Sehr geehrte Damen und Herren,\n.Punkt am Anfang\n文 und 😀 " + new string('x', 2000) + "\n",
            Html = "<p>Ärger – 文</p>\n",
            Subject = SingleLine.Parse(string.Concat(Enumerable.Repeat("Auskunft nach Art. 15 DSGVO – 数据 ", 8)).Trim(), "subject"),
            FromName = SingleLine.Parse("Zoë \"Zo\" Müller, Berlin", "name"),
            Attachments = [new LetterAttachment(SingleLine.Parse("Brief – Zoë.pdf", "file"), "application/pdf", content)],
        };
        using JsonDocument read = JsonDocument.Parse(await PythonAsync(LetterComposer.Compose(letter).Bytes));

        JsonElement seen = read.RootElement;
        Assert.Empty(seen.GetProperty("defects").EnumerateArray());
        Assert.Equal(letter.Subject.Value, seen.GetProperty("subject").GetString());
        Assert.Equal("\"Zoë \\\"Zo\\\" Müller, Berlin\" <alice@client.test>", seen.GetProperty("from").GetString());
        Assert.Equal(["privacy@vendor.test"], seen.GetProperty("to").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal("2026-11-22T10:00:00+01:00", seen.GetProperty("date").GetString());
        Assert.Equal(letter.Text, seen.GetProperty("text").GetString()!.ReplaceLineEndings("\n"));
        Assert.Equal(letter.Html, seen.GetProperty("html").GetString()!.ReplaceLineEndings("\n"));
        Assert.Equal($"[[\"Brief \\u2013 Zo\\u00eb.pdf\", \"application/pdf\", \"{Convert.ToHexStringLower(content)}\"]]", seen.GetProperty("attachments").GetRawText());
    }

    private static async Task<string> PythonAsync(ReadOnlyMemory<byte> input)
    {
        var start = new ProcessStartInfo(RequiredProgram.Find("python3", "python3"))
        {
            ArgumentList = { "-c", Reader },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process python = Process.Start(start)!;
        Task<string> output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
        python.StandardInput.Close();
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(python.ExitCode == 0, await errors);
        return await output;
    }
}
