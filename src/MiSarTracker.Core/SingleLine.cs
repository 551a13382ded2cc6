using System.Globalization;

namespace MiSarTracker.Core;

/// <summary>
/// A text that stays on one line wherever it is put: a subject, a name, one line of a postal address. It cannot add
/// a header to a mail, a line to a letter, or turn the reading direction around, because the characters that
/// could are refused when it is made.
/// </summary>
public sealed record SingleLine
{
    /// <summary>The longest that is accepted, in UTF-16 code units: far beyond any name, far below RFC 5322's 998 octets after encoding.</summary>
    public const int LongestLength = 400;

    private SingleLine(string value) => Value = value;

    /// <summary>The text: not empty, no blanks at its ends, no control, line or direction characters, well-formed Unicode.</summary>
    public string Value { get; }

    /// <summary>Reads <paramref name="text"/>; blanks at both ends are dropped, anything unsafe is refused.</summary>
    /// <param name="field">What the text is, as the person knows it ("the name of the controller"); it stands in the message.</param>
    /// <exception cref="BadInput">Empty, too long, or holding a character that must not stand in one line; says which and where.</exception>
    public static SingleLine Parse(string? text, string field)
    {
        var value = (text ?? "").Trim(' ');
        if (value.Length == 0)
            throw new BadInput(field, null, "is empty; a text on one line is expected");
        if (value.Length > LongestLength)
            throw new BadInput(field, null, $"has {Number(value.Length)} characters; at most {Number(LongestLength)} fit on one line");

        for (var i = 0; i < value.Length; i++)
        {
            if (FaultAt(value, i) is { } fault)
                throw new BadInput(field, $"character {Number(i + 1)}", $"{fault} (U+{(int)value[i]:X4}) must not stand in a single line");
            if (char.IsHighSurrogate(value[i]))
                i++;
        }

        return new SingleLine(value);
    }

    /// <summary>As <see cref="Parse"/>, but null for a text that is missing or blank.</summary>
    /// <exception cref="BadInput">There, but unsafe.</exception>
    public static SingleLine? ParseOptional(string? text, string field) =>
        text is null || text.All(c => c == ' ') ? null : Parse(text, field);

    /// <summary>The text itself, so that it can be put into a sentence.</summary>
    public override string ToString() => Value;

    private static string? FaultAt(string value, int i)
    {
        var c = value[i];
        if (char.IsHighSurrogate(c))
            return i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) ? null : "half of a character";
        return c switch
        {
            _ when char.IsLowSurrogate(c) => "half of a character",
            '\r' or '\n' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' => "a line break",
            _ when char.IsControl(c) => "a control character",
            (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => "a character that turns the reading direction around",
            '\uFEFF' or '\uFFFE' or '\uFFFF' => "no character",
            _ => null,
        };
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
