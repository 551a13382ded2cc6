using System.Security.Cryptography;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;

namespace MiSarTracker.Journey;

/// <summary>What reading one capture gave.</summary>
/// <param name="Format">For example <c>mitmproxy-17</c>.</param>
/// <param name="Damaged">Parts that could not be read, of the capture and of its uploads.</param>
/// <param name="Counted">Traffic that is not HTTP, by kind.</param>
public sealed record CaptureReading(
    string Format, CaptureUploads Uploads, IReadOnlyList<Damage> Damaged, IReadOnlyDictionary<string, long> Counted)
{
    /// <summary>The password that opened the capture, or null when it needed none.</summary>
    public string? Password { get; init; }
}

/// <summary>Reads a capture through: bytes to exchanges to observations. Streams; nothing of the file is kept but what it says.</summary>
public static class EvidenceReader
{
    /// <param name="source">The capture's bytes; read to the end of what the format needs.</param>
    /// <param name="profile">Whose uploads to look for.</param>
    /// <param name="exhibit">Under which number the observations stand.</param>
    /// <param name="into">Takes them.</param>
    /// <param name="each">Sees each request to the vendor's hosts, with its exchange; null when nobody looks.</param>
    /// <exception cref="ImportException">The file is none that can be read.</exception>
    public static CaptureReading Read(
        CaptureSource source, VendorProfile profile, string exhibit, UploadedBuilder into, Action<HttpExchange, DecodedUpload>? each, CancellationToken cancellationToken) =>
        Read(source, new UploadDecoder(profile, Limits.Default), exhibit, into, each, null, cancellationToken);

    /// <param name="source">The capture's bytes; read to the end of what the format needs.</param>
    /// <param name="decoder">The profile, with the case's key for its secrets.</param>
    /// <param name="exhibit">Under which number the observations stand.</param>
    /// <param name="into">Takes them.</param>
    /// <param name="each">Sees each request to the vendor's hosts, with its exchange; null when nobody looks.</param>
    /// <param name="also">An exchange that is shown whatever its host, or null.</param>
    /// <exception cref="ImportException">The file is none that can be read.</exception>
    public static CaptureReading Read(
        CaptureSource source, UploadDecoder decoder, string exhibit, UploadedBuilder into, Action<HttpExchange, DecodedUpload>? each, long? also, CancellationToken cancellationToken)
    {
        var capture = CaptureReader.Open(source, Limits.Default);
        var uploads = decoder.Open(exhibit, into, isReadable: each is not null);
        var damaged = new List<Damage>();
        var counted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var garbage = new GarbageBound();
        foreach (var item in capture.Read(cancellationToken))
        {
            garbage.Hold();
            switch (item)
            {
                case CaptureItem.Exchange exchange:
                    if ((uploads.Take(exchange.Http) ?? (exchange.Http.Number == also ? uploads.Describe(exchange.Http) : null)) is { } decoded)
                    {
                        each?.Invoke(exchange.Http, decoded);
                    }

                    break;
                case CaptureItem.InterceptionRefused or CaptureItem.Connection:
                    uploads.Take(item);
                    break;
                case CaptureItem.Damaged damage:
                    damaged.Add(damage.Damage);
                    break;
                case CaptureItem.Counted other:
                    counted[other.Kind] = counted.GetValueOrDefault(other.Kind) + 1;
                    break;
            }
        }

        return new CaptureReading(capture.Format, uploads, [.. damaged, .. uploads.Damages], counted) { Password = capture.Password };
    }

    /// <summary>Passes a capture's exchanges by, decoding nothing.</summary>
    /// <param name="goesOn">Sees each exchange; false when that was enough.</param>
    /// <exception cref="ImportException">The file is none that can be read.</exception>
    public static void Pass(CaptureSource source, Func<HttpExchange, bool> goesOn, CancellationToken cancellationToken)
    {
        var garbage = new GarbageBound();
        foreach (var item in CaptureReader.Open(source, Limits.Default).Read(cancellationToken))
        {
            garbage.Hold();
            if (item is CaptureItem.Exchange exchange && !goesOn(exchange.Http))
            {
                break;
            }
        }
    }

    /// <summary>Lower-case hex of a stream's content.</summary>
    public static string Sha256(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));
}
