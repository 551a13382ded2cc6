using System.Security.Cryptography;
using System.Text;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Captures;

namespace MiSarTracker.Formats.Uploads;

/// <summary>
/// Replaces secrets by <c>sha256:</c> and the lower-case hex of the SHA-256 of their UTF-8 text: equal tokens stay
/// recognisable, none can be used.
/// </summary>
internal sealed class Redaction(SecretRules rules)
{
    private readonly HashSet<string> _names = new(rules.Names, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    public bool IsSecret(string fieldName) => _names.Contains(fieldName);

    public string Hash(string secret)
    {
        if (_hashes.TryGetValue(secret, out var known))
        {
            return known;
        }

        // Secrets repeat over a capture; a capture with a new one in each request must not fill the memory.
        if (_hashes.Count > 10_000)
        {
            _hashes.Clear();
        }

        return _hashes[secret] = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
    }

    /// <summary>The URL without its secrets: those in the path and the values of secret parameters.</summary>
    public string Url(HttpExchange http, IReadOnlyList<(string Name, string Value)> query)
    {
        var url = new StringBuilder().Append(http.Scheme).Append("://").Append(http.Host);
        if (http.Port is not (0 or 80 or 443))
        {
            url.Append(System.Globalization.CultureInfo.InvariantCulture, $":{http.Port}");
        }

        url.Append(Path(http.Path));
        for (var i = 0; i < query.Count; i++)
        {
            var (name, value) = query[i];
            url.Append(i == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=')
                .Append(IsSecret(name) ? Hash(value) : Uri.EscapeDataString(value));
        }

        return url.ToString();
    }

    /// <summary>The path without its secrets.</summary>
    public string Path(string path)
    {
        foreach (var rule in rules.Paths)
        {
            if (rule.Find(path, "secret") is { } found)
            {
                var secret = Uri.UnescapeDataString(path.AsSpan(found.Start, found.Length));
                path = string.Concat(path.AsSpan(0, found.Start), Hash(secret), path.AsSpan(found.Start + found.Length));
            }
        }

        return path;
    }
}
