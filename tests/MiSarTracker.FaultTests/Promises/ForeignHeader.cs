using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.FaultTests.Promises;

/// <summary>
/// P18: every field that goes into a letter holds something that tries to leave it. Either misar refuses (exit 2 or 3), or the mail that it would
/// send has its own header lines and its one recipient, by the raw bytes and by Python's parser.
/// </summary>
internal static class ForeignHeader
{
    private const string Approved = "privacy@vendor.test";

    private static readonly string[] Own =
        ["date", "from", "to", "subject", "message-id", "mime-version", "content-type", "content-transfer-encoding"];

    private const string Reader = """
        import email, email.policy, json, sys
        m = email.message_from_bytes(open(sys.argv[1], "rb").read(), policy=email.policy.default)
        to = [a.addr_spec for h in m.get_all("to") or [] for a in h.addresses]
        print(json.dumps({"names": [k.lower() for k in m.keys()], "to": to, "from": [a.addr_spec for a in m["from"].addresses]}))
        """;

    private static readonly IReadOnlyList<(string Name, string Text)> Plants =
    [
        ("crlf", "x\r\nBcc: evil@evil.test"), ("lf", "x\nBcc: evil@evil.test"), ("cr", "x\rBcc: evil@evil.test"), ("nul", "x\0\r\nBcc: evil@evil.test"),
        ("line-separator", "x\u2028Bcc: evil@evil.test"), ("next-line", "x\u0085Bcc: evil@evil.test"), ("quoted-crlf", "\"x\r\nBcc: evil@evil.test\"@vendor.test"),
        ("quoted-local-part", "\"x\"@vendor.test"), ("second-address", "privacy@vendor.test, evil@evil.test"), ("angle", "x <evil@evil.test>"), ("group", "x: evil@evil.test;"),
        ("encoded-crlf", "=?utf-8?q?x=0D=0ABcc:_evil=40evil.test?="), ("template", "{{person.email}} {{{{raw}}}} {{#each .}}x{{/each}}"), ("bidi", "x\u202Etset.live@live"),
        ("long", new string('x', 100_000)), ("long-words", string.Concat(Enumerable.Repeat("Bcc: evil@evil.test ", 5_000))), ("parameters", "privacy@vendor.test> NOTIFY=NEVER RCPT TO:<evil@evil.test"),
    ];

    private static readonly IReadOnlyList<(string Name, Action<JsonNode, string> Plant)> Settings =
    [
        ("person-name", (settings, text) => settings["Person"]!["Name"] = text),
        ("person-email", (settings, text) => settings["Person"]!["Email"] = text),
        ("person-address", (settings, text) => settings["Person"]!["PostalAddress"] = new JsonArray(text, "1234 AB Den Haag")),
    ];

    private static readonly IReadOnlyList<(string Name, Action<JsonNode, string> Plant)> Profile =
    [
        ("product", (profile, text) => profile["name"] = text),
        ("controller-name", (profile, text) => profile["controllers"]![0]!["name"] = text),
        ("controller-email", (profile, text) => profile["controllers"]![0]!["email"] = text),
    ];

    private static readonly string[] Arguments = ["to", "identifier-value", "identifier-kind"];

    public static void Break(Trial trial)
    {
        foreach (var field in Settings.Concat(Profile).Select(one => one.Name).Concat(Arguments))
        {
            var (refused, mails) = (0, 0);
            var (misar, _) = trial.NewCase(field);
            var settings = File.ReadAllText(SettingsOf(misar));
            foreach (var (plant, text) in Plants)
            {
                var input = $"{field}:{plant}";

                // No operating system hands a NUL over in an argument.
                if ((trial.Only is { } only && only != input) || (plant == "nul" && Arguments.Contains(field)))
                    continue;
                File.WriteAllText(SettingsOf(misar), settings);
                if (Try(trial, misar, field, input, text))
                    mails++;
                else
                    refused++;
            }

            trial.Remove(misar);

            trial.Say(string.Create(CultureInfo.InvariantCulture, $"{field,-18} refused {refused,2}, harmless mails {mails,2}"));
        }
    }

