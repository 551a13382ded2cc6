using System.Net;
using System.Text;

namespace MiSarTracker.Core.Letters;

/// <summary>Sets a letter as a whole HTML document: words and structure only, nothing that runs and nothing that is loaded.</summary>
internal static class HtmlWriter
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:2em auto;padding:0 1em}h2{font-size:1em;margin:1.5em 0 .25em}li{margin:.25em 0}";

    public static string Write(IReadOnlyList<LetterBlock> blocks, SingleLine subject, string language)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(Encode(language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
            .Append(Encode(subject.Value)).Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n");
        for (var i = 0; i < blocks.Count; i++)
        {
            var kind = blocks[i].Kind;
            if (ListTag(kind) is { } opens && (i == 0 || blocks[i - 1].Kind != kind))
                html.Append('<').Append(opens).Append(">\n");
            html.Append(Block(blocks[i]));
            if (ListTag(kind) is { } closes && (i + 1 == blocks.Count || blocks[i + 1].Kind != kind))
                html.Append("</").Append(closes).Append(">\n");
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static string Block(LetterBlock block)
    {
        var tag = block.Kind switch
        {
            LetterBlockKind.Heading => "h2",
            LetterBlockKind.Paragraph => "p",
            _ => "li",
        };
        var lines = block.Lines.Select(line => string.Concat(line.Select(Run)));
        return $"<{tag}>{string.Join("<br>\n", lines)}</{tag}>\n";
    }

    private static string Run(LetterRun run) => run.Strong ? $"<strong>{Encode(run.Text)}</strong>" : Encode(run.Text);

    private static string? ListTag(LetterBlockKind kind) => kind switch
    {
        LetterBlockKind.Bullet => "ul",
        LetterBlockKind.Numbered => "ol",
        _ => null,
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text.Replace('\u00A0', ' '));
}
