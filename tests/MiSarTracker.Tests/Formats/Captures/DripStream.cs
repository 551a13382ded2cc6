namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>A stream that cannot seek and gives one byte per call, as a slow pipe does.</summary>
internal sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
}
