using System.Diagnostics;
using System.Text;
using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>For any bytes the reader ends, or throws ImportException. <c>MISAR_MUTATIONS</c> sets how many inputs are tried.</summary>
public sealed class MutationTests
{
    private static readonly int Inputs = Fuzz.Inputs(400);

    private static readonly Limits Tight = Limits.Default with
    {
        MaxArchiveBytes = 64 << 20,
        MaxNestedBytes = 4 << 20,
        MaxFieldBytes = 100_000,
        MaxTextBytes = 1 << 20,
    };

    [Theory]
    [InlineData(20_240_330)]
    [InlineData(20_240_331)]
    public void MutatedAnswersAreReadOrRefused(int seed)
    {
        var samples = Samples();
        var random = new Random(seed);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < Inputs / 2; i++)
        {
            var (name, bytes) = samples[random.Next(samples.Count)];
            var mutated = Mutate(bytes, samples[random.Next(samples.Count)].Bytes, random);
            var watch = Stopwatch.StartNew();
            try
            {
                CollectedAnswer.WithDocuments(mutated, name, Tight, "AbCdEfGh");
            }
            catch (ImportException)
            {
                // A refusal is an answer.
            }
            catch (Exception bug)
            {
                throw new InvalidOperationException($"seed {seed}, input {i} ({name})", bug);
            }

            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        Assert.True(slowest < TimeSpan.FromSeconds(20), $"the slowest took {slowest}");
    }

    private static byte[] Mutate(byte[] bytes, byte[] other, Random random)
    {
        var mutated = bytes.ToList();
        for (var times = random.Next(1, 5); times > 0 && mutated.Count > 0; times--)
        {
            var at = random.Next(mutated.Count);
            var length = Math.Min(random.Next(1, 60), mutated.Count - at);
            switch (random.Next(8))
            {
                case 0 or 1:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 3:
                    mutated.RemoveRange(at, length);
                    break;
                case 4:
                    mutated.RemoveRange(at, random.Next(4) == 0 ? mutated.Count - at : Math.Min(length, 4));
                    break;
                case 5:
                    mutated.InsertRange(at, mutated.GetRange(random.Next(mutated.Count - length + 1), length));
                    break;
                case 6 when other.Length > 0:
                    var from = random.Next(other.Length);
                    mutated.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)));
                    break;
                default:
                    // Lengths and offsets are the fields that hurt: all ones, all zeros, one more or less.
                    for (var i = at; i < Math.Min(at + (random.Next(2) * 2) + 2, mutated.Count); i++)
                        mutated[i] = (byte)(random.Next(2) * 255);
                    break;
            }
        }

        return [.. mutated];
    }

    private static List<(string Name, byte[] Bytes)> Samples()
    {
        var samples = new List<(string, byte[])>();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus", "samples", "exports")).Order(StringComparer.Ordinal))
            samples.Add((Path.GetFileName(file), File.ReadAllBytes(file)));

        const string csv = "date,naps,x\n2024-01-01,\"[{\\\"a\\\":1,\\\"b\\\":2}]\",1\n2,\"x\r\ny \"\"z\"\"\",3\n\n4,5\n";
        var inner = new ZipForge().Add("a.csv", csv).Add("b.json", "{\"a\":[1,2]}", deflate: false).Bytes();
        samples.Add(("forged.zip", new ZipForge { WithZip64End = true, Comment = "c" }
            .Add("a.csv", csv, entry => entry.Descriptor = true).Add("inner.zip", inner).Add("stored.zip", inner, deflate: false).Bytes()));
        samples.Add(("a.csv", Encoding.UTF8.GetBytes(csv)));
        samples.Add(("wide.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(csv)]));
        samples.Add(("a.eml", Encoding.UTF8.GetBytes(
            "From: =?gb2312?B?0KHD1w==?= <a@b>\r\nDate: Wed, 01 May 2024 12:00:00 +0200\r\nMessage-ID: <1@b>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + "<p>Hello=20&amp; <b>you</b></p>\r\n--x\r\nContent-Type: application/zip; name*=utf-8''a%20b.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String(inner, Base64FormattingOptions.InsertLineBreaks) + "\r\n--x--\r\n")));
        samples.AddRange(OtherSamples());
        return samples;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> OtherSamples()
    {
        yield return ("a.json", "{\"u\":{\"id\":\"1\",\"n\":null},\"l\":[{\"t\":\"2024-03-30\",\"v\":{\"b\":61.5,\"c\":[1,{\"x\":\"\\u00e4\\ud83d\\ude00\"}]}},{\"t\":1}],\"e\":[],\"s\":[1,2]}"u8.ToArray());
        yield return ("a.jsonl", "{\"a\":1,\"b\":\"x\"}\n{\"a\":[1,2]}\n\n{\"c\":true}\n"u8.ToArray());
        yield return ("a.html", "<html><body><table><tr><th colspan=2>date<th>steps<tr><td rowspan=2>2024<td>5<td>6<tr><td>7<td>8</table><p>&auml;<table><tr><td><table></table></body>"u8.ToArray());
        yield return ("a.tar", Tarball.Of(("a.csv", "a,b\n1,2\n"), ("d/b.json", "[{\"a\":1}]")));
        yield return ("a.csv.gz", Tarball.Gzip("a,b\n1,2\n"u8.ToArray()));
        yield return ("a.tar.gz", Tarball.Gzip(Tarball.Of(("a.csv", "a,b\n1,2\n"))));
        yield return ("a.pdf", ForgedPdf.Of(["Dear you,", "we hold nothing."], null));
        yield return ("a.xlsx", ForgedWorkbook.Xlsx());
        yield return ("a.ods", ForgedWorkbook.Ods());
        yield return ("a.msg", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]);
    }
}
