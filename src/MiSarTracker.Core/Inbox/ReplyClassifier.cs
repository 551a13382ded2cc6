using System.Text.RegularExpressions;
using MiSarTracker.Core.Article15;

namespace MiSarTracker.Core.Inbox;

/// <summary>What a sentence of a mail speaks for.</summary>
/// <param name="Sentence">In the mail's own words.</param>
public sealed record ReplySign(MailKind Kind, string Sentence, string Rule, string Because, bool Strong);

/// <summary>What a mail is taken for, and why. A guess: the person confirms what moves the clock.</summary>
/// <param name="Sign">The sentence that decided; null when it was no sentence, or nothing decided.</param>
/// <param name="Also">What its other sentences speak for.</param>
/// <param name="Why">When no sentence decided: a header, an attachment, or what makes it unclear.</param>
public sealed record ReplyGuess(MailKind Kind, ReplySign? Sign, IReadOnlyList<ReplySign> Also, string? Why);

/// <summary>
/// Tells a controller's replies apart by rules over sentences (templates/replies). A machine's mail is known by its headers first,
/// for its words may be anybody's. Where two kinds that exclude each other are named, it says so instead of choosing.
/// </summary>
public sealed class ReplyClassifier(IReadOnlyList<ReplyRules> rules)
{
    private const int MostSentences = 400;

    /// <summary>Shorter pieces of a letter of ours may be anybody's words.</summary>
    private const int ShortestOwn = 25;

    /// <summary>Enough of a text to know its languages by.</summary>
    private const int LongestSample = 20_000;

    private static readonly MailKind[] Questions = [MailKind.Identity, MailKind.Clarification, MailKind.Fee];

    /// <param name="mail">Its own words only: without the mails that it quotes (<see cref="OwnWords"/>).</param>
    /// <param name="ourText">The letter that it answers; its sentences are not the controller's, whether they are marked as a quotation or not.</param>
    /// <param name="hasFiles">It carries attachments that may be data, or links to them.</param>
    public ReplyGuess Classify(MailFacts mail, string ourText, bool hasFiles)
    {
        var signs = Signs(mail, ourText);
        if (mail.Report is { } report)
            return OfReport(report, signs);
        if (mail.Robot.IsAutomatic)
            return new ReplyGuess(MailKind.Automatic, null, signs, $"A program wrote it: {string.Join(", ", mail.Robot.Reasons)}.");
        if (signs.FirstOrDefault(sign => sign.Strong) is { } strong)
            return new ReplyGuess(strong.Kind, strong, Others(signs, strong.Kind), null);
        var kinds = signs.Select(sign => sign.Kind).Where(kind => kind is not (MailKind.Acknowledgement or MailKind.Automatic)).Distinct().ToList();
        // What is left out is left out of an answer; in a question or a refusal such words mean something else.
        if (kinds.Count > 1 && !kinds.Contains(MailKind.Answer))
            kinds.Remove(MailKind.Partial);
        return kinds.Count switch
        {
            0 when First(signs, MailKind.Acknowledgement) is { } receipt && !(hasFiles && mail.Text.Length == 0) => Of(receipt, signs),
            0 when First(signs, MailKind.Automatic) is { } machine => Of(machine, signs),
            0 => new ReplyGuess(MailKind.Unclear, null, [], hasFiles ? "It brings files or links, and no sentence says what they are." : "No rule knows any of its sentences."),
            1 => Of(First(signs, kinds[0])!, signs),
            _ => Several(kinds, signs),
        };
    }

    /// <summary>The day that the controller names, as it writes it; null when none is named in a sentence about an extension.</summary>
    public string? UntilIn(ReplyGuess guess)
    {
        if (guess.Sign is not { Kind: MailKind.Extension } sign)
            return null;
        foreach (var language in rules)
        {
            var folded = Folding.Fold(Folding.Clean(sign.Sentence));
            if (Regex.Match(folded, language.Until.Expression, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250)) is { Success: true } match)
                return match.Value;
        }

