using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads;

/// <summary>Decodes a payload that a profile cannot describe as data.</summary>
internal interface IPayloadDecoder
{
    /// <summary>The name that a profile uses; one of <see cref="PayloadDecoders"/>.</summary>
    string Name { get; }

    /// <summary>
    /// Gives what the body says to the sink. A damaged field costs that field and is reported to the sink. Returns false when the body is
    /// not of this form at all.
    /// </summary>
    /// <param name="kind">What the request is; <see cref="RequestKind.StoredCopy"/> when the content is an answer.</param>
    bool Decode(RequestContent content, RequestKind kind, UploadSink sink);
}
