using MiSarTracker.Core;
using Xunit;

namespace MiSarTracker.Tests.Core;

public sealed class SingleLineTests
{
    [Theory]
    [InlineData("Jane\rBcc: x@example.org")]
    [InlineData("Jane\nBcc: x@example.org")]
    [InlineData("Jane\r\n\r\nbody")]
    [InlineData("Jane\n")]
    [InlineData("\nJane")]
    [InlineData("Jane\0")]
    [InlineData("Jane\tDoe")]
    [InlineData("Jane\u001bDoe")]
    [InlineData("Jane\u007fDoe")]
    [InlineData("Jane\u0085Doe")]
    [InlineData("Jane\u2028Doe")]
    [InlineData("Jane\u2029Doe")]
    [InlineData("Jane\u202eeoD")]
    [InlineData("Jane\u2066Doe")]
    [InlineData("Jane\ufeffDoe")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\n")]
    [InlineData(null)]
    public void WhatCouldLeaveTheLineIsRefused(string? text) =>
        Assert.Throws<BadInput>(() => SingleLine.Parse(text, "the name"));

    [Fact]
    public void HalfACharacterIsRefusedAndAWholeOneIsNot()
    {
        Assert.Throws<BadInput>(() => SingleLine.Parse("a\ud83d", "the name"));
        Assert.Throws<BadInput>(() => SingleLine.Parse("\ude00a", "the name"));
        Assert.Equal("a\ud83d\ude00", SingleLine.Parse("a\ud83d\ude00", "the name").Value);
    }

    [Fact]
    public void EveryCharacterThatAnyLineReaderEndsALineAtIsRefused()
    {
        for (var c = 0; c <= 0xFFFF; c++)
        {
            var text = $"a{(char)c}b";
            var accepted = TryParse(text);
            var lines = text.ReplaceLineEndings("\n").Split('\n').Length;
            Assert.False(accepted && (lines > 1 || char.IsControl((char)c) || char.IsSurrogate((char)c)), $"U+{c:X4} was accepted");
        }
    }

    [Fact]
    public void AHundredThousandCharactersAreNoName()
    {
        var fault = Assert.Throws<BadInput>(() => SingleLine.Parse(new string('x', 100_000), "the name"));
        Assert.Contains("100,000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMessageNamesTheFieldAndThePlace()
    {
        var fault = Assert.Throws<BadInput>(() => SingleLine.Parse("Jane\u2028Doe", "the name of the controller"));
        Assert.Equal("the name of the controller", fault.InputName);
        Assert.Equal("character 5", fault.Where);
        Assert.Equal(3, fault.ExitCode);
    }

    [Theory]
    [InlineData("Søren Ångström-Łukasiewicz")]
    [InlineData("安徽华米信息科技有限公司")]
    [InlineData("Ελένη Παπαδοπούλου")]
    [InlineData("{{name}} <b>& \"O'Neill\"")]
    public void NamesOfAnyScriptArePossible(string name) => Assert.Equal(name, SingleLine.Parse("  " + name + " ", "the name").Value);

    [Fact]
    public void AnOptionalTextMayBeMissingButNotUnsafe()
    {
        Assert.Null(SingleLine.ParseOptional(null, "the name"));
        Assert.Null(SingleLine.ParseOptional("  ", "the name"));
        Assert.Throws<BadInput>(() => SingleLine.ParseOptional("\r\n", "the name"));
    }

    private static bool TryParse(string text)
    {
        try
        {
            SingleLine.Parse(text, "the name");
            return true;
        }
        catch (BadInput)
        {
            return false;
        }
    }
}