        return null;
    }

    /// <summary>
    /// The sentence that gives reasons for what the controller does or asks: the one that decided, else another of the mail. Null when no sentence
    /// does. Whether they are good ones is for a person to say; that there are some must not be overlooked.
    /// </summary>
    /// <param name="text">The mail's own words.</param>
    public string? ReasonsIn(ReplyGuess guess, string text)
    {
        if (guess.Sign is not { Kind: MailKind.Extension or MailKind.Identity or MailKind.Fee or MailKind.Refusal } sign)
            return null;
        var spoken = Spoken(text);
        return SentencesOf(text).Take(MostSentences).Prepend(sign.Sentence).Select(sentence => Folding.Clean(sentence))
            .FirstOrDefault(sentence => spoken.Any(language => language.Reasons.IsMatch(Folding.Fold(sentence))));
    }

    private static ReplyGuess OfReport(MailReport report, List<ReplySign> signs) => report.Action switch
    {
        DeliveryAction.Failed => new ReplyGuess(MailKind.Bounce, null, [], $"A delivery report says that it failed{Reason(report)}."),
        DeliveryAction.Displayed => new ReplyGuess(MailKind.ReadReceipt, null, [], "The receiver's program says that it was shown."),
        { } action => new ReplyGuess(MailKind.DeliveryReport, null, [], $"A delivery report says: {Cases.ContractName.Of(action)}{Reason(report)}."),
        null when First(signs, MailKind.Bounce) is { } bounce => Of(bounce, signs),
        null => new ReplyGuess(MailKind.Bounce, null, [], "A mail system writes that it could not deliver."),
    };

    private static string Reason(MailReport report) => report.Status is null ? "" : $" ({report.Status})";

    private static ReplyGuess Several(List<MailKind> kinds, List<ReplySign> signs)
    {
        // An answer that leaves something out, or brings a part and refuses the rest.
        if (kinds.Contains(MailKind.Answer) && kinds.All(kind => kind is MailKind.Answer or MailKind.Partial))
            return Of(First(signs, MailKind.Partial)!, signs);
        if (kinds.Contains(MailKind.Answer) && kinds.All(kind => kind is MailKind.Answer or MailKind.Partial or MailKind.Refusal))
            return Of(First(signs, MailKind.Refusal)! with { Kind = MailKind.Partial }, signs);
        // Several questions in one mail are a question still; who asks for a document to identify somebody asks that above all.
        if (kinds.TrueForAll(kind => Questions.Contains(kind)))
            return Of(First(signs, Questions.First(kinds.Contains))!, signs);
        // A mail that says whose business it is, says no to the rest.
        if (kinds.TrueForAll(kind => kind is MailKind.NotController or MailKind.Refusal))
            return Of(First(signs, MailKind.NotController)!, signs);
        return new ReplyGuess(MailKind.Unclear, null, signs, $"Its sentences speak for {string.Join(" and ", kinds.Select(Cases.ContractName.Of))}.");
    }

    private static ReplyGuess Of(ReplySign sign, List<ReplySign> signs) => new(sign.Kind, sign, Others(signs, sign.Kind), null);

    private static IReadOnlyList<ReplySign> Others(List<ReplySign> signs, MailKind kind) => [.. signs.Where(sign => sign.Kind != kind)];

    private static ReplySign? First(List<ReplySign> signs, MailKind kind) => signs.Find(sign => sign.Kind == kind);

    /// <summary>The first sentence for each kind, in the order of the text; the subject comes last, for it is often ours.</summary>
    private List<ReplySign> Signs(MailFacts mail, string ourText)
    {
        var own = Flat(ourText);
        var spoken = Spoken(mail.Text);
        var signs = new List<ReplySign>();
        foreach (var sentence in SentencesOf(mail.Text).Take(MostSentences).Where(sentence => !IsOurs(sentence, own)))
            Add(signs, sentence, spoken);
        if (!IsOurs(mail.Subject, own) && !mail.Subject.Contains("SAR-", StringComparison.OrdinalIgnoreCase))
            Add(signs, mail.Subject, spoken);
        return signs;
    }

    /// <summary>
    /// The languages that a text is written in, several for one in several: a French rule must not take an English "refuse" for a word of
    /// its own. All of them for a text too short to tell.
    /// </summary>
    private IReadOnlyList<ReplyRules> Spoken(string text)
    {
        var folded = Folding.Fold(text.Length <= LongestSample ? text : text[..LongestSample]);
        var counts = rules.Select(language => (Language: language, Count: Regex.Count(folded, language.Marks.Expression, RegexOptions.CultureInvariant))).ToList();
        var most = counts.Count == 0 ? 0 : counts.Max(one => one.Count);
        return most < 3 ? rules : [.. counts.Where(one => one.Count * 4 >= most).Select(one => one.Language)];
    }

    private static void Add(List<ReplySign> signs, string sentence, IReadOnlyList<ReplyRules> spoken)
    {
        var folded = Folding.Fold(Folding.Clean(sentence));
        foreach (var rule in spoken.SelectMany(language => language.Rules))
        {
            if (signs.Exists(known => known.Kind == rule.Kind && (known.Strong || !rule.Strong)) || !rule.Cue.Matches(folded))
                continue;
            signs.RemoveAll(known => known.Kind == rule.Kind);
            signs.Add(new ReplySign(rule.Kind, Folding.Clean(sentence), rule.Cue.Id, rule.Cue.Because, rule.Strong));
        }
    }

    private static bool IsOurs(string sentence, string own) => Flat(sentence) is { Length: >= ShortestOwn } flat && own.Contains(flat, StringComparison.Ordinal);

    private static string Flat(string text) => string.Concat(Folding.Fold(text).Where(char.IsLetterOrDigit));

    /// <summary>Lines that were wrapped are joined; a blank line, a list's point or a sentence's end parts.</summary>
    private static IEnumerable<string> SentencesOf(string text)
    {
        foreach (var paragraph in Paragraphs(text))
        {
            var begun = "";
            foreach (var sentence in Sentences.Of(paragraph))
            {
                // "Ihr Schreiben vom 1. November": an ordinal number ends no sentence.
                begun = begun.Length == 0 ? sentence : $"{begun} {sentence}";
                if (EndsInOrdinal(begun))
                    continue;
                yield return begun;
                begun = "";
            }

            if (begun.Length > 0)
                yield return begun;
        }
    }

    private static bool EndsInOrdinal(string text)
    {
        var digits = text.AsSpan(0, text.Length - 1)[^Math.Min(3, text.Length - 1)..];
        return text[^1] == '.' && digits.Length > 0 && char.IsAsciiDigit(digits[^1]) && (digits.IndexOf(' ') >= 0 || digits.Length < 3) && digits[(digits.LastIndexOf(' ') + 1)..].IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static IEnumerable<string> Paragraphs(string text)
    {
        // Chinese ends its sentences without a blank behind them.
        var parted = text.ReplaceLineEndings("\n").Replace("。", "。\n\n", StringComparison.Ordinal).Replace("！", "！\n\n", StringComparison.Ordinal).Replace("？", "？\n\n", StringComparison.Ordinal)
            .Replace("；", "；\n\n", StringComparison.Ordinal);
        var lines = new List<string>();
        foreach (var line in parted.Split('\n').Select(line => Folding.Clean(line)))
        {
            if (line.Length == 0 || line[0] is '-' or '*' or '•')
            {
                if (lines.Count > 0)
                    yield return string.Join(' ', lines);
                lines.Clear();
            }

            if (line.Length > 0)
                lines.Add(line);
        }

        if (lines.Count > 0)
            yield return string.Join(' ', lines);
    }
}
