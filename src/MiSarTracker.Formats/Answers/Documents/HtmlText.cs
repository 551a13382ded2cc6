using System.Text;
using MimeKit.Text;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>What a person reads on a page: tags dropped, entities decoded, blocks on lines of their own.</summary>
internal static class HtmlText
{
    public static string Of(TextReader html)
    {
        var tokenizer = new HtmlTokenizer(html) { DecodeCharacterReferences = true, IgnoreTruncatedTags = true };
        var text = new StringBuilder();
        HtmlTagId? hidden = null;
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag when hidden is not null:
                    hidden = tag.IsEndTag && tag.Id == hidden ? null : hidden;
                    break;
                case HtmlTagToken { Id: HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title, IsEndTag: false, IsEmptyElement: false } tag:
                    hidden = tag.Id;
                    break;
                case HtmlTagToken tag:
                    AppendBreak(text, tag);
                    break;
                case HtmlDataToken data when hidden is null && data.Kind == HtmlTokenKind.Data:
                    AppendWords(text, data.Data);
                    break;
            }
        }

        return text.ToString().Trim();
    }

    private static void AppendBreak(StringBuilder text, HtmlTagToken tag)
    {
        switch (tag.Id)
        {
            case HtmlTagId.Br:
                text.Append('\n');
                break;
            case HtmlTagId.TD or HtmlTagId.TH when !tag.IsEndTag && text.Length > 0 && text[^1] != '\n':
                text.Append('\t');
                break;
            case HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.Table or HtmlTagId.UL or HtmlTagId.OL
                or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.BlockQuote:
                if (text.Length > 0 && text[^1] != '\n')
                    text.Append('\n');
                break;
        }
    }

    /// <summary>White space in a page's source is one space, and none at the beginning of a line.</summary>
    private static void AppendWords(StringBuilder text, string data)
    {
        foreach (var character in data)
        {
            if (character is not (' ' or '\t' or '\r' or '\n'))
                text.Append(character);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n' or '\t'))
                text.Append(' ');
        }
    }
}
