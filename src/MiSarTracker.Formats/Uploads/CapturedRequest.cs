using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;

namespace MiSarTracker.Formats.Uploads;

/// <summary>
/// Shows requests and answers as they were captured, but for their secrets, which are replaced before anything else is done: request line, headers, and the
/// body without its Content-Encoding. Text stays as it was written, bytes become hexadecimal.
/// </summary>
/// <param name="profile">Whose secrets to replace.</param>
/// <param name="limits">What a body may take.</param>
/// <param name="secretKey">The case's key; see <see cref="UploadDecoder"/>.</param>
public sealed partial class CapturedRequest(VendorProfile profile, Limits limits, byte[] secretKey)
{
    /// <summary>Where bodies hold passwords and tokens in forms that are not known in advance.</summary>
    private static readonly string[] SignInPaths = ["login", "token", "registration", "password", "signin", "oauth"];

    /// <summary>Bytes after those that are shown that are searched for secrets, too.</summary>
    private const int Margin = 64 << 10;

    private const int MostMilliseconds = 2_000;

    private static readonly string[] SecretHeaders = ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie"];

    private readonly Redaction _redaction = new(profile.Secrets, secretKey);
    private readonly ContentDecoder _decoder = new(limits);

    /// <summary>The request line and the headers, one a line.</summary>
    public IReadOnlyList<string> Head(HttpExchange http)
    {
        var query = FormBody.Read(http.Query).Select(field => (field.Name, field.Value)).ToList();
        var lines = new List<string>(http.RequestHeaders.Count + 2) { $"{http.Method} {_redaction.Target(http, query)} {http.HttpVersion}".TrimEnd() };
        if (http.RequestHeader("Host") is null)
        {
            lines.Add($"Host: {http.Host}");
        }

        lines.AddRange(http.RequestHeaders.Select(header => $"{header.Name}: {(IsSecretHeader(header.Name) ? _redaction.Hash(header.Name, header.Value) : header.Value)}"));
        return lines;
    }

    /// <summary>The first characters of the request's body; a sentence in parentheses when there is nothing to show.</summary>
    /// <param name="most">Characters that are shown.</param>
    public string Body(HttpExchange http, int most) =>
        Show(http, http.RequestBody, _decoder.Request(http), http.RequestHeader("Content-Type"), most);

    /// <summary>The first characters of the answer's body, likewise.</summary>
    /// <param name="most">Characters that are shown.</param>
    public string Answer(HttpExchange http, int most) =>
        Show(http, http.ResponseBody, _decoder.Response(http), http.ResponseHeader("Content-Type"), most);

    private string Show(HttpExchange http, Body captured, DecodedBody body, string? contentType, int most)
    {
        if (captured.State != BodyState.Present || captured.Bytes.IsEmpty)
        {
            return captured.State switch
            {
                BodyState.NotCaptured => "(the capturing tool did not keep the body)",
                BodyState.TooLarge => "(the body is too large to be shown)",
                _ => "(no body)",
            };
        }

        if (!body.IsDecoded || !Leaves.LeafValues.IsText(body.Bytes.Span))
        {
            return IsSignIn(http) ? "(not shown: the body of a sign-in holds passwords and tokens)" : Hex(body.Bytes.Span, most);
        }

        // A secret that the cut halves is beyond what is shown, too.
        var shown = body.Bytes[..(int)Math.Min(body.Bytes.Length, (4L * most) + Margin)];
        var text = Encoding.UTF8.GetString(shown.Span);
        var isForm = contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            && text.AsSpan().TrimStart() is not ['{' or '[', ..];
        try
        {
            return Cut(isForm ? Form(shown) : Loose(text), most, body.Bytes.Length > shown.Length);
        }
        catch (RegexMatchTimeoutException)
        {
            return "(not shown: looking for its secrets takes too long)";
        }
    }

