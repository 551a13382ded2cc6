using System.CommandLine;
using System.Text;
using MiSarTracker.Core;

namespace MiSarTracker.Commands;

/// <summary>The passwords of an answer: several, tried in turn.</summary>
internal static class PasswordOptions
{
    private const int Most = 200;

    public static Option<string[]> Password { get; } = new("--password") { Description = "A password to try; may be given several times.", HelpName = "P", Arity = ArgumentArity.OneOrMore };

    public static Option<string[]> File { get; } = new("--password-file") { Description = "A file with a password on each line, all of them tried; may be given several times.", HelpName = "F", Arity = ArgumentArity.OneOrMore };

    public static Option<bool> FromMails { get; } = new("--passwords-from-mails") { Description = "Try what the answer's own mails and texts seem to name as its password." };

    /// <summary>Those given, in the order of the command line, each once.</summary>
    /// <exception cref="BadInput">A file cannot be read.</exception>
    /// <exception cref="Refusal">They are so many that somebody is guessing.</exception>
    public static IReadOnlyList<string> Of(ParseResult result)
    {
        var given = new List<string>(result.GetValue(Password) ?? []);
        foreach (var path in result.GetValue(File) ?? [])
        {
            given.AddRange(Encoding.UTF8.GetString(InputFile.ReadAll(path)).TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r')));
        }

        var passwords = given.Where(password => password.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return passwords.Count <= Most
            ? passwords
            : throw new Refusal($"{passwords.Count} passwords were given; at most {Most} are tried.", "Give those that came with the answer.");
    }
}
