using MiSarTracker.Core.Cases;
using NodaTime;

namespace MiSarTracker.Core.Inbox;

/// <summary>What a report says about one letter (RFC 3464, action; RFC 8098).</summary>
public enum DeliveryAction
{
    Delivered,

    /// <summary>Handed to a system that sends no reports: on its way, no more.</summary>
    Relayed,

    /// <summary>Handed to a list of further receivers.</summary>
    Expanded,

    Delayed,

    Failed,

    /// <summary>Shown to somebody, or deleted unread: it was there in either case.</summary>
    Displayed,
}

/// <summary>
/// Writes at a letter of ours what a report says about its arrival. The letter stays what the server's word made it (accepted), its
/// clock stays as it is: a report can be forged by anybody who knows the letter, and what it means for the clock is decided elsewhere.
/// </summary>
/// <param name="Mail">The report as filed, <c>M-001</c>.</param>
/// <param name="Words">What the report says, one line.</param>
public sealed record ReportDelivery(string Letter, DeliveryAction Action, string Words, string Mail) : IVerb<ReportDelivery>
{
    public static Decision Decide(Case @case, ReportDelivery command, Instant now)
    {
        Steps.RequireOpen(@case, "a report of delivery");
        var letter = @case.Letter(command.Letter);
        var words = Sentence(command);
        if (letter.ServerReply is { } said && said.Contains(words, StringComparison.Ordinal))
            return Decision.Nothing(@case);
        var after = @case.With(letter with { ServerReply = letter.ServerReply is { Length: > 0 } reply ? $"{reply} · {words}" : words });
        return Decision.Of(after, "letter-" + ContractName.Of(command.Action), $"{command.Letter}: {words}", Payload.Of(
            ("letter", command.Letter),
            ("action", ContractName.Of(command.Action)),
            ("words", command.Words),
            ("mail", command.Mail)));
    }

    private static string Sentence(ReportDelivery command)
    {
        var what = command.Action switch
        {
            DeliveryAction.Delivered => "delivered",
            DeliveryAction.Relayed => "passed on to a server that sends no reports",
            DeliveryAction.Expanded => "passed on to several receivers",
            DeliveryAction.Delayed => "delayed; the servers go on trying",
            DeliveryAction.Failed => "came back, it did not arrive",
            _ => "was shown to its receiver",
        };
        return command.Words.Length == 0 ? $"{what} (report {command.Mail})" : $"{what} (report {command.Mail}: {command.Words})";
    }
}
