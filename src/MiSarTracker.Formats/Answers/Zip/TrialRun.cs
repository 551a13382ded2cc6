namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>Unpacks an entry for nothing but its checksum, to tell a right password from a lucky one.</summary>
internal sealed class TrialRun(Stream content) : IDisposable
{
    public bool Passes(long length, uint crc, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        long count = 0;
        uint computed = 0;
        try
        {
            int read;
            while ((read = content.Read(buffer)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if ((count += read) > length)
                    return false;

                computed = Crc32.Append(computed, buffer.AsSpan(0, read));
            }
        }
        catch (InvalidDataException)
        {
            return false; // What a wrong password makes of packed data.
        }

        return count == length && computed == crc;
    }

    public void Dispose() => content.Dispose();
}
