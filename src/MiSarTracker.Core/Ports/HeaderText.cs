using System.Globalization;

namespace MiSarTracker.Core.Ports;

/// <summary>
/// Text for one mail header (a subject, a display name, a file name): a single line of ordinary characters, so that nothing
/// that a template, a name or a reply puts into it can start a header or end the header block.
/// </summary>
public sealed record HeaderText
{
    /// <summary>Generous for a subject, small enough that no folded header grows without end.</summary>
    public const int MaxLength = 400;

    private HeaderText(string value) => Value = value;

    public string Value { get; }

    /// <param name="text">The text as a person wrote it; blanks at both ends are dropped.</param>
    /// <param name="source">What is being read, for the message ("subject", "your name").</param>
    /// <exception cref="BadInput">The text is too long, holds a line break or another control character, or half a surrogate pair.</exception>
    public static HeaderText Parse(string text, string source)
    {
        string value = text.Trim(' ', '\t');
        if (value.Length > MaxLength)
            throw new BadInput(source, null, string.Create(CultureInfo.InvariantCulture, $"has {value.Length} characters; there may be {MaxLength}"));
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool lone = char.IsSurrogate(c) && !IsPair(value, i);
            if (char.IsControl(c) || c is '\u2028' or '\u2029' || lone)
            {
                string reason = lone ? "holds half a surrogate pair" : $"holds the control character U+{(int)c:X4}";
                throw new BadInput(source, string.Create(CultureInfo.InvariantCulture, $"character {i + 1}"), reason, "Write it on one line.");
            }
        }
        return new HeaderText(value);
    }

    public override string ToString() => Value;

    private static bool IsPair(string text, int at) =>
        char.IsHighSurrogate(text[at])
            ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : at > 0 && char.IsHighSurrogate(text[at - 1]);
}
