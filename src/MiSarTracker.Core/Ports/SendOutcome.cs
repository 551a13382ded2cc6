using System.Globalization;

namespace MiSarTracker.Core.Ports;

/// <summary>What is known about one attempt to send one letter. Exactly one of the four cases below.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>One plain sentence for a person.</summary>
    public abstract string Sentence { get; }

    /// <summary>The server took the letter over.</summary>
    /// <param name="Code">Its reply code after the data, 250.</param>
    /// <param name="Reply">Its words, usually with the number under which it queued the letter.</param>
    /// <param name="DeliveryReportRequested">Whether the server offers delivery reports (RFC 3461), and one was asked for.</param>
    public sealed record Accepted(int Code, string Reply, bool DeliveryReportRequested) : SendOutcome
    {
        public override string Sentence => $"The mail server accepted the letter: {Text(Code, Reply)}.";
    }

    /// <summary>The server said no, at a point where this means that it does not have the letter.</summary>
    /// <param name="Code">The three-digit reply code.</param>
    /// <param name="EnhancedCode">The enhanced status code (RFC 3463), "5.1.1", or null.</param>
    /// <param name="Reply">The server's words.</param>
    /// <param name="Permanent">False for 4xx (the same letter may be tried later), true for 5xx.</param>
    /// <param name="Explanation">What that means, in a sentence.</param>
    public sealed record Refused(int Code, string? EnhancedCode, string Reply, bool Permanent, string Explanation) : SendOutcome
    {
        public override string Sentence => $"{Explanation} The server's words: {Text(Code, Reply)}.";
    }

    /// <summary>
    /// The whole letter was handed over, and the line broke before the reply. Nobody can say from here whether it was delivered;
    /// a repeat has the same Message-ID and the same bytes, so that a second copy is recognisable as one.
    /// </summary>
    public sealed record Unknown(string Reason) : SendOutcome
    {
        public override string Sentence =>
            $"It is not known whether the server took the letter: {Reason} Look into the Sent folder or wait for a delivery report before it is sent again.";
    }

    /// <summary>The attempt ended before the letter was handed over; the server does not have it.</summary>
    /// <param name="Reason">What happened, in a sentence.</param>
    /// <param name="Retryable">Whether the same attempt may succeed later without anybody changing a setting.</param>
    /// <param name="Remedy">What to do about it, or null when waiting is enough.</param>
    public sealed record NotSent(string Reason, bool Retryable, string? Remedy = null) : SendOutcome
    {
        public override string Sentence => Remedy is null ? Reason : $"{Reason} {Remedy}";
    }

    private static string Text(int code, string reply) => string.Create(CultureInfo.InvariantCulture, $"{code} {reply}").TrimEnd(' ', '.');
}
