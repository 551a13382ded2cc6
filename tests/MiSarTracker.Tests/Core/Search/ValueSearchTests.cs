using System.Diagnostics;
using System.Globalization;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Search;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Search;

/// <summary>Values of uploads in the words of an answer. The hashes were made with md5sum, sha1sum and sha256sum.</summary>
public sealed class ValueSearchTests
{
    private static readonly Origin Here = Origin.InAnswer("R-001", "answer.txt", 0);

    [Theory]
    [InlineData("3000000001", "Your account 3000000001.", Notation.AsSent)]
    [InlineData("3000000001", "id=3000000001&x=1", Notation.AsSent)]
    [InlineData("3000000001", "\"uid\":\"3000000001\",", Notation.AsSent)]
    [InlineData("3000000001", "acct c79c3f1a1ee4a4e9f62b8f8ad4f5f1bd or 3000000001", Notation.AsSent)]
    [InlineData("D4:00:00:00:FF:FF", "device d4:00:00:00:ff:ff was paired", Notation.AsSent)]
    [InlineData("jane.doe@example.org", "Dear jane.doe@example.org,", Notation.AsSent)]
    [InlineData("jane.doe@example.org", "mail=jane.doe%40example.org;", Notation.UrlEncoded)]
    [InlineData("jane.doe@example.org", "amFuZS5kb2VAZXhhbXBsZS5vcmc=", Notation.Base64)]
    [InlineData("jane.doe@example.org", "amFuZS5kb2VAZXhhbXBsZS5vcmc", Notation.Base64)]
    [InlineData("jane.doe@example.org", "6a616e652e646f65406578616d706c652e6f7267", Notation.Hexadecimal)]
    [InlineData("72341.50", "72341,5 kcal", Notation.OtherNotation)]
    [InlineData("72341.5", "total: 72,341.5", Notation.OtherNotation)]
    [InlineData("72341.5", "Summe: 72.341,5", Notation.OtherNotation)]
    [InlineData("52.3731", "52,3731", Notation.OtherNotation)]
    [InlineData("1714557600", "on 2024-05-01T10:00:00Z.", Notation.OtherNotation)]
    [InlineData("1714557600000", "on 2024-05-01 10:00:00", Notation.OtherNotation)]
    [InlineData("1714557600", "on 2024-05-01 12:00:00 (your time)", Notation.OtherNotation)]
    [InlineData("2024-05-01T12:00:00+02:00", "1714557600", Notation.OtherNotation)]
    [InlineData("1990-04-17", "born on 17.04.1990", Notation.OtherNotation)]
    [InlineData("1990-04-17", "born on April 17, 1990", Notation.OtherNotation)]
    [InlineData("Mi Smart Band 4", "a Mi Smart Band 4, bought", Notation.AsSent)]
    public void ItIsFoundInWhateverNotationItStands(string value, string text, Notation notation) => Assert.Equal(notation, Find(value, text)?.Notation);

    [Theory]
    [InlineData("Hello World 12", "md5", "5b3f1ea1ce5d9a0f7a7f5f6c66d5d9e1")]
    public void AHashThatIsAnotherValuesIsNotTaken(string value, string name, string hash) => Assert.Null(Find(value, $"{name}: {hash}"));

    [Theory]
    [InlineData("72341", "9723410")]
    [InlineData("72341", "72341.25")]
    [InlineData("72341", "1.72341")]
    [InlineData("jane.doe", "mary-jane.doenut")]
    [InlineData("D40000FF", "D40000FF01")]
    [InlineData("amsterdam-oost", "xamsterdam-oost")]
    public void APartOfSomethingElseIsNotTheValue(string value, string text) => Assert.Null(Find(value, text));

    [Theory]
    [InlineData("0")]
    [InlineData("true")]
    [InlineData("en")]
    [InlineData("1.50")]
    [InlineData("2024")]
    [InlineData("9999")]
    [InlineData("0000000000")]
    [InlineData("android")]
    public void WhatStandsInAnyTextByChanceIsNotLookedFor(string value)
    {
        Assert.True(Triviality.IsTrivial(value));
        Assert.Null(Find(value, $"It is {value} here."));
    }

    [Theory]
    [InlineData("10000")]
    [InlineData("52.3731")]
    [InlineData("a1b2")]
    [InlineData("installation")]
    [InlineData("de-AT")]
    public void WhatSaysSomethingIs(string value) => Assert.False(Triviality.IsTrivial(value));

    [Fact]
    public void EveryHashOfAnIdentifierIsRecognised()
    {
        // printf %s 3000000001 | md5sum, and so on; printf %s D4000000FFFF | sha256sum for the address without colons.
        var search = new ValueSearch(["3000000001", "d4:00:00:00:ff:ff"]);
        foreach (var hash in Oracle("3000000001").Concat(Oracle("D4000000FFFF")))
        {
            var before = search.Found.Values.Sum(found => found.Times);
            search.Look(Here, $"…,{hash},…");
            search.Look(Here, $"={hash.ToUpperInvariant()}");
            Assert.Equal(before + 2, search.Found.Values.Sum(found => found.Times));
        }
    }

    [Fact]
    public void TheOrderOfValuesAndTextsDoesNotMatter()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 300).Select(_ => random.Next(10_000, 12_000).ToString(CultureInfo.InvariantCulture)).ToArray();
        var texts = Enumerable.Range(0, 40).Select(_ => string.Join(random.Next(2) == 0 ? ", " : "\t", Enumerable.Range(0, 20).Select(_ => random.Next(10_000, 12_000)))).ToArray();
        var expected = values.Distinct().Where(value => texts.Any(text => text.Split([", ", "\t"], StringSplitOptions.None).Contains(value))).Order().ToList();
        Assert.NotEmpty(expected);
        for (var turn = 0; turn < 5; turn++)
        {
            random.Shuffle(values);
            random.Shuffle(texts);
            var search = new ValueSearch(values);
            Array.ForEach(texts, text => search.Look(Here, text));
            Assert.Equal(expected, search.Found.Keys.Order());
        }
    }

    [Fact]
    public void ManyValuesInALongTextTakeOnePass()
    {
        var random = new Random(11);
        var values = Enumerable.Range(0, 50_000).Select(i => $"2024-0{1 + (i % 9)}-{1 + (i % 28):00}T{i % 24:00}:{i % 60:00}:{i / 60 % 60:00}Z-{i}").ToList();
        var text = string.Join('\n', Enumerable.Range(0, 200_000).Select(_ => $"2024-05-01T10:00:00Z,{random.Next()},{random.Next()}"));
        var search = new ValueSearch(values);
        var watch = Stopwatch.StartNew();
        search.Look(Here, text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{text.Length} characters took {watch.Elapsed}");
    }

    private static ValueFound? Find(string value, string text)
    {
        var search = new ValueSearch([value], DateTimeZoneProviders.Tzdb["Europe/Amsterdam"]);
        search.Look(Here, text);
        return search.Found.GetValueOrDefault(value);
    }

    private static IEnumerable<string> Oracle(string value)
    {
        foreach (var program in new[] { "md5sum", "sha1sum", "sha256sum" })
        {
            using var process = Process.Start(new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            process.StandardInput.Write(value);
            process.StandardInput.Close();
            yield return process.StandardOutput.ReadToEnd().Split(' ')[0];
        }
    }
}
