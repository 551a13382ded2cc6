namespace MiSarTracker.Formats.Captures;

/// <summary>Says of each kind of file that cannot be read what it is and how to get one that can.</summary>
internal static class Unreadable
{
    private const string Usual = "Export the session as HAR, or give the flow dump that mitmproxy wrote (mitmdump -w file).";

    private const string FromPackets =
        "Open it together with its TLS secrets in PCAPdroid (1.9.0 or later) or Wireshark, and export the decrypted HTTP traffic as HAR.";

    public static ImportException Because(CaptureKind kind) => kind switch
    {
        CaptureKind.Empty => Say("capture", "the file is empty", "Check that the capturing tool was stopped properly, and copy the file again."),
        CaptureKind.CharlesXml => Say("Charles XML session", "Charles's XML is not read",
            "In Charles choose File > Export Session and the type HTTP Archive (.har) or JSON Session (.chlsj)."),
        CaptureKind.JavaObjects => Say("Charles session", "Charles's binary session (.chls) can only be read by Charles",
            "Open it in Charles, then choose File > Export Session and the type JSON Session (.chlsj) or HTTP Archive (.har)."),
        CaptureKind.BinaryPropertyList => Say("binary property list", "it looks like a Proxyman log, which only Proxyman can read",
            "Open it in Proxyman, select the requests, and choose Export > HAR."),
        CaptureKind.PcapNg => Say("pcapng", "packets as they were on the wire are encrypted; they are not decrypted here", FromPackets),
        CaptureKind.Pcap => Say("pcap", "packets as they were on the wire are encrypted; they are not decrypted here", FromPackets),
        CaptureKind.TlsKeyLog => Say("TLS key log", "it holds the keys of a capture, not the capture",
            "Use it to decrypt the packet capture in Wireshark, and export the decrypted HTTP traffic as HAR."),
        CaptureKind.OtherJson => Say("JSON", "it is JSON, but not a HAR: there is no \"log\" with \"entries\"", Usual),
        CaptureKind.HtmlPage => Say("HTML or XML", "it is a page, not a capture; perhaps the download failed", Usual),
        CaptureKind.SqliteDatabase => Say("SQLite database", "it is a tool's own database, not an exported capture", Usual),
        CaptureKind.GZip or CaptureKind.ZLib => Say("compressed file", "it is compressed more times than is believable", "Unpack it first."),
        _ => Say("capture", "no capture format that is known begins like this", Usual),
    };

    /// <summary>An archive that is none of Fiddler's: what is in it says what it may be.</summary>
    public static ImportException Archive(IEnumerable<string> names)
    {
        var all = names.Take(10_000).ToList();
        if (all.Exists(IsCharles))
            return Say("Charles session archive", "Charles's compressed session (.chlz) can only be read by Charles",
                "Open it in Charles, then choose File > Export Session and the type JSON Session (.chlsj) or HTTP Archive (.har).");
        if (all.Find(IsCapture) is { } inside)
            return Say("ZIP archive", $"it is an archive that holds a capture ({Answers.Zip.ZipNames.Printable(inside)})", "Unpack it, and add the capture itself.");
        return Say("ZIP archive", "it is an archive, but no Fiddler session: it has no entries raw/N_c.txt",
            "In Fiddler choose File > Save > All Sessions (.saz), in Charles File > Export Session (.chlsj or .har). A vendor's answer is added as a response, not as evidence.");
    }

    private static bool IsCharles(string name) =>
        name.EndsWith("-meta.json", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".chls", StringComparison.OrdinalIgnoreCase);

    private static bool IsCapture(string name) => Array.Exists(
        [".har", ".zhar", ".mitm", ".flow", ".flows", ".dump", ".chlsj", ".saz"], ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static ImportException Say(string format, string reason, string remedy) => new(format, null, null, reason, remedy);
}
