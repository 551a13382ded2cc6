namespace MiSarTracker.Formats.Answers.Containers;

/// <summary>The bytes of one entry of a tar archive, without the zeros that fill its last block.</summary>
internal sealed class TarWindow(Stream archive, long length) : ForwardStream
{
    private long _left = length;
    private readonly long _padding = (TarHeader.Length - (length % TarHeader.Length)) % TarHeader.Length;

    public override int Read(Span<byte> buffer)
    {
        var read = archive.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        _left -= read;
        return read;
    }

    /// <summary>Goes on to where the next entry begins; false when the archive ends before.</summary>
    public bool Skip()
    {
        var buffer = new byte[1 << 14];
        for (_left += _padding; _left > 0;)
        {
            if (Read(buffer) == 0)
                return false;
        }

        return true;
    }
}
