using System.Security.Cryptography;

namespace MiSarTracker.Benchmarks.Peers;

/// <summary>
/// The least that keeping a file safe costs: read once, SHA-256 on one thread, written to a temporary file on another, made durable, put in its place.
/// </summary>
internal static class HashAndCopy
{
    private const int Block = 1 << 20;

    public static string Run(string source, string target)
    {
        using var from = new FileStream(source, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        var incoming = target + ".incoming";
        using (var to = new FileStream(incoming, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }))
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            var (current, other) = (new byte[Block], new byte[Block]);
            var writing = Task.CompletedTask;
            for (var read = from.Read(current); read > 0; read = from.Read(current))
            {
                writing.Wait();
                var (bytes, length) = (current, read);
                writing = Task.Run(() => to.Write(bytes, 0, length));
                hash.AppendData(bytes, 0, length);
                (current, other) = (other, current);
            }

            writing.Wait();
            to.Flush(flushToDisk: true);
            File.Move(incoming, target);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }
}
