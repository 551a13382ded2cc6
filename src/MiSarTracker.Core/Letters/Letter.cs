namespace MiSarTracker.Core.Letters;

/// <summary>A letter as it would be sent, before it becomes a mail or a page.</summary>
/// <param name="Subject">One line; holds the case reference in brackets, <c>[SAR-2026-0001]</c>.</param>
/// <param name="Text">Plain text, lines ended by LF and at most <see cref="PlainText.Width"/> characters long unless one word is longer; ends with one LF.</param>
/// <param name="Html">The same words as a whole HTML document (UTF-8, no script, no picture, nothing loaded from anywhere).</param>
/// <param name="Kind">What the letter is for.</param>
/// <param name="Language">BCP 47 language tag of its words, for example <c>en</c>.</param>
public sealed record Letter(SingleLine Subject, string Text, string Html, LetterKind Kind, string Language);
