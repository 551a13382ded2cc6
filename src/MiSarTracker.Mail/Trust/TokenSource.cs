using System.ComponentModel;
using System.Diagnostics;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Trust;

/// <summary>
/// Where an access token (OAuth 2) comes from: a program of the person's choice that keeps it fresh, or a file that such a program
/// writes. Asked anew at every sign-in; the token is neither stored nor shown nor logged.
/// </summary>
public static class TokenSource
{
    private const int LongestToken = 64 << 10;
    private const string Remedy = "Run it by hand and see what it says; it must print the access token and nothing else.";

    /// <param name="command">The program and its arguments; no shell stands between.</param>
    /// <param name="limit">30 s when null.</param>
    public static MailSecret FromCommand(IReadOnlyList<string> command, TimeSpan? limit = null) => async cancellationToken =>
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limit ?? TimeSpan.FromSeconds(30));
        using Process process = Start(command);
        try
        {
            // What it complains about stays unread: it could hold the token.
            Task drained = process.StandardError.BaseStream.CopyToAsync(Stream.Null, stop.Token);
            char[] text = new char[LongestToken + 1];
            int length = await process.StandardOutput.ReadBlockAsync(text, stop.Token).ConfigureAwait(false);
            if (length > LongestToken)
                throw new Unavailable($"The command for the token, {command[0]}, printed more than a token.", Remedy);
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
            await drained.ConfigureAwait(false);
            return process.ExitCode == 0
                ? Checked(new string(text, 0, length), $"The command for the token, {command[0]},")
                : throw new Unavailable($"The command for the token, {command[0]}, ended with exit code {process.ExitCode}.", Remedy);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Unavailable($"The command for the token, {command[0]}, did not end in time.", "Run it by hand: it may be waiting for you to sign in.");
        }
        finally
        {
            End(process);
        }
    };

    public static MailSecret FromFile(string path) => async cancellationToken =>
    {
        try
        {
            using var reader = new StreamReader(path);
            char[] text = new char[LongestToken + 1];
            int length = await reader.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
            return length <= LongestToken ? Checked(new string(text, 0, length), $"The file {path}") : throw new Unavailable($"The file {path} holds more than a token.", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Unavailable($"The token cannot be read from {path}: {e.Message}", "Check Mail.Token.File in the workspace's appsettings.json.", e);
        }
    };

    private static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new Unavailable($"The command for the token, {command[0]}, cannot be run: {e.Message}", "Check Mail.Token.Command in the workspace's appsettings.json.", e);
        }
    }

    /// <summary>A token is one word of printable ASCII (RFC 6750); anything else could not stand in a sign-in.</summary>
    private static string Checked(string text, string whose)
    {
        string token = text.Trim();
        return token.Length > 0 && token.All(c => c is > ' ' and < '\u007f') ? token : throw new Unavailable($"{whose} gave no token: one word is expected.", Remedy);
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }
}
