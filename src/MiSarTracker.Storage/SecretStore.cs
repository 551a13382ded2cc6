using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;

namespace MiSarTracker.Storage;

/// <summary>
/// Passwords, each in a 0600 file below <c>secrets/</c>, or handed over by the platform in <c>$CREDENTIALS_DIRECTORY</c>
/// (systemd), which goes first. Never in the settings, the database, a log or an argument.
/// </summary>
public sealed class SecretStore
{
    private readonly string folder;
    private readonly string? credentials;

    /// <param name="folder">The workspace's <c>secrets/</c>.</param>
    /// <param name="credentials">The platform's credential folder, or null.</param>
    internal SecretStore(string folder, string? credentials)
    {
        this.folder = folder;
        this.credentials = string.IsNullOrEmpty(credentials) ? null : credentials;
    }

    /// <summary>The name under which the password of an exhibit's file is kept.</summary>
    public static string NameOf(CaseReference reference, string exhibit) => $"exhibit-{reference}-{exhibit}".ToLowerInvariant();

    /// <summary>A secret, without the line end that an editor may have put after it; null when there is none.</summary>
    /// <exception cref="Unavailable">It is there and cannot be read.</exception>
    public string? Get(string name)
    {
        foreach (var path in Places(name))
        {
            try
            {
                return File.ReadAllText(path, Encoding.UTF8).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                continue;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new Unavailable($"The secret {name} in {path} cannot be read: {e.Message}", null, e);
            }
        }

        return null;
    }

    /// <exception cref="Refusal">The secret is empty or spans lines.</exception>
    public void Set(string name, string secret)
    {
        if (secret.Length == 0 || secret.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new Refusal($"The secret {name} must be one line and not empty.");
        WorkspaceLayout.MakeFolder(folder);
        DurableFile.Write(PathOf(name), Encoding.UTF8.GetBytes(secret));
    }

    public void Delete(string name) => File.Delete(PathOf(name));

    private IEnumerable<string> Places(string name)
    {
        var own = PathOf(name);
        return credentials is null ? [own] : [Path.Combine(credentials, name), own];
    }

    private string PathOf(string name) => name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        ? Path.Combine(folder, name)
        : throw new Refusal($"“{name}” is not the name of a secret.", "Small letters, digits and hyphens, for example smtp.");
}
