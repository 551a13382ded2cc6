using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads;

/// <summary>
/// Decodes captured traffic with a vendor's profile. Open one <see cref="CaptureUploads"/> per capture and feed it with
/// what the capture reader yields; the observations of all captures go into one builder.
/// </summary>
public sealed class UploadDecoder(VendorProfile profile, Limits limits)
{
    /// <param name="exhibit">The capture's exhibit, for example <c>E-001</c>.</param>
    /// <param name="into">Takes the observations.</param>
    /// <param name="isReadable">True to get <see cref="DecodedUpload.Lines"/>: for showing uploads, not for reading many.</param>
    public CaptureUploads Open(string exhibit, UploadedBuilder into, bool isReadable = false) =>
        new(profile, limits, exhibit, into, isReadable);
}
