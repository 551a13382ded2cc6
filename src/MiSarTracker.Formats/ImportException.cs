using MiSarTracker.Core;

namespace MiSarTracker.Formats;

/// <summary>
/// The only exception that a reader of untrusted bytes may throw (exit 3): the format it took the bytes for, the
/// member (or null), the byte offset or line, and the reason in a sentence.
/// </summary>
public sealed class ImportException(string format, string? member, string? where, string reason, string? remedy = null, Exception? inner = null)
    : BadInput(member is null ? format : $"{format} member {member}", where, reason, remedy, inner)
{
    public string Format { get; } = format;

    public string? Member { get; } = member;
}
