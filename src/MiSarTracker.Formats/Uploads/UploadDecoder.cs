using System.Security.Cryptography;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads;

/// <summary>
/// Decodes captured traffic with a vendor's profile. Open one <see cref="CaptureUploads"/> per capture and feed it with
/// what the capture reader yields; the observations of all captures go into one builder.
/// </summary>
/// <param name="profile">Whose uploads to look for.</param>
/// <param name="limits">What a body may take.</param>
/// <param name="secretKey">
/// The case's key for commitments to secrets that could be guessed, at least 16 bytes; the same key gives the same commitments. Without it a
/// random one is drawn: equal secrets are recognisable within this decoder only.
/// </param>
public sealed class UploadDecoder(VendorProfile profile, Limits limits, byte[]? secretKey = null)
{
    private readonly byte[] _secretKey = secretKey ?? RandomNumberGenerator.GetBytes(32);

    /// <param name="exhibit">The capture's exhibit, for example <c>E-001</c>.</param>
    /// <param name="into">Takes the observations.</param>
    /// <param name="isReadable">True to get <see cref="DecodedUpload.Lines"/>: for showing uploads, not for reading many.</param>
    public CaptureUploads Open(string exhibit, UploadedBuilder into, bool isReadable = false) =>
        new(profile, limits, new Redaction(profile.Secrets, _secretKey), exhibit, into, isReadable);
}
