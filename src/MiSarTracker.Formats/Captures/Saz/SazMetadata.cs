using System.Globalization;
using System.Xml;
using MiSarTracker.Formats.Captures.Json;
using NodaTime;

namespace MiSarTracker.Formats.Captures.Saz;

/// <summary>What Fiddler notes about a session beside its messages: the file <c>N_m.xml</c> (formats.md §3.5).</summary>
internal sealed record SazMetadata
{
    /// <summary>Fiddler's <c>SessionFlags</c>, written in hexadecimal digits.</summary>
    [Flags]
    private enum Bits
    {
        IsHttps = 0x1,
        RequestGeneratedByFiddler = 0x80,
        ResponseGeneratedByFiddler = 0x100,
        IsBlindTunnel = 0x1000,
        IsDecryptingTunnel = 0x2000,
        ResponseBodyDropped = 0x2_0000,
        RequestBodyDropped = 0x10_0000,
    }

    /// <summary>Flags of sessions that the analyst stopped, made up, sent elsewhere or answered from a file.</summary>
    private static readonly string[] Interventions =
        ["x-breakrequest", "x-breakresponse", "x-from-builder", "x-overridehost", "x-replywithfile", "x-repliedwithfile"];

    public static SazMetadata None { get; } = new();

    public Instant? StartedAt { get; private init; }

    public bool StartedAtLacksOffset { get; private init; }

    public Instant? EndedAt { get; private init; }

    public bool? IsHttps { get; private init; }

    public bool IsAltered { get; private init; }

    /// <summary>A CONNECT whose content Fiddler did not decrypt.</summary>
    public bool IsBlindTunnel { get; private init; }

    public bool RequestBodyDropped { get; private init; }

    public bool ResponseBodyDropped { get; private init; }

    /// <summary>What of the metadata could not be read, or null.</summary>
    public string? Problem { get; private init; }

    public static SazMetadata Read(ReadOnlyMemory<byte> xml)
    {
        var metadata = None;
        try
        {
            using var reader = XmlReader.Create(
                new MemoryStream(xml.ToArray(), writable: false),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = xml.Length + 1L });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                    metadata = metadata.With(reader);
            }

            return metadata;
        }
        catch (XmlException error)
        {
            return metadata with { Problem = $"its metadata is no whole XML: {error.Message}" };
        }
    }

    private SazMetadata With(XmlReader element)
    {
        switch (element.LocalName)
        {
            case "Session":
                return int.TryParse(element.GetAttribute("BitFlags"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
                    ? With((Bits)bits)
                    : this;
            case "SessionTimers":
                var started = At(element, "ClientBeginRequest", out var lacksOffset) ?? At(element, "GotRequestHeaders", out lacksOffset)
                    ?? At(element, "ClientConnected", out lacksOffset) ?? At(element, "FiddlerBeginRequest", out lacksOffset);
                return this with
                {
                    StartedAt = started,
                    StartedAtLacksOffset = started is not null && lacksOffset,
                    EndedAt = At(element, "ClientDoneResponse", out _) ?? At(element, "ServerDoneResponse", out _),
                };
            case "SessionFlag":
                return Array.Exists(Interventions, flag => flag.Equals(element.GetAttribute("N"), StringComparison.OrdinalIgnoreCase))
                    ? this with { IsAltered = true }
                    : this;
            default:
                return this;
        }
    }

    private SazMetadata With(Bits bits) => this with
    {
        IsHttps = bits.HasFlag(Bits.IsHttps),
        IsAltered = IsAltered || (bits & (Bits.RequestGeneratedByFiddler | Bits.ResponseGeneratedByFiddler)) != 0,
        IsBlindTunnel = bits.HasFlag(Bits.IsBlindTunnel) && !bits.HasFlag(Bits.IsDecryptingTunnel),
        RequestBodyDropped = bits.HasFlag(Bits.RequestBodyDropped),
        ResponseBodyDropped = bits.HasFlag(Bits.ResponseBodyDropped),
    };

    /// <summary>A time; the year 1 is Fiddler's word for none.</summary>
    private static Instant? At(XmlReader element, string name, out bool lacksOffset)
    {
        lacksOffset = false;
        var text = element.GetAttribute(name);
        return text is null || text.StartsWith("0001-", StringComparison.Ordinal) ? null : IsoMoment.Read(text, out lacksOffset);
    }
}
