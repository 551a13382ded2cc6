using System.Globalization;

namespace MiSarTracker.Core.Ports;

/// <summary>
/// One mail address (RFC 5321 Mailbox, dot-atom form), such as <c>privacy@xiaomi.com</c>. It cannot carry a second address,
/// a display name, a quoted local part, a route or a control character, so whatever is built from it cannot gain a recipient
/// or a header. The domain is kept in ASCII (an international domain in its <c>xn--</c> form), lower case.
/// </summary>
public sealed record EmailAddress
{
    /// <summary>RFC 5321 4.5.3.1.3: a path has at most 256 octets, two of them the angle brackets.</summary>
    public const int MaxLength = 254;
    private const int MaxLocalPart = 64;
    private const int MaxLabel = 63;
    private const string AtomSpecials = "!#$%&'*+-/=?^_`{|}~";
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string localPart, string domain)
    {
        LocalPart = localPart;
        Domain = domain;
    }

    public string LocalPart { get; }

    /// <summary>ASCII, lower case.</summary>
    public string Domain { get; }

    /// <summary>Reads one address.</summary>
    /// <param name="text">The address alone: no name, no angle brackets.</param>
    /// <param name="source">What is being read, for the message ("--to", "templates/vendors/x.json").</param>
    /// <exception cref="BadInput">It is not one plain address; the reason says what is wrong with it.</exception>
    public static EmailAddress Parse(string text, string source = "mail address")
    {
        if (Reason(text, out EmailAddress? address) is { } reason)
            throw new BadInput(source, null, reason, "Write one plain address, such as privacy@example.com.");
        return address!;
    }

    public static bool TryParse(string text, out EmailAddress? address) => Reason(text, out address) is null;

    public override string ToString() => LocalPart + "@" + Domain;

    private static string? Reason(string text, out EmailAddress? address)
    {
        address = null;
        if (text.Length == 0)
            return "is empty";
        if (text.Length > MaxLength)
            return string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters; an address has at most {MaxLength}");
        foreach (char c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                return string.Create(CultureInfo.InvariantCulture, $"holds the control character U+{(int)c:X4}");
        }
        int at = text.LastIndexOf('@');
        if (at < 0)
            return $"\"{text}\" has no @";
        string local = text[..at];
        if (ReasonAgainstLocalPart(local) is { } localReason)
            return $"\"{text}\" {localReason}";
        if (ReasonAgainstDomain(text[(at + 1)..], out string domain) is { } domainReason)
            return $"\"{text}\" {domainReason}";
        address = new EmailAddress(local, domain);
        return null;
    }

    private static string? ReasonAgainstLocalPart(string local)
    {
        if (local.Length == 0)
            return "has nothing before the @";
        if (local.Length > MaxLocalPart)
            return string.Create(CultureInfo.InvariantCulture, $"has {local.Length} characters before the @; there may be {MaxLocalPart}");
        if (local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal))
            return "has a dot at a place where none may stand";
        foreach (char c in local)
        {
            if (c > '\u007f')
                return "has a letter before the @ that is not ASCII; such mailboxes need an extension (SMTPUTF8) that is not supported";
            if (!char.IsAsciiLetterOrDigit(c) && c != '.' && !AtomSpecials.Contains(c, StringComparison.Ordinal))
                return $"has the character '{c}' before the @";
        }
        return null;
    }

    private static string? ReasonAgainstDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = Idn.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "has no usable domain after the @";
        }
        foreach (string label in domain.Split('.'))
        {
            if (label.Length is 0 or > MaxLabel || label.StartsWith('-') || label.EndsWith('-')
                || !label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                return "has no usable domain after the @";
        }
        return null;
    }
}
