using MiSarTracker.Commands;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>Text out of captures is folded to the terminal's width and cannot steer it.</summary>
public sealed class EvidenceTextTests
{
    [Fact]
    public void LongWordsAreCutAndSentencesBrokenAtBlanks()
    {
        Assert.Equal(["  one two", "  three"], EvidenceText.Fold("  one two three", 12));
        Assert.Equal(["aaaaaaaaaa", "aaaaa"], EvidenceText.Fold(new string('a', 15), 10));
        Assert.Equal(["a", "b", ""], EvidenceText.Fold("a\r\nb\n", 10));
    }

    [Theory]
    [InlineData("\u001b]0;x\u0007", "\\u001b]0;x\\u0007")]
    [InlineData("a\u202Eb", "a\\u202eb")]
    [InlineData("a\tb", "a  b")]
    public void WhatCouldSteerATerminalIsWrittenAsItsCode(string text, string shown) => Assert.Equal([shown], EvidenceText.Fold(text, 80));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NothingIsLostAndNoLineIsTooLong(int seed)
    {
        var random = new Random(seed);
        var text = string.Concat(Enumerable.Range(0, 2_000).Select(_ => random.Next(6) switch { 0 => " ", 1 => "😀", _ => ((char)('a' + random.Next(26))).ToString() }));
        var lines = EvidenceText.Fold(text, 40).ToList();

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 40));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }
}
