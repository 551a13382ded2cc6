using MiSarTracker.Core.Cases;

namespace MiSarTracker.Core.Inbox;

/// <summary>What a mail that came in is. Those of <see cref="ReplyKind"/> may move a clock when the person confirms them; the others never do.</summary>
public enum MailKind
{
    /// <summary>No rule decides, or two that exclude each other do.</summary>
    Unclear,

    Acknowledgement,

    Answer,

    /// <summary>An answer that says itself that more is to come, or that something is left out.</summary>
    Partial,

    Extension,

    Identity,

    Clarification,

    Refusal,

    Fee,

    NotController,

    /// <summary>A server or a mailer says that a letter of ours did not arrive.</summary>
    Bounce,

    /// <summary>A server says that a letter of ours arrived, or is on its way.</summary>
    DeliveryReport,

    /// <summary>The receiver's program says that a letter of ours was shown (RFC 8098).</summary>
    ReadReceipt,

    /// <summary>A program wrote it by itself (RFC 3834): out of office, ticket opened, newsletter.</summary>
    Automatic,
}

public static class MailKinds
{
    /// <summary>The kind of a controller's message that the case knows; null for what is none.</summary>
    public static ReplyKind? AsReply(this MailKind kind) => kind switch
    {
        MailKind.Acknowledgement => ReplyKind.Acknowledgement,
        MailKind.Answer or MailKind.Partial => ReplyKind.Answer,
        MailKind.Extension => ReplyKind.Extension,
        MailKind.Identity => ReplyKind.Identity,
        MailKind.Clarification => ReplyKind.Clarification,
        MailKind.Refusal => ReplyKind.Refusal,
        MailKind.Fee => ReplyKind.Fee,
        MailKind.NotController => ReplyKind.NotController,
        _ => null,
    };

    /// <summary>Whether a machine wrote it: such a mail moves no clock, whatever its words are.</summary>
    public static bool IsByMachine(this MailKind kind) => kind is MailKind.Bounce or MailKind.DeliveryReport or MailKind.ReadReceipt or MailKind.Automatic;
}
