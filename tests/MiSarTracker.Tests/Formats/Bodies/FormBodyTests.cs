using System.Text;
using MiSarTracker.Formats.Bodies;
using Xunit;

namespace MiSarTracker.Tests.Formats.Bodies;

public sealed class FormBodyTests
{
    [Fact]
    public void FieldsKeepTheirOrderAndTheirDuplicates()
    {
        var fields = FormBody.Read("?&t=1&a=x+y&a=%C3%BC%2B&empty=&bare&=v&&a%20b=c=d").ToList();

        Assert.Equal(
            [("t", "1"), ("a", "x y"), ("a", "ü+"), ("empty", ""), ("bare", ""), ("", "v"), ("a b", "c=d")],
            fields.Select(field => (field.Name, field.Value)));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz%41", "%zzA")]
    [InlineData("100%+sure", "100% sure")]
    [InlineData("%2b%2B", "++")]
    public void APercentSignThatMeansNothingStays(string coded, string plain) =>
        Assert.Equal(plain, FormBody.Read("a=" + coded).Single().Value);

    [Fact]
    public void EveryByteComesBackFromItsCode()
    {
        var coded = "v=" + string.Concat(Enumerable.Range(0, 256).Select(value => $"%{value:x2}"));

        Assert.Equal(Enumerable.Range(0, 256).Select(value => (byte)value), FormBody.Read(coded).Single().Decode());
    }

    [Fact]
    public void AGreatValueIsDecodedWithoutAString()
    {
        var body = new byte[20_000_000];
        "data_json="u8.CopyTo(body);
        body.AsSpan(10).Fill((byte)'a');
        var target = new byte[body.Length];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var field = FormBody.First(body, "data_json")!.Value;

        Assert.Equal(body.Length - 10, field.Decode(target));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
    }

    [Fact]
    public void WhatIsNoFormMakesNoGiantName() =>
        Assert.True(FormBody.Read(Encoding.ASCII.GetBytes(new string('x', 5_000_000))).Single().Name.Length < 10_000);

    [Fact]
    public void RandomFieldsSurviveCodingByDotNet()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var fields = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (Name: Text(random), Value: Text(random))).ToList();
            var coded = string.Join("&", fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value).Replace("%20", "+", StringComparison.Ordinal)}"));

            Assert.Equal(fields, FormBody.Read(coded).Select(field => (field.Name, field.Value)));
        }
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => new Rune(random.Next(4) == 0 ? random.Next(0x10000, 0x10FFFF) : random.Next(1, 0xD7FF))));
}
