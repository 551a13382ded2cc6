namespace MiSarTracker.Formats.Captures;

/// <summary>What a file's first bytes say that it is.</summary>
internal enum CaptureKind
{
    Unknown,
    Empty,
    FlowDump,
    Har,
    GZip,
    ZLib,
    Utf16,
    OtherJson,
    CharlesJson,
    CharlesXml,
    Zip,
    PcapNg,
    Pcap,
    PcapDroidTable,
    BinaryPropertyList,
    JavaObjects,
    HtmlPage,
    SqliteDatabase,
    TlsKeyLog,
}
