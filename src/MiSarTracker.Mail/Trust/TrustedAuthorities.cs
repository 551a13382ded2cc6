using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MiSarTracker.Core;

namespace MiSarTracker.Mail.Trust;

/// <summary>
/// Whose certificates are believed: the system's own list, and the certificates of one PEM file beside it (<c>--ca</c>). They count
/// for the connections that are opened with this object, never for the whole process.
/// </summary>
public sealed class TrustedAuthorities
{
    private const int MaxFileLength = 1_000_000;

    private TrustedAuthorities(X509Certificate2Collection further) => Further = further;

    /// <summary>The system's own list, nothing else.</summary>
    public static TrustedAuthorities System { get; } = new([]);

    internal X509Certificate2Collection Further { get; }

    /// <summary>The system's list and the certificates of a PEM file; null or empty: the system's list alone.</summary>
    /// <exception cref="BadInput">The file is not there, cannot be read, or holds no certificate.</exception>
    public static TrustedAuthorities Load(string? pemFile)
    {
        if (string.IsNullOrEmpty(pemFile))
            return System;
        var certificates = new X509Certificate2Collection();
        try
        {
            if (new FileInfo(pemFile).Length > MaxFileLength)
                throw new BadInput(pemFile, null, $"is larger than {MaxFileLength} bytes; that is no list of certificates");
            certificates.ImportFromPemFile(pemFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInput(pemFile, null, $"cannot be read ({e.Message})", "Name the PEM file of the certificate authority with --ca.", e);
        }
        catch (CryptographicException e)
        {
            throw new BadInput(pemFile, null, "holds a certificate that cannot be read", "It must be PEM: -----BEGIN CERTIFICATE-----.", e);
        }
        return certificates.Count > 0
            ? new TrustedAuthorities(certificates)
            : throw new BadInput(pemFile, null, "holds no certificate", "It must be PEM: -----BEGIN CERTIFICATE-----.");
    }
}
