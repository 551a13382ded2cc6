using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MiSarTracker.Tests.Mail;

/// <summary>A certificate authority of one test, and the server certificates that it signs.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);
    private readonly X509Certificate2 _authority;

    public TestCertificates(string name = "MiSarTracker test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddDays(-60), now.Add(Life));
    }

    /// <summary>The authority's own certificate, without its key, as PEM.</summary>
    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>A server certificate for these names and addresses, with its key.</summary>
    /// <param name="names">DNS names and IP addresses.</param>
    /// <param name="expired">True: it ended yesterday.</param>
    public X509Certificate2 Issue(IReadOnlyList<string> names, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DateTimeOffset end = expired ? now.AddDays(-1) : now.AddDays(20);
        using X509Certificate2 signed = request.Create(_authority, now.AddDays(-50), end, RandomNumberGenerator.GetBytes(12));
        using X509Certificate2 withKey = signed.CopyWithPrivateKey(key);
        // The PKCS#12 round trip gives a key that SslStream accepts as a server's on every platform.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    public void Dispose() => _authority.Dispose();
}
