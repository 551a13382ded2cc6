using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Captures;

namespace MiSarTracker.Formats.Uploads;

/// <summary>
/// Replaces secrets: a token by <c>sha256:</c> and the lower-case hex of the SHA-256 of its UTF-8 text, what could be guessed from that (a
/// password, a mail address) by <c>hmac-sha256:</c> and a commitment under the case's key. Equal secrets stay recognisable, none can be used.
/// </summary>
/// <param name="rules">The profile's names of secrets.</param>
/// <param name="key">The case's key.</param>
internal sealed class Redaction(SecretRules rules, byte[] key)
{
    public const string Digest = "sha256:";
    public const string Commitment = "hmac-sha256:";

    // Whatever the vendor calls its own: these are secrets anywhere.
    private static readonly string[] Anywhere = ["password", "passwd", "secret", "token", "credential", "apikey", "api_key", "api-key"];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789+- ()");

    private readonly HashSet<string> _names = new(rules.Names, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _guessable = new(rules.Guessable, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Secret, bool IsGuessable), string> _hashes = [];

    /// <summary>True when the profile calls a field of that name secret.</summary>
    public bool IsSecret(string fieldName) => _names.Contains(fieldName);

    /// <summary>True when the profile calls it secret, or everybody does: for requests that no profile knows.</summary>
    public bool IsSecretAnywhere(string fieldName) =>
        IsSecret(fieldName) || Array.Exists(Anywhere, part => fieldName.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>What stands in the place of the value of the named secret.</summary>
    public string Hash(string fieldName, string secret) => Hash(secret, IsGuessable(fieldName, secret));

    /// <summary>What stands in the place of a secret.</summary>
    /// <param name="isGuessable">A person chose it, or it could be tried one by one.</param>
    public string Hash(string secret, bool isGuessable)
    {
        if (_hashes.TryGetValue((secret, isGuessable), out var known))
        {
            return known;
        }

        // Secrets repeat over a capture; a capture with a new one in each request must not fill the memory.
        if (_hashes.Count > 10_000)
        {
            _hashes.Clear();
        }

        var text = Encoding.UTF8.GetBytes(secret);
        return _hashes[(secret, isGuessable)] = isGuessable
            ? Commitment + Convert.ToHexStringLower(HMACSHA256.HashData(key, text))
            : Digest + Convert.ToHexStringLower(SHA256.HashData(text));
    }

    /// <summary>The URL without its secrets: those in the path and the values of secret parameters.</summary>
    public string Url(HttpExchange http, IReadOnlyList<(string Name, string Value)> query)
    {
        var url = new StringBuilder().Append(http.Scheme).Append("://").Append(http.Host);
        if (http.Port is not (0 or 80 or 443))
        {
            url.Append(CultureInfo.InvariantCulture, $":{http.Port}");
        }

        return Target(url.Append(Path(http.Path)), query).ToString();
    }

    /// <summary>Path and query without their secrets.</summary>
    public string Target(HttpExchange http, IReadOnlyList<(string Name, string Value)> query) =>
        Target(new StringBuilder(Path(http.Path)), query).ToString();

    /// <summary>The path without its secrets.</summary>
    public string Path(string path)
    {
        foreach (var rule in rules.Paths)
        {
            if (rule.Find(path, "secret") is { } found)
            {
                var secret = Uri.UnescapeDataString(path.AsSpan(found.Start, found.Length));
                path = string.Concat(path.AsSpan(0, found.Start), Hash(secret, isGuessable: true), path.AsSpan(found.Start + found.Length));
            }
        }

        return path;
    }

    private StringBuilder Target(StringBuilder path, IReadOnlyList<(string Name, string Value)> query)
    {
        for (var i = 0; i < query.Count; i++)
        {
            var (name, value) = query[i];
            path.Append(i == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=')
                .Append(IsSecretAnywhere(name) ? Hash(name, value) : Uri.EscapeDataString(value));
        }

        return path;
    }

    // Mail addresses, telephone numbers and short codes can be tried one by one, whatever their field is called.
    private bool IsGuessable(string fieldName, string secret) =>
        _guessable.Contains(fieldName) || fieldName.Contains("passw", StringComparison.OrdinalIgnoreCase)
        || secret.Contains('@', StringComparison.Ordinal) || (secret.Length <= 20 && !secret.AsSpan().ContainsAnyExcept(Digits));
}
