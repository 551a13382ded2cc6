using System.Globalization;
using System.Text;

namespace MiSarTracker.Tests.Mail.Receiving;

/// <summary>A small IMAP server on a scripted line: one folder with fixed mails, as literals.</summary>
internal sealed class ImapScript(IReadOnlyList<string> mails, uint uidValidity = 7)
{
    /// <summary>All commands without their tags.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>The next connections are cut after so many bytes of replies, each once.</summary>
    public Queue<int> Cuts { get; } = new();

    /// <summary>Bytes of replies of the last connection.</summary>
    public int Said { get; private set; }

    /// <summary>How many bytes are said at once; all when 0.</summary>
    public int Piece { get; init; }

    public async Task RunAsync(ScriptedServer.Line line)
    {
        await line.TlsAsync();
        if (Cuts.TryDequeue(out int cut))
            line.CutAfter(cut);
        await SayAsync(line, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE] ready\r\n");
        while (true)
        {
            string[] words = (await line.HearAsync()).Split(' ', 2);
            Commands.Add(words[1]);
            string reply = ReplyTo(words[1]);
            Said = line.Said;
            await SayAsync(line, $"{reply}{words[0]} OK {(words[1].StartsWith("EXAMINE", StringComparison.Ordinal) ? "[READ-ONLY] " : "")}done\r\n");
            Said = line.Said;
            if (words[1] == "LOGOUT")
            {
                await line.CloseAsync();
                return;
            }
        }
    }

    private async Task SayAsync(ScriptedServer.Line line, string text)
    {
        int piece = Piece == 0 ? text.Length : Piece;
        for (int at = 0; at < text.Length; at += piece)
            await line.SayAsync(text.Substring(at, Math.Min(piece, text.Length - at)));
    }

    private string ReplyTo(string command)
    {
        if (command.StartsWith("LIST", StringComparison.Ordinal))
            return "* LIST () \"/\" \"INBOX\"\r\n";
        if (command.StartsWith("EXAMINE", StringComparison.Ordinal))
            return $"* FLAGS (\\Seen)\r\n* {mails.Count} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {uidValidity}] ok\r\n* OK [UIDNEXT {mails.Count + 1}] ok\r\n";
        if (command.StartsWith("UID SEARCH", StringComparison.Ordinal))
            return $"* SEARCH {string.Join(' ', Searched(command))}\r\n";
        return command.StartsWith("UID FETCH", StringComparison.Ordinal) ? Fetched(command) : "";
    }

    /// <summary>RFC 9051: "n:*" names the last mail whatever n is.</summary>
    private IEnumerable<int> Searched(string command)
    {
        string range = command.Split(' ')[3];
        int from = int.Parse(range.Split(':')[0], CultureInfo.InvariantCulture);
        IEnumerable<int> all = Enumerable.Range(1, mails.Count).Where(uid => uid >= from || uid == mails.Count);
        return command.Contains("BODY", StringComparison.Ordinal) ? all.Where(uid => mails[uid - 1].Contains("in text SAR-", StringComparison.Ordinal)) : all;
    }

    private string Fetched(string command)
    {
        var reply = new StringBuilder();
        foreach (int uid in Uids(command.Split(' ')[2]).Where(uid => uid <= mails.Count))
        {
            string mail = mails[uid - 1];
            string head = mail[..(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
            string fields = command.Contains("BODY.PEEK[HEADER", StringComparison.Ordinal) ? command[(command.IndexOf("BODY.PEEK[", StringComparison.Ordinal) + 10)..(command.LastIndexOf(']'))] : "";
            string content = fields.Length > 0 ? $"BODY[{fields}] {{{head.Length}}}\r\n{head}"
                : command.Contains("BODY.PEEK[]", StringComparison.Ordinal) ? $"BODY[] {{{mail.Length}}}\r\n{mail}"
                : $"RFC822.SIZE {mail.Length} INTERNALDATE \"22-Nov-2026 10:00:00 +0000\"";
            reply.Append(CultureInfo.InvariantCulture, $"* {uid} FETCH (UID {uid} {content})\r\n");
        }

        return reply.ToString();
    }

    private static IEnumerable<int> Uids(string set) => set.Split(',').SelectMany(part =>
    {
        int[] ends = [.. part.Split(':').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });
}
