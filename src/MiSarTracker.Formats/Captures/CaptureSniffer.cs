using MiSarTracker.Formats.Captures.Mitmproxy;

namespace MiSarTracker.Formats.Captures;

/// <summary>Tells the kinds of capture files apart by their first bytes (formats.md §3.1).</summary>
internal static class CaptureSniffer
{
    /// <summary>How much of the file is looked at.</summary>
    public const int HeadLength = 64 << 10;

    /// <param name="head">The file's first bytes.</param>
    /// <param name="isWhole">True when that is the whole file.</param>
    public static CaptureKind Kind(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return CaptureKind.Utf16;
        var text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
            return isWhole ? CaptureKind.Empty : CaptureKind.Unknown;
        if (Magic(head) is { } magic)
            return magic;
        if (IsFlowDump(text))
            return CaptureKind.FlowDump;
        return text[0] switch
        {
            (byte)'{' => text.IndexOf("\"log\""u8) >= 0 || text.IndexOf("\"entries\""u8) >= 0 ? CaptureKind.Har : CaptureKind.OtherJson,
            (byte)'[' => text.IndexOf("\"host\""u8) >= 0 ? CaptureKind.CharlesJson : CaptureKind.OtherJson,
            (byte)'<' => text.IndexOf("charles-session"u8) >= 0 ? CaptureKind.CharlesXml : CaptureKind.HtmlPage,
            _ => Texts(text),
        };
    }

    /// <summary>An archive with entries, an empty one, or a part of a split one.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) || head.StartsWith("PK\u0007\u0008"u8);

    private static CaptureKind? Magic(ReadOnlySpan<byte> head)
    {
        if (head.Length < 2)
            return null;
        if (head[0] == 0x1F && head[1] == 0x8B)
            return CaptureKind.GZip;
        // CMF 0x78 and a header checksum: 78 01, 78 5E, 78 9C, 78 DA. No text that is looked for begins with "x" and these.
        if (head[0] == 0x78 && head[1] is 0x01 or 0x5E or 0x9C or 0xDA)
            return CaptureKind.ZLib;
        if (IsZip(head))
            return CaptureKind.Zip;
        if (head.StartsWith("bplist00"u8))
            return CaptureKind.BinaryPropertyList;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xAC, 0xED, 0x00, 0x05]))
            return CaptureKind.JavaObjects;
        if (head.StartsWith("SQLite format 3"u8))
            return CaptureKind.SqliteDatabase;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x0A, 0x0D, 0x0D, 0x0A]))
            return CaptureKind.PcapNg;
        ReadOnlySpan<uint> pcap = [0xD4C3B2A1, 0xA1B2C3D4, 0x4D3CB2A1, 0xA1B23C4D];
        return head.Length >= 4 && pcap.Contains(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head)) ? CaptureKind.Pcap : null;
    }

    /// <summary>A flow at the beginning, or a damaged beginning with flows after it.</summary>
    private static bool IsFlowDump(ReadOnlySpan<byte> text) =>
        FlowHeader.IsPlausible(text)
        || (FlowHeader.Read(text) is { } header && FlowHeader.Read(text[header.Length..]) is not null)
        || (text[0] is not ((byte)'{' or (byte)'[' or (byte)'<') && HasFlows(text));

    private static bool HasFlows(ReadOnlySpan<byte> text) =>
        text.IndexOf("7:version;"u8) >= 0 || text.IndexOf("7:version,"u8) >= 0 || FlowSearch.IndexIn(text, ended: true) >= 0;

    private static CaptureKind Texts(ReadOnlySpan<byte> text) =>
        text.StartsWith("IPProto,SrcIP,"u8) ? CaptureKind.PcapDroidTable
        : IsKeyLog(text) ? CaptureKind.TlsKeyLog
        : CaptureKind.Unknown;

    /// <summary>NSS key logs: comments, then lines of a label in capitals and two hexadecimal numbers.</summary>
    private static bool IsKeyLog(ReadOnlySpan<byte> text)
    {
        while (text.StartsWith("#"u8) && text.IndexOf((byte)'\n') is >= 0 and var end)
            text = text[(end + 1)..].TrimStart("\r\n"u8);
        foreach (var label in KeyLogLabels)
        {
            if (text.StartsWith(System.Text.Encoding.ASCII.GetBytes(label)) && text[label.Length..].StartsWith(" "u8))
                return true;
        }

        return false;
    }

    private static readonly string[] KeyLogLabels =
    [
        "CLIENT_RANDOM", "RSA", "CLIENT_EARLY_TRAFFIC_SECRET", "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0", "EARLY_EXPORTER_SECRET", "EXPORTER_SECRET",
    ];
}
