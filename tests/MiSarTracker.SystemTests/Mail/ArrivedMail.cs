using System.Text;

namespace MiSarTracker.SystemTests.Mail;

/// <summary>
/// A letter as it lies in the recipient's mailbox. On their way Exim and Dovecot put exactly these headers on top of it and change
/// nothing below them: Return-Path and Delivered-To (Dovecot, at delivery) and Received (each of the two).
/// </summary>
public static class ArrivedMail
{
    private static readonly string[] PutOnTop = ["Return-Path:", "Delivered-To:", "Received:"];

    /// <summary>The letter without what the servers put on top of it; a header of theirs further down stays, and so would show.</summary>
    public static byte[] AsSent(byte[] arrived)
    {
        int at = 0;
        while (PutOnTop.Any(header => StartsWith(arrived, at, header)))
        {
            do
                at = NextLine(arrived, at);
            while (arrived[at] is (byte)' ' or (byte)'\t');
        }
        return arrived[at..];
    }

    private static bool StartsWith(byte[] bytes, int at, string text) =>
        bytes.AsSpan(at).StartsWith(Encoding.ASCII.GetBytes(text));

    private static int NextLine(byte[] bytes, int at) => Array.IndexOf(bytes, (byte)'\n', at) + 1;
}
