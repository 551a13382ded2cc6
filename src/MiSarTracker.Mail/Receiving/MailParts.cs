using System.Text;
using MimeKit;
using MimeKit.IO;
using MimeKit.Text;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Receiving;

/// <summary>A mail's parts: the texts that make up its body, and the files that it brings.</summary>
internal static class MailParts
{
    private const int MostParts = 5_000;
    private const int LongestText = 2_000_000;

    /// <summary>All leaves and containers but the insides of mails that are attached, at most some thousands.</summary>
    public static IEnumerable<MimeEntity> All(MimeMessage message)
    {
        var waiting = new Stack<MimeEntity>();
        if (message.Body is not null)
            waiting.Push(message.Body);
        for (int count = 0; count < MostParts && waiting.TryPop(out MimeEntity? part); count++)
        {
            yield return part;
            if (part is Multipart several)
            {
                foreach (MimeEntity child in several.Reverse())
                    waiting.Push(child);
            }
        }
    }

    /// <summary>What a person reads: of renditions of the same text the plain one, else the page without its marks.</summary>
    public static string Text(MimeMessage message)
    {
        if (message.Body is null)
            return "";
        var text = new StringBuilder();
        Gather(message.Body, text, 0);
        return text.ToString().Trim();
    }

    public static IReadOnlyList<MailAttachment> Attachments(MimeMessage message)
    {
        bool isReport = message.Body is MultipartReport;
        return [.. All(message).Where(part => part is not Multipart && !IsBody(part) && !isReport).Select(part => new MailAttachment(NameOf(part), part.ContentType.MimeType, SizeOf(part)))];
    }

    private static void Gather(MimeEntity part, StringBuilder text, int depth)
    {
        if (depth > 50 || text.Length > LongestText)
            return;
        switch (part)
        {
            case Multipart alternatives when alternatives.ContentType.IsMimeType("multipart", "alternative"):
                MimeEntity? chosen = alternatives.FirstOrDefault(one => one is TextPart { IsPlain: true } && IsBody(one)) ?? alternatives.LastOrDefault(one => one is Multipart || IsBody(one));
                if (chosen is not null)
                    Gather(chosen, text, depth + 1);
                break;
            case Multipart several:
                foreach (MimeEntity one in several)
                    Gather(one, text, depth + 1);
                break;
            case TextPart leaf when IsBody(leaf) && SizeOf(leaf) <= LongestText:
                text.Append(leaf.IsHtml ? PageText(leaf.Text) : leaf.Text).Append("\n\n");
                break;
        }
    }

    private static bool IsBody(MimeEntity part) => part is TextPart { IsAttachment: false } text && (text.IsPlain || text.IsHtml) && string.IsNullOrEmpty(text.FileName);

    private static string NameOf(MimeEntity part) => ServerText.Clean(part.ContentDisposition?.FileName ?? part.ContentType.Name ?? "") is { Length: > 0 } name
        ? name
        : part is MessagePart ? "message.eml" : $"part.{ServerText.Clean(part.ContentType.MediaSubtype)}";

    private static long SizeOf(MimeEntity part)
    {
        using var measure = new MeasuringStream();
        if (part is MimePart { Content: { } content })
            content.DecodeTo(measure);
        else if (part is MessagePart { Message: { } message })
            message.WriteTo(measure);
        return measure.Length;
    }

    /// <summary>A page as text; the address of a link stands behind its words, for a person looks for it there.</summary>
    private static string PageText(string html)
    {
        using var reader = new StringReader(html);
        var tokenizer = new HtmlTokenizer(reader) { DecodeCharacterReferences = true, IgnoreTruncatedTags = true };
        var text = new StringBuilder();
        HtmlTagId? hidden = null;
        string? link = null;
        while (tokenizer.ReadNextToken(out HtmlToken? token))
        {
            if (token is HtmlTagToken tag)
            {
                if (hidden is not null)
                    hidden = tag.IsEndTag && tag.Id == hidden ? null : hidden;
                else if (tag.Id is HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title && !tag.IsEndTag && !tag.IsEmptyElement)
                    hidden = tag.Id;
                else
                    link = Mark(text, tag, link);
            }
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && hidden is null)
                text.Append(string.Join(' ', data.Data.Split([' ', '\t', '\r', '\n'])));
        }

        return text.ToString();
    }

    private static string? Mark(StringBuilder text, HtmlTagToken tag, string? link)
    {
        switch (tag.Id)
        {
            case HtmlTagId.Br:
                text.Append('\n');
                return link;
            case HtmlTagId.A when tag.IsEndTag:
                if (link is not null)
                    text.Append(" <").Append(link).Append('>');
                return null;
            case HtmlTagId.A:
                return tag.Attributes.FirstOrDefault(one => one.Id == HtmlAttributeId.Href)?.Value is { } address && address.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? address : null;
            case HtmlTagId.BlockQuote when !tag.IsEndTag:
                text.Append("\n\n> ");
                return link;
            case HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.Table or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.BlockQuote
                or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4:
                text.Append("\n\n");
                return link;
            default:
                return link;
        }
    }
}
