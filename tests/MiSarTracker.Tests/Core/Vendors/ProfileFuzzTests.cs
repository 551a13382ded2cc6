using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Tests.Formats.Uploads;
using Xunit;

namespace MiSarTracker.Tests.Core.Vendors;

public sealed class ProfileFuzzTests
{
    private static readonly int Inputs = Fuzz.Inputs(2_000);

    private static readonly string[] Pieces =
    [
        "null", "[]", "{}", "\"", "\\", "-1", "1e999", "\"$.\"", "\"@[\"", "\"(\"", "\"(?<stamp>\"", "\"other:\"", "\uD83D\uDE00", ",", ":", "true", "\"\\ud800\"", "\u0000",
    ];

    /// <summary>For any bytes the reader gives a profile, or refuses it with the place; nothing else.</summary>
    [Fact]
    public void DamagedProfilesAreReadOrRefusedAndNothingElse()
    {
        var random = new Random(20261122);
        var (accepted, refused) = (0, 0);
        var small = Encoding.UTF8.GetString(Small());
        for (var i = 0; i < Inputs; i++)
        {
            var bytes = Mutated(small, random);
            try
            {
                VendorProfileReader.Read(bytes, "p.json");
                accepted++;
            }
            catch (BadInput bad)
            {
                Assert.Equal("p.json", bad.InputName);
                Assert.NotEmpty(bad.Reason);
                refused++;
            }
        }

        Assert.Equal(Inputs, accepted + refused);
        Assert.True(accepted > Inputs / 200 && refused > Inputs / 2, $"{accepted} accepted, {refused} refused");
    }

    private static byte[] Mutated(string profile, Random random)
    {
        var text = new StringBuilder(profile);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(Math.Max(1, text.Length));
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 40), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text.Append((char)random.Next(0x20, 0x7F))[at] = (char)random.Next(0x20, 0x7F);
                    break;
                case 3:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 60), text.Length - at)));
                    break;
                default:
                    text.Length = Math.Min(at + 1, text.Length);
                    break;
            }
        }

        var bytes = Encoding.UTF8.GetBytes(text.Append(' ').ToString());
        if (random.Next(10) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static byte[] Small()
    {
        var whole = System.Text.Json.Nodes.JsonNode.Parse(Profiles.MiFitJson)!;
        foreach (var (list, keep) in new[] { ("controllers", 1), ("hosts", 1), ("uploads", 2), ("common", 2), ("exports", 2), ("tolerances", 1), ("knownOmissions", 1), ("samples", 1), ("notMapped", 1) })
        {
            var array = whole[list]!.AsArray();
            while (array.Count > keep)
            {
                array.RemoveAt(keep);
            }
        }

        return Encoding.UTF8.GetBytes(whole.ToJsonString());
    }
}