    private bool IsSecretHeader(string name) =>
        SecretHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) || _redaction.IsSecretAnywhere(name);

    private static bool IsSignIn(HttpExchange http) => Array.Exists(SignInPaths, part => http.Path.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>A form as it was written; secret fields get their hash, and so do secrets in JSON that stands in a field.</summary>
    private string Form(ReadOnlyMemory<byte> form)
    {
        var text = new StringBuilder();
        foreach (var field in FormBody.Read(form))
        {
            text.Append(text.Length > 0 ? "&" : "").Append(field.Name).Append('=');
            if (_redaction.IsSecretAnywhere(field.Name))
            {
                text.Append(_redaction.Hash(field.Name, field.Value));
                continue;
            }

            var coded = Encoding.UTF8.GetString(field.Coded.Span);
            var plain = field.Value;
            var open = Loose(plain);
            text.Append(ReferenceEquals(open, plain) || open == plain ? coded : Uri.EscapeDataString(open));
        }

        return text.ToString();
    }

    /// <summary>
    /// Text of any form: the values of whatever looks like a named secret, in JSON (also in JSON within JSON, with its escaped quotes), in
    /// forms, in parts of a multipart body. Works on broken text too, which a parser would refuse.
    /// </summary>
    private string Loose(string text)
    {
        text = InnerMember().Replace(text, match => Replaced(match, "name", "value"));
        text = JsonMember().Replace(text, match => Replaced(match, "name", "value"));
        text = FormMember().Replace(text, match => Replaced(match, "name", "value"));
        return PartMember().Replace(text, match => Replaced(match, "name", "value"));
    }

    private string Replaced(Match match, string name, string value)
    {
        var secret = match.Groups[value];
        if (secret.Length == 0 || secret.Value.StartsWith(Redaction.Digest, StringComparison.Ordinal)
            || secret.Value.StartsWith(Redaction.Commitment, StringComparison.Ordinal) || !_redaction.IsSecretAnywhere(match.Groups[name].Value))
        {
            return match.Value;
        }

        var at = secret.Index - match.Index;
        return string.Concat(match.Value.AsSpan(0, at), _redaction.Hash(match.Groups[name].Value, secret.Value), match.Value.AsSpan(at + secret.Length));
    }

    private static string Cut(string text, int most, bool hasMore) => text.Length <= most
        ? text
        : $"{text.AsSpan(0, most)}… ({(hasMore ? "" : (text.Length - most).ToString("N0", CultureInfo.InvariantCulture) + " ")}more characters)";

    private static string Hex(ReadOnlySpan<byte> bytes, int most)
    {
        var shown = bytes[..Math.Min(bytes.Length, most / 4)];
        var text = new StringBuilder();
        for (var at = 0; at < shown.Length; at += 16)
        {
            text.Append(at == 0 ? "" : "\n").Append(CultureInfo.InvariantCulture, $"{at:x6}  ")
                .AppendJoin(' ', shown.Slice(at, Math.Min(16, shown.Length - at)).ToArray().Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
        }

        return bytes.Length == shown.Length ? text.ToString() : $"{text}\n… ({(bytes.Length - shown.Length).ToString("N0", CultureInfo.InvariantCulture)} more bytes)";
    }

    // "name": "value" or "name": 5
    [GeneratedRegex(""""\"(?<name>[A-Za-z0-9_.\-]{1,60})"\s{0,8}:\s{0,8}(?:"(?<value>(?:[^"\\]|\\.)*)|(?<value>[^\s",}\]\[{\\]+))"""", RegexOptions.Singleline, MostMilliseconds)]
    private static partial Regex JsonMember();

    // The same in JSON that stands in a text: its quotes are escaped, and the value ends at the next escaped quote.
    [GeneratedRegex("""\\{1,8}"(?<name>[A-Za-z0-9_.\-]{1,60})\\{1,8}"\s{0,8}:\s{0,8}(?:\\{1,8}"(?<value>[^"]*?)(?=\\{1,8}"|$)|(?<value>[^\s",}\]\[{\\]+))""", RegexOptions.None, MostMilliseconds)]
    private static partial Regex InnerMember();

    [GeneratedRegex(@"(?<=^|[?&;\s""])(?<name>[A-Za-z0-9_.\-]{1,60})=(?<value>[^&;\s""]*)", RegexOptions.None, MostMilliseconds)]
    private static partial Regex FormMember();

    // Content-Disposition: form-data; name="password" … blank line … value
    [GeneratedRegex("""name="?(?<name>[A-Za-z0-9_.\-]{1,60})"?[^\n]{0,200}\r?\n(?:[^\r\n]{1,200}\r?\n){0,8}\r?\n(?<value>[^\r\n]*)""", RegexOptions.None, MostMilliseconds)]
    private static partial Regex PartMember();
}
