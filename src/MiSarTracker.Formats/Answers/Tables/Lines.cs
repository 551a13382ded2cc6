using System.Text;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>Small questions about stretches of a table's bytes.</summary>
internal static class Lines
{
    /// <summary>Line ends: LF, CRLF and CR count one each.</summary>
    public static int In(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (bytes.IndexOfAny((byte)'\n', (byte)'\r') is var at and >= 0)
        {
            count++;
            bytes = bytes[(at + (bytes[at] == '\r' && at + 1 < bytes.Length && bytes[at + 1] == '\n' ? 2 : 1))..];
        }

        return count;
    }

    /// <summary>Whether any byte is NUL or not ASCII.</summary>
    public static bool NeedLook(ReadOnlySpan<byte> bytes) => !Ascii.IsValid(bytes) || bytes.Contains((byte)0);
}
