using System.Globalization;
using System.Text;

namespace MiSarTracker.Core.Ports;

/// <summary>
/// One mail address as it may stand in an envelope and in a header: <c>local@domain</c> (RFC 5321 Mailbox in its
/// plain form), nothing else. Quoted local parts, comments, routes, address literals, display names and lists are
/// legal mail but no address of a person or an office; they are refused because they are how a second recipient
/// or a header is smuggled in.
/// </summary>
public sealed record EmailAddress
{
    private const int LongestLocalPart = 64;
    private const int LongestDomain = 253;
    private const int LongestAddress = 254;
    private const int LongestLabel = 63;

    private EmailAddress(string localPart, string domain) => (LocalPart, Domain) = (localPart, domain);

    /// <summary>What stands before the @, as written; its case may matter to the receiving server.</summary>
    public string LocalPart { get; }

    /// <summary>What stands after the @: lower case, in ASCII (internationalised names as <c>xn--…</c>).</summary>
    public string Domain { get; }

    /// <summary>The whole address, ASCII, at most 254 characters.</summary>
    public string Value => LocalPart + "@" + Domain;

    /// <summary>Reads one plain address; blanks (only spaces) at both ends are dropped.</summary>
    /// <param name="field">What the address is for ("the controller's address"); it stands in the message.</param>
    /// <exception cref="BadInput">Anything that is not exactly one plain address; says why.</exception>
    public static EmailAddress Parse(string? text, string field = "mail address")
    {
        var value = (text ?? "").Trim(' ');
        if (value.Length == 0)
            throw new BadInput(field, null, "is empty; an address such as name@example.org is expected");
        if (value.Length > LongestAddress)
            throw new BadInput(field, null, $"is longer than the {LongestAddress} characters that an address may have");

        RefuseForeignCharacters(value, field);
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            throw new BadInput(field, null, $"\"{value}\" has no @; an address such as name@example.org is expected");
        if (value.LastIndexOf('@') != at)
            throw new BadInput(field, null, "holds more than one @; exactly one address is expected");

        var localPart = value[..at];
        if (LocalPartFault(localPart) is { } localFault)
            throw new BadInput(field, null, localFault);
        var domain = AsciiDomain(value[(at + 1)..], field);
        if (localPart.Length + 1 + domain.Length > LongestAddress)
            throw new BadInput(field, null, $"is longer than the {LongestAddress} characters that an address may have");
        return new EmailAddress(localPart, domain);
    }

    /// <summary>True with the address, or false for anything that <see cref="Parse"/> refuses.</summary>
    public static bool TryParse(string? text, out EmailAddress? address)
    {
        try
        {
            address = Parse(text, "address");
            return true;
        }
        catch (BadInput)
        {
            address = null;
            return false;
        }
    }

    /// <summary>The whole address.</summary>
    public override string ToString() => Value;

    /// <summary>Whether both lead to the same mailbox as far as anyone but the receiving server can tell: ignoring case.</summary>
    public bool SameMailbox(EmailAddress other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    private static void RefuseForeignCharacters(string value, string field)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var fault = c switch
            {
                '\r' or '\n' or '\u0085' or '\u2028' or '\u2029' => "a line break",
                _ when char.IsControl(c) => "a control character",
                ' ' or '\u00A0' => "a blank",
                ',' or ';' => "a separator; exactly one address is expected",
                '<' or '>' => "an angle bracket; give the address alone, without a name",
                '"' => "a quotation mark; quoted local parts are not accepted",
                '(' or ')' or '\\' or '[' or ']' or ':' => $"\"{c}\", which no plain address has",
                _ => null,
            };
            if (fault is not null)
                throw new BadInput(field, $"character {(i + 1).ToString(CultureInfo.InvariantCulture)}", $"holds {fault}");
        }
    }

    private static string? LocalPartFault(string localPart) => localPart switch
    {
        "" => "has nothing before the @",
        { Length: > LongestLocalPart } => $"has more than {LongestLocalPart} characters before the @",
        _ when localPart.Any(c => !IsAtomOrDot(c)) => "has a character before the @ that a plain address cannot have (letters of a-z, digits and !#$%&'*+/=?^_`{|}~.- are possible)",
        _ when localPart.Split('.').Any(atom => atom.Length == 0) => "has a dot at the start or end of the part before the @, or two in a row",
        _ => null,
    };

    private static bool IsAtomOrDot(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal);

    private static string AsciiDomain(string domain, string field)
    {
        // IdnMapping takes invisible and direction characters as they come when it runs without ICU.
        if (!domain.EnumerateRunes().All(IsDomainRune))
            throw new BadInput(field, null, "has a character after the @ that no domain has");
        string ascii;
        try
        {
            ascii = domain.All(char.IsAscii) ? domain : new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
        }
        catch (ArgumentException e)
        {
            throw new BadInput(field, null, "has no valid domain after the @", inner: e);
        }

        ascii = ascii.ToLowerInvariant();
        var labels = ascii.Split('.');
        if (ascii.Length is 0 or > LongestDomain || labels.Any(label => !IsLabel(label)) || labels[^1].All(char.IsAsciiDigit))
            throw new BadInput(field, null, "has no valid domain after the @ (a name such as example.org is expected)");
        return ascii;
    }

    private static bool IsDomainRune(Rune rune) =>
        rune.Value is '-' or '.' || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && label[0] != '-'
        && label[^1] != '-';
}
