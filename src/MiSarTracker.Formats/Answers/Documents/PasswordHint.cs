using System.Text.RegularExpressions;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>
/// A word in a text that is probably a password for an archive: vendors send it in a mail of its own. A guess, to be offered and
/// never to be tried without saying so.
/// </summary>
/// <param name="Member">The text's member.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Password">A secret: not to be shown.</param>
public sealed partial record PasswordHint(string Member, int Line, string Password)
{
    private const int MostHints = 20;

    // A mail that names a password is short; what is longer is data.
    private const int MostLines = 2_000;
    private const int LongestLine = 500;

    /// <summary>The hints in a text: a word for password, then "is" or a colon, then the word on the same line or alone on the next one.</summary>
    public static IReadOnlyList<PasswordHint> In(string member, string text)
    {
        var hints = new List<PasswordHint>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < Math.Min(lines.Length, MostLines) && hints.Count < MostHints; i++)
        {
            if (lines[i].Length <= LongestLine && InLine(lines, i) is var (line, word))
                Add(hints, member, line, word);
        }

        return hints;
    }

    private static (int Line, string Word)? InLine(string[] lines, int at)
    {
        try
        {
            var match = Named().Match(lines[at]);
            if (match.Success)
                return (at, match.Groups["word"].Value);

            return Announced().IsMatch(lines[at]) ? Below(lines, at) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null; // A line made to be hard to search names no password that anybody could read.
        }
    }

    private static (int Line, string Word)? Below(string[] lines, int from)
    {
        for (var i = from + 1; i < Math.Min(lines.Length, from + 4); i++)
        {
            var word = lines[i].Trim();
            if (word.Length > 0)
                return word.Length is >= 4 and <= 64 && !word.Contains(' ', StringComparison.Ordinal) ? (i, word) : null;
        }

        return null;
    }

    private static void Add(List<PasswordHint> hints, string member, int line, string word)
    {
        // A full stop behind it ends the sentence; with and without it is tried, for it may belong to the password.
        foreach (var form in new[] { word.TrimEnd('.', ',', ';', ')'), word })
        {
            if (form.Length >= 4 && !hints.Exists(known => known.Password == form))
                hints.Add(new PasswordHint(member, line + 1, form));
        }
    }

    private const string Words =
        "(?:password|passwort|passcode|pass ?code|kennwort|pass ?phrase|mot de passe|wachtwoord|contrase(?:ñ|n)a|senha|palavra-passe|has(?:ł|l)o|heslo|lösenord|adgangskode|parol[ae]|salasana|пароль|密码|密碼|解压码|パスワード)";

    [GeneratedRegex(Words + @"[^\n:：=]{0,60}?(?:\s+(?:is|ist|lautet|est|es|è|é|to)\s*[:：]?|\s*[:：=])\s*[""'“„«‘]?(?<word>[^\s""”“»’<>]{4,64})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Named();

    [GeneratedRegex(Words + @"[^\n:：=]{0,60}[:：]?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Announced();
}