    /// <returns>Whether there was a mail.</returns>
    private static bool Try(Trial trial, Misar misar, string field, string input, string text)
    {
        if (Settings.FirstOrDefault(one => one.Name == field) is { Plant: { } intoSettings })
            Change(SettingsOf(misar), SettingsOf(misar), node => intoSettings(node, text));
        if (Profile.FirstOrDefault(one => one.Name == field) is { Plant: { } intoProfile })
        {
            Directory.CreateDirectory(Path.Combine(misar.Workspace, "vendors"));
            Change(Path.Combine(Path.GetDirectoryName(trial.Executable)!, "templates", "vendors", "xiaomi-mi-fit.json"), Path.Combine(misar.Workspace, "vendors", "xiaomi-mi-fit.json"), node => intoProfile(node, text));
        }

        string[] identifier = field switch
        {
            "identifier-value" => ["--identifier", "user-id=" + text],
            "identifier-kind" => ["--identifier", text.Replace('=', '-') + "=1"],
            _ => [],
        };
        var eml = trial.At(input.Replace(':', '-') + ".eml");
        var opened = misar.Command(["case", "open", "--vendor", "xiaomi-mi-fit", "--json", .. identifier]).Run();
        var isOpen = trial.Must(opened.ExitCode is 0 or 2 or 3, input, $"case open: exit code {opened.ExitCode}: {opened.Errors}") && opened.ExitCode == 0;
        using var reference = JsonDocument.Parse(isOpen ? opened.Output : "{}");
        var to = field == "to" ? text : Approved;
        string[] address = field == "controller-email" ? [] : ["--to", to];
        var run = isOpen ? misar.Command(["letter", "preview", reference.RootElement.GetProperty("reference").GetString()!, "--kind", "access", "--format", "eml", "--output", eml, .. address]).Run() : opened;
        var hasMail = trial.Must(run.ExitCode is 0 or 2 or 3, input, $"letter preview: exit code {run.ExitCode}: {run.Errors}") && run.ExitCode == 0;
        if (hasMail)
            Judge(trial, input, eml);
        return hasMail;
    }

    private static string SettingsOf(Misar misar) => Path.Combine(misar.Workspace, "appsettings.json");

    private static void Judge(Trial trial, string input, string eml)
    {
        var head = Encoding.Latin1.GetString(File.ReadAllBytes(eml)).Split("\r\n\r\n", 2)[0];
        var names = head.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n").Select(line => line.Split(':')[0].ToLowerInvariant()).ToList();
        trial.Must(names.Count == names.Distinct().Count() && names.All(Own.Contains), input, $"header lines: {string.Join(", ", names)}");
        trial.Must(head.Replace("\r\n", "", StringComparison.Ordinal).All(c => c is >= ' ' and < '\u007f' or '\t'), input, "a head that is not printable ASCII");
        using var read = JsonDocument.Parse(new Command("python3", "-c", Reader, eml).Run().Expect(0).Output);
        var seen = read.RootElement;
        trial.Must(Texts(seen, "names").SequenceEqual(names), input, $"Python sees {string.Join(", ", Texts(seen, "names"))}");
        trial.Must(Texts(seen, "to").SequenceEqual([Approved]), input, $"Python sees the recipients {string.Join(", ", Texts(seen, "to"))}");
        trial.Must(Texts(seen, "from").SequenceEqual(["ada@example.org"]), input, $"Python sees the sender {string.Join(", ", Texts(seen, "from"))}");
    }

    private static IEnumerable<string?> Texts(JsonElement seen, string name) => seen.GetProperty(name).EnumerateArray().Select(one => one.GetString());

    private static void Change(string from, string to, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(File.ReadAllText(from), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        change(node);
        File.WriteAllText(to, node.ToJsonString());
    }
}
