using System.CommandLine;
using System.Text;
using MiSarTracker.Core;

namespace MiSarTracker.Commands;

/// <summary><c>misar secret set</c></summary>
internal static class SecretCommands
{
    private static readonly string[] Known = [Wiring.SmtpSecret, Wiring.ImapSecret];

    public static Command Create(Wiring wiring, Func<string, bool> isNamed)
    {
        var name = new Argument<string>("NAME") { Description = "smtp or imap." };
        var set = CommandLine.Describe("set", "Reads a secret without echo, or from standard input when that is no terminal.", "misar secret set smtp < password.txt")
            .With(name)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var wanted = result.GetValue(name)!;
                if (!Known.Contains(wanted) && !wanted.StartsWith("exhibit-", StringComparison.Ordinal))
                {
                    throw new Refusal($"There is no secret “{wanted}”.", $"Known secrets: {string.Join(", ", Known)}.");
                }

                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var secret = Console.IsInputRedirected ? (await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).TrimEnd('\r', '\n') : ReadHidden(wanted);
                workspace.Secrets.Set(wanted, secret);
                session.Screen.AsJson(json => json.WriteString("secret", wanted));
                session.Screen.Line($"The secret {wanted} is stored.");
                session.Screen.Next("misar doctor");
                return 0;
            });
        return CommandLine.Group("secret", "Passwords, kept in files that only you can read.", isNamed, () =>
        [
            set,
        ]);
    }

    private static string ReadHidden(string name)
    {
        Console.Error.Write($"Password for {name}: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
