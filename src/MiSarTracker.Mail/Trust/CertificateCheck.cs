using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Trust;

/// <summary>
/// Decides for one connection whether the server is the one that was meant, and says why not. Revocation is not asked for: the
/// question would tell a third party which mail server this person uses, and an unreachable answer would have to be forgiven.
/// </summary>
internal sealed class CertificateCheck(MailAccount account, TrustedAuthorities authorities)
{
    private const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>What was wrong, in one or more sentences; null while nothing was.</summary>
    public MailTrouble? Problem { get; private set; }

    /// <summary>The certificate that was accepted: whose, by whom, until when.</summary>
    public string? Description { get; private set; }

    public bool Accept(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate)
        {
            Problem = new MailTrouble($"{account.Endpoint} showed no certificate.", "Check host and port of the setting.", Retryable: false);
            return false;
        }
        X509ChainStatusFlags faults = Faults(certificate, chain, errors);
        bool otherName = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        if (faults == X509ChainStatusFlags.NoError && !otherName)
        {
            Description = string.Create(CultureInfo.InvariantCulture,
                $"{Names(certificate)}, issued by {certificate.Issuer}, valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
            return true;
        }
        (string Text, string Remedy)[] reasons = [.. Reasons(certificate, faults, otherName)];
        Problem = new MailTrouble(string.Join(' ', reasons.Select(r => r.Text)), reasons[0].Remedy, Retryable: false);
        return false;
    }

    private X509ChainStatusFlags Faults(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            return X509ChainStatusFlags.NoError;
        X509ChainStatusFlags bySystem = Combined(chain);
        if (authorities.Further.Count == 0)
            return bySystem == X509ChainStatusFlags.NoError ? X509ChainStatusFlags.PartialChain : bySystem;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities.Further);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.DisableCertificateDownloads = true;
        own.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        if (own.Build(certificate))
            return X509ChainStatusFlags.NoError;
        // Whichever of the two knows the issuer names the real fault. There is one, even if neither can name it.
        X509ChainStatusFlags byOwn = Combined(own);
        bool systemKnows = bySystem != X509ChainStatusFlags.NoError && (bySystem & Untrusted) == 0;
        return systemKnows ? bySystem : byOwn == X509ChainStatusFlags.NoError ? X509ChainStatusFlags.PartialChain : byOwn;
    }

    private IEnumerable<(string Text, string Remedy)> Reasons(X509Certificate2 certificate, X509ChainStatusFlags faults, bool otherName)
    {
        if (otherName)
            yield return ($"{account.Endpoint} showed a certificate for {Names(certificate)}, not for {account.Host}.",
                "Check the host name in the setting. If it is right, somebody may stand between you and the server.");
        if ((faults & X509ChainStatusFlags.NotTimeValid) != 0)
            yield return (string.Create(CultureInfo.InvariantCulture,
                $"The certificate of {account.Endpoint} is valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}, not today."),
                "Check this machine's clock; if it is right, tell the provider that the certificate has expired.");
        if ((faults & Untrusted) != 0)
            yield return ($"The certificate of {account.Endpoint} was issued by {certificate.Issuer}, which is not trusted here.",
                "If that is your own authority, name its certificate file with --ca; otherwise somebody may stand between you and the server.");
        X509ChainStatusFlags rest = faults & ~(Untrusted | X509ChainStatusFlags.NotTimeValid);
        if (rest != 0)
            yield return ($"The certificate of {account.Endpoint} is not usable: {rest}.", "Tell the provider.");
    }

    private static X509ChainStatusFlags Combined(X509Chain? chain) =>
        (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);

    private static string Names(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] all = names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(ip => ip.ToString())];
        return all.Length > 0 ? ServerText.Clean(string.Join(", ", all)) : ServerText.Clean(certificate.Subject);
    }
}
