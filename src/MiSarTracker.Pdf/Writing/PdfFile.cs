using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MiSarTracker.Pdf.Writing;

/// <summary>
/// The file itself: numbered objects, packed into object streams where the format allows it, and a cross-reference stream.
/// Nothing depends on time or chance; the file's ID is the hash of what was written before it.
/// </summary>
internal sealed class PdfFile : IDisposable
{
    private const int ObjectsPerStream = 200;
    private const int FirstPacked = 1 << 15;

    // So many streams may wait for being written: what they hold is bounded.
    private const int MostWaiting = 64;

    private readonly Stream _output;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<Place> _places = [new(0, 0, 65535)];
    private readonly List<(int Id, int Offset)> _pending = [];
    private readonly Queue<WaitingStream> _waiting = [];
    private ByteWriter _packed = new(FirstPacked);
    private long _position;

    public PdfFile(Stream output)
    {
        _output = output;
        // Four bytes above 127 tell transfer programs that the file is binary.
        Emit("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"u8);
    }

    private readonly record struct Place(byte Kind, long Where, int Index);

    /// <summary>A stream that is written when its turn comes; until then another thread compresses it.</summary>
    private sealed record WaitingStream(int Id, byte[] Entries, ReadOnlyMemory<byte> Data, Task<byte[]>? Small);

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _places.Add(default);
        return _places.Count - 1;
    }

    /// <summary>Writes an object that is not a stream.</summary>
    public void Write(int id, ByteWriter value) => Write(id, value.Written);

    public void Write(int id, ReadOnlySpan<byte> value)
    {
        _pending.Add((id, _packed.Length));
        _packed.Raw(value).Raw("\n"u8);
        if (_pending.Count == ObjectsPerStream)
            FlushPacked();
    }

    public int Write(ByteWriter value)
    {
        int id = Reserve();
        Write(id, value);
        return id;
    }

    /// <summary>Writes a stream. Streams are compressed on another thread, and stand in the file in the order of these calls all the same.</summary>
    /// <param name="entries">Further entries of its dictionary, such as "/Type/XObject".</param>
    /// <param name="data">Its content, not compressed; nobody changes it any more.</param>
    /// <param name="compress">False leaves the content readable in the file (metadata).</param>
    public void WriteStream(int id, ReadOnlySpan<byte> entries, ReadOnlyMemory<byte> data, bool compress = true)
    {
        _waiting.Enqueue(new(id, entries.ToArray(), data, compress ? Task.Run(() => Compress(data.Span)) : null));
        EmitWaiting(MostWaiting);
    }

    public int WriteStream(ReadOnlySpan<byte> entries, ReadOnlyMemory<byte> data, bool compress = true)
    {
        int id = Reserve();
        WriteStream(id, entries, data, compress);
        return id;
    }

    /// <summary>Writes what is left, the cross-reference stream and the end of the file.</summary>
    public void Finish(int catalog, int info)
    {
        FlushPacked();
        EmitWaiting(0);
        int id = Reserve();
        long start = _position;
        _places[id] = new(1, start, 0);
        string fileId = Convert.ToHexString(_hash.GetCurrentHash().AsSpan(0, 16));
        var entries = new ByteWriter().Raw("/Type/XRef/Size ").Number(_places.Count).Raw("/W[1 5 2]/Root ").Reference(catalog)
            .Raw("/Info ").Reference(info).Raw("/ID[<").Raw(fileId).Raw("><").Raw(fileId).Raw(">]");
        EmitStream(id, entries.Written, Compress(CrossReferences()), true);
        Emit(new ByteWriter().Raw("startxref\n").Raw(start.ToString(System.Globalization.CultureInfo.InvariantCulture)).Raw("\n%%EOF\n").Written);
    }

    public void Dispose() => _hash.Dispose();

    private static byte[] Compress(ReadOnlySpan<byte> data)
    {
        using var small = new MemoryStream();
        using (var deflate = new ZLibStream(small, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(data);
        return small.ToArray();
    }

    private byte[] CrossReferences()
    {
        var rows = new byte[_places.Count * 8];
        for (int i = 0; i < _places.Count; i++)
        {
            var row = rows.AsSpan(i * 8, 8);
            row[0] = _places[i].Kind;
            BinaryPrimitives.WriteUInt32BigEndian(row[2..], checked((uint)_places[i].Where));
            BinaryPrimitives.WriteUInt16BigEndian(row[6..], (ushort)_places[i].Index);
        }
        return rows;
    }

    private void FlushPacked()
    {
        if (_pending.Count == 0)
            return;
        int id = Reserve();
        var index = new ByteWriter();
        for (int i = 0; i < _pending.Count; i++)
        {
            index.Number(_pending[i].Id).Raw(" ").Number(_pending[i].Offset).Raw(" ");
            _places[_pending[i].Id] = new(2, id, i);
        }
        var entries = new ByteWriter().Raw("/Type/ObjStm/N ").Number(_pending.Count).Raw("/First ").Number(index.Length);
        index.Raw(_packed.Written);
        WriteStream(id, entries.Written, index.WrittenMemory);
        _pending.Clear();
        _packed = new(FirstPacked);
    }

    /// <summary>Writes the streams that are ready, and waits for others until so many are left.</summary>
    private void EmitWaiting(int most)
    {
        while (_waiting.TryPeek(out var next) && (_waiting.Count > most || next.Small is not { IsCompleted: false }))
        {
            _waiting.Dequeue();
            _places[next.Id] = new(1, _position, 0);
            EmitStream(next.Id, next.Entries, next.Small is null ? next.Data.Span : next.Small.GetAwaiter().GetResult(), next.Small is not null);
        }
    }

    private void EmitStream(int id, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> data, bool compressed)
    {
        var head = new ByteWriter().Number(id).Raw(" 0 obj\n<<").Raw(entries);
        if (compressed)
            head.Raw("/Filter/FlateDecode");
        Emit(head.Raw("/Length ").Number(data.Length).Raw(">>\nstream\n").Written);
        Emit(data);
        Emit("\nendstream\nendobj\n"u8);
    }

    private void Emit(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _hash.AppendData(bytes);
        _position += bytes.Length;
    }
}
