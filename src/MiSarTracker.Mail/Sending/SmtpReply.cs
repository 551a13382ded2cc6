using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Sending;

/// <summary>A server's reply, taken apart: the code, the enhanced status code (RFC 3463) where there is one, and the words.</summary>
internal sealed partial record SmtpReply(int Code, string? EnhancedCode, string Words)
{
    public bool IsPositive => Code is >= 200 and < 300;

    public bool IsNegative => Code is >= 400 and < 600;

    public bool IsPermanent => Code >= 500;

    public static SmtpReply Of(SmtpResponse response)
    {
        int code = (int)response.StatusCode;
        string[] lines = response.Response.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Match first = lines.Length > 0 ? Enhanced().Match(lines[0]) : Match.Empty;
        string? enhanced = first.Success && first.Value[0] == (char)('0' + (code / 100)) ? first.Groups[1].Value : null;
        // A reply of several lines repeats the enhanced code in each.
        IEnumerable<string> words = enhanced is null ? lines
            : lines.Select(line => line.StartsWith(enhanced, StringComparison.Ordinal) ? line[enhanced.Length..].TrimStart() : line);
        return new SmtpReply(code, enhanced, ServerText.Clean(string.Join(' ', words)));
    }

    [GeneratedRegex(@"^([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")]
    private static partial Regex Enhanced();
}
