using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using MiSarTracker.Core;

namespace MiSarTracker.Commands;

/// <summary>The command line as a whole: see the product's contract of names, options and exit codes.</summary>
public static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>0 done, 1 a bug, 2 wrong usage or refused, 3 bad input, 4 try again later, 5 our own data is damaged.</returns>
    public static async Task<int> RunAsync(string[] arguments, Wiring wiring, TextWriter output, TextWriter error)
    {
        if (!Console.IsOutputRedirected)
        {
            Console.OutputEncoding = new UTF8Encoding(false);
        }

        var result = Root(wiring, arguments).Parse(arguments);
        if (result.Errors.Count > 0)
        {
            foreach (var problem in result.Errors)
            {
                await error.WriteLineAsync($"misar: {problem.Message}").ConfigureAwait(false);
            }

            var command = string.Join(' ', PathOf(result.CommandResult));
            await error.WriteLineAsync($"       {command} --help shows what it takes.").ConfigureAwait(false);
            return 2;
        }

        return await result.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = result.CommandResult.Command.Name == ServeCommand.Name ? ServeCommand.StopLimit : TimeSpan.FromSeconds(2),
        }).ConfigureAwait(false);
    }

    private static RootCommand Root(Wiring wiring, string[] arguments)
    {
        // A response file and a shell that asks for completions may name any of them.
        var isOpen = Array.Exists(arguments, argument => argument.StartsWith('@') || argument.StartsWith('['));
        bool IsNamed(string name) => isOpen || arguments.Contains(name, StringComparer.Ordinal);
        var root = new RootCommand(
            "misar asks vendors for your data (GDPR Art. 15), tracks the deadline, and compares the answer with what your phone was seen to upload.\n\n"
            + "Example:\n  misar demo --output ./misar-demo")
        {
            DemoCommand.Create(wiring),
            InitCommand.Create(wiring),
            DoctorCommand.Create(wiring),
            VendorCommands.Create(wiring, IsNamed),
            CaseCommands.Create(wiring, IsNamed),
            LetterCommands.Create(wiring, IsNamed),
            DeadlineCommands.Create(wiring, IsNamed),
            AuthorityCommands.Create(wiring, IsNamed),
            EvidenceCommands.Create(wiring, IsNamed),
            ResponseCommands.Create(wiring, IsNamed),
            InboxCommands.Create(wiring, IsNamed),
            CompareCommand.Create(wiring),
            ReportCommand.Create(wiring),
            VerifyCommand.Create(wiring),
            ServeCommand.Create(wiring),
            SecretCommands.Create(wiring, IsNamed),
            ReadDocumentCommand.Create(wiring),
        };
        root.Options.Add(GlobalOptions.Workspace);
        root.Options.Add(GlobalOptions.Json);
        root.Options.Add(GlobalOptions.Quiet);
        foreach (var help in root.Options.Select(option => option.Action).OfType<HelpAction>())
        {
            help.MaxWidth = Screen.Width;
        }

        return root;
    }

    private static Stack<string> PathOf(System.CommandLine.Parsing.CommandResult? result)
    {
        var names = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = result; at is System.CommandLine.Parsing.CommandResult command; at = at.Parent)
        {
            names.Push(command.Command is RootCommand ? "misar" : command.Command.Name);
        }

        return names;
    }

    /// <summary>
    /// A command that only holds others. They are made when its name stands in the arguments, for else nobody asks for them:
    /// making the whole tree took a fifth of a short command's time.
    /// </summary>
    internal static Command Group(string name, string description, Func<string, bool> isNamed, Func<Command[]> children)
    {
        var group = new Command(name, description);
        return isNamed(name) ? group.With(children()) : group;
    }

    /// <summary>A command with an example in its help.</summary>
    internal static Command Describe(string name, string description, string example) => new(name, $"{description}\n\nExample:\n  {example}");

    /// <summary>Makes the command do something; failures of the family become a sentence and an exit code, here and nowhere else.</summary>
    internal static Command Doing(this Command command, Wiring wiring, Func<ParseResult, Session, CancellationToken, Task<int>> work)
    {
        command.SetAction(async (result, cancellationToken) =>
        {
            var configuration = result.InvocationConfiguration;
            var colour = ReferenceEquals(configuration.Output, Console.Out) && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
            var screen = new Screen(configuration.Output, configuration.Error, result.GetValue(GlobalOptions.Json), result.GetValue(GlobalOptions.Quiet), colour);
            using var session = new Session(wiring, screen, Session.FolderOf(result));
            try
            {
                return await work(result, session, cancellationToken).ConfigureAwait(false);
            }
            catch (MisarFailure failure)
            {
                screen.Fail(failure);
                return failure.ExitCode;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await configuration.Error.WriteLineAsync("misar: stopped; what was done before is kept.").ConfigureAwait(false);
                return 4;
            }
            catch (Exception fault)
            {
                await configuration.Error.WriteLineAsync($"misar: an unexpected fault, which is a bug: {fault}").ConfigureAwait(false);
                return 1;
            }
        });
        return command;
    }

    internal static Command With(this Command command, params Symbol[] symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
                case Command child:
                    command.Subcommands.Add(child);
                    break;
            }
        }

        return command;
    }

    internal static Argument<string> Reference() => new("REF") { Description = "The case's reference, for example SAR-2026-0001." };
}
