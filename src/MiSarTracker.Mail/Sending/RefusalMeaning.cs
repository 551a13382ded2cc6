namespace MiSarTracker.Mail.Sending;

/// <summary>What a refusal means, in one sentence. Codes: RFC 5321 (4.2), RFC 3463, RFC 7372 and the register that IANA keeps.</summary>
internal static class RefusalMeaning
{
    public static string Of(SmtpReply reply) =>
        ByEnhancedCode(reply.EnhancedCode) ?? ByCode(reply.Code) ?? (reply.IsPermanent
            ? "The mail server refused the letter for good."
            : "The mail server refused the letter for now; it may be tried again.");

    private static string? ByEnhancedCode(string? enhanced) => enhanced is null ? null : (enhanced[0], enhanced[2..]) switch
    {
        ('5', "1.1" or "1.6") => "The recipient's mailbox does not exist.",
        ('5', "1.2" or "4.4") => "The recipient's domain does not exist or takes no mail.",
        ('5', "1.3") => "The server does not accept the recipient's address as an address.",
        ('5', "1.7" or "1.8") => "The server does not accept the sender's address.",
        ('5', "1.10") => "The recipient's domain has declared that it takes no mail at all.",
        ('5', "2.1") => "The recipient's mailbox exists but is closed.",
        (_, "2.2") => "The recipient's mailbox is full.",
        ('4', "2.1") => "The recipient's mailbox is busy or closed for the moment; the letter may be tried again.",
        (_, "3.4" or "2.3") => "The letter is larger than the server takes; send it without attachments.",
        ('4', "3.1" or "3.2") => "The mail server is out of space or out of order for the moment; the letter may be tried again.",
        (_, "7.0" or "7.1" or "7.2") => "The server's rules do not let this letter through.",
        (_, "7.20" or "7.21" or "7.22" or "7.23" or "7.24" or "7.25" or "7.26" or "7.27" or "7.29") =>
            "The server takes the letter for forged: the sender's domain does not vouch for this mail server. Send through the provider of the sender's own address.",
        _ => null,
    };

    private static string? ByCode(int code) => code switch
    {
        421 => "The mail server is closing down for the moment; the letter may be tried again.",
        450 => "The recipient's mailbox is not available for the moment; the letter may be tried again.",
        451 => "The mail server asks to come back later; many do so with every first letter of a stranger.",
        452 => "The mail server is out of space for the moment; the letter may be tried again.",
        501 or 553 => "The server does not accept one of the addresses.",
        530 or 538 => "The server wants a sign-in before it takes mail; the setting has no user, or the server another rule.",
        550 => "The recipient's mailbox does not exist, or the server's rules forbid the letter.",
        551 => "The server does not deliver for this recipient.",
        552 => "The letter is larger than the server or the mailbox takes.",
        554 => "The mail server refused the letter after it had looked at it.",
        _ => null,
    };
}
