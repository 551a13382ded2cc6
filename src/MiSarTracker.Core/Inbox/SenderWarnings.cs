namespace MiSarTracker.Core.Inbox;

/// <summary>What the server that took a mail in found out about its sender (RFC 8601, Authentication-Results).</summary>
/// <param name="Server">The authserv-id: who says so.</param>
/// <param name="Results">Method and result, <c>dkim=pass (vendor.example)</c>.</param>
public sealed record AuthenticationResult(string Server, IReadOnlyList<AuthenticationMethod> Results);

/// <param name="Method"><c>spf</c>, <c>dkim</c>, <c>dmarc</c>.</param>
/// <param name="Domain">Whom it speaks of; null when the server does not say.</param>
public sealed record AuthenticationMethod(string Method, string Result, string? Domain)
{
    public override string ToString() => Domain is null ? $"{Method}={Result}" : $"{Method}={Result} ({Domain})";
}

/// <summary>What speaks against a mail's sender.</summary>
public static class SenderWarnings
{
    /// <param name="controllers">Those of the case that it belongs to; none while that is unsure.</param>
    public static IReadOnlyList<string> Of(MailFacts mail, IReadOnlyList<ControllerTrace> controllers, AuthenticationResult? results)
    {
        var warnings = new List<string>();
        if (mail.Report is not null)
            return warnings;
        if (controllers.Count > 0 && mail.Senders.Count > 0 && !mail.Senders.Any(sender => controllers.Any(one => one.Owns(sender))))
            warnings.Add($"The sender {mail.Senders[0]} is outside the domains of whom was asked ({string.Join(", ", controllers.SelectMany(one => one.Domains).Distinct().Order(StringComparer.Ordinal))}).");
        if (mail.Senders.Count > 1)
            warnings.Add($"It names several senders: {string.Join(", ", mail.Senders)}.");
        foreach (var failed in (results?.Results ?? []).Where(one => one.Result is "fail" or "softfail" or "permerror"))
            warnings.Add($"The receiving server {results!.Server} says {failed}: it may not come from whom it says.");
        return warnings;
    }
}
