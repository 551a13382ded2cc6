using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MiSarTracker.TestBench.Inputs;
using MiSarTracker.Tests.Formats.Captures;

namespace MiSarTracker.FaultTests.Hostile;

/// <summary>
/// Hostile inputs by number: a sample with a few changes that fit its format or none, the same for the same seed and
/// number. For uploads the changed body is put whole into a flow dump, so that the change reaches the decoders.
/// </summary>
internal sealed class HostileInputs(IReadOnlyList<byte[]> samples, int seed, bool areUploads)
{
    private static readonly string[] Paths =
        ["/v1/data/band_data.json", "/v1/sport/run/summary.json", "/v1/sport/run/detail.json", "/users/3000000001/heartRate", "/v1/data/heart_rate.json", "/huami.health.scale.save.json", "/users/3000000001/members/-1/weightRecords", "/v1/user/manualData.json"];

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "1e999", "-1", "99999999999999999999", "1000000000000:", "0:", "12345678901234567890:", "null", "true", "\"\\ud800\"", "\"\\u0000\"", "[[[[[[[[", "}}}}", "{\"a\":{\"a\":", "\uFEFF",
            "\r\n", "\n\n\n", ",,,,", "\"", "\"\"", ";", "\t", "%00", "%ZZ", "+", "&&==", "data_json=", "=?utf-8?b?", "--", "2024-02-30", "9999-12-31", "0001-01-01", "24:60", "NaN", "Infinity", "PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x1F, 0x8B, 0x08], [0xFE, 0xFF], [0xFF, 0xFE],
    ];

    public byte[] Make(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var input = new List<byte>(samples[random.Next(samples.Count)]);
        for (var changes = random.Next(1, 9); changes > 0; changes--)
            Change(input, random);
        return areUploads ? InFlow([.. input], random) : [.. input];
    }

    private void Change(List<byte> input, Random random)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(input.Count - at, 1 << random.Next(0, 13));
        switch (random.Next(11))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 4:
                input.RemoveRange(at, input.Count - at);
                break;
            case 5:
                input.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 6:
                Overwrite(input, at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 7:
                Splice(input, at, random);
                break;
            case 8:
                OtherNumber(input, at, random);
                break;
            case 9:
                OtherField(input, random);
                break;
            default:
                input.InsertRange(at, Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(1, 2_000)).SelectMany(token => token));
                break;
        }
    }

    private static void Overwrite(List<byte> input, int at, byte[] token)
    {
        for (var i = 0; i < token.Length && at + i < input.Count; i++)
            input[at + i] = token[i];
    }

    private void Splice(List<byte> input, int at, Random random)
    {
        var other = samples[random.Next(samples.Count)];
        var from = random.Next(other.Length);
        input.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 << random.Next(16))).ToArray());
    }

    /// <summary>Writes another number where the next one stands.</summary>
    private static void OtherNumber(List<byte> input, int at, Random random)
    {
        var first = input.FindIndex(Math.Min(at, input.Count), one => char.IsAsciiDigit((char)one));
        if (first < 0)
            return;
        var last = input.FindIndex(first, one => !char.IsAsciiDigit((char)one));
        input.RemoveRange(first, (last < 0 ? input.Count : last) - first);
        var number = random.Next(4) switch
        {
            0 => random.NextInt64(long.MaxValue),
            1 => random.Next(2_000),
            2 => int.MaxValue,
            _ => 0,
        };
        input.InsertRange(first, Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Overwrites two or four bytes behind one of a ZIP's signatures, where its lengths, offsets and methods are.</summary>
    private static void OtherField(List<byte> input, Random random)
    {
        var marks = Enumerable.Range(0, Math.Max(0, input.Count - 46)).Where(i => input[i] == 'P' && input[i + 1] == 'K').Take(200).ToList();
        if (marks.Count == 0)
            return;
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(value, random.Next(3) switch { 0 => -1, 1 => random.Next(), _ => random.Next(100) });
        var at = marks[random.Next(marks.Count)] + 4 + random.Next(40);
        foreach (var one in value[..(random.Next(2) == 0 ? 2 : 4)])
            input[at++] = one;
    }

    private static byte[] InFlow(byte[] body, Random random)
    {
        var type = random.Next(3) switch { 0 => "application/x-www-form-urlencoded", 1 => "multipart/form-data; boundary=----MiFitBoundary7MA4YWxkTrZu0gW", _ => "application/json" };
        var encoding = random.Next(6) switch { 0 => "gzip", 1 => "deflate", 2 => "br", _ => "identity" };
        return FlowDumpWriter.Dump(Captures.DumpVersion, new RecordedFlow
        {
            Target = Paths[random.Next(Paths.Length)] + "?t=1711800000000&userid=3000000001&timezone=Europe%2FBerlin",
            Headers = [("Content-Type", type), ("Content-Encoding", encoding)],
            Body = body,
        });
    }
}
