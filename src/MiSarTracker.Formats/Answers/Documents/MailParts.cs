using MimeKit;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>
/// A mail's parts, sorted: the texts that make up its body, and everything else. Of renditions of the same text the
/// plain one is taken, and the page only when there is no other.
/// </summary>
internal sealed class MailParts
{
    private readonly List<TextPart> _texts = [];
    private readonly List<MimeEntity> _others = [];
    private readonly int _deepest;

    private MailParts(int deepest) => _deepest = deepest;

    public IReadOnlyList<TextPart> Texts => _texts;

    /// <summary>Attachments, pictures, mails inside the mail.</summary>
    public IReadOnlyList<MimeEntity> Others => _others;

    public bool TooDeep { get; private set; }

    public static MailParts Of(MimeMessage message, int deepest)
    {
        var parts = new MailParts(deepest);
        if (message.Body is not null)
            parts.Sort(message.Body, 0, takeTexts: true);

        return parts;
    }

    private void Sort(MimeEntity entity, int depth, bool takeTexts)
    {
        if (depth > _deepest)
        {
            TooDeep = true;
            return;
        }

        switch (entity)
        {
            case Multipart alternatives when alternatives.ContentType.IsMimeType("multipart", "alternative"):
                SortAlternatives(alternatives, depth, takeTexts);
                break;
            case Multipart several:
                foreach (var part in several)
                    Sort(part, depth + 1, takeTexts);
                break;
            case TextPart text when IsBody(text):
                if (takeTexts)
                    _texts.Add(text);
                break;
            default:
                _others.Add(entity);
                break;
        }
    }

    private void SortAlternatives(Multipart alternatives, int depth, bool takeTexts)
    {
        var chosen = alternatives.FirstOrDefault(part => HasText(part, depth, plain: true))
            ?? alternatives.FirstOrDefault(part => HasText(part, depth, plain: false));
        foreach (var part in alternatives)
            Sort(part, depth + 1, takeTexts && ReferenceEquals(part, chosen));
    }

    private bool HasText(MimeEntity entity, int depth, bool plain) => entity switch
    {
        Multipart several => depth < _deepest && several.Any(part => HasText(part, depth + 1, plain)),
        TextPart text => IsBody(text) && (!plain || text.IsPlain),
        _ => false,
    };

    private static bool IsBody(TextPart text) =>
        (text.IsPlain || text.IsHtml) && !text.IsAttachment && string.IsNullOrEmpty(text.FileName);
}
