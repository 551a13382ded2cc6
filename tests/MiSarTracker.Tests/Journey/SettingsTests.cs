using MiSarTracker.Core;
using Xunit;

namespace MiSarTracker.Tests.Journey;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "Person": {}, "Mail": {}, "Reminders": {}, "Report": {}, "Service": {} }""")]
    [InlineData("""{ /* nothing */ "Person": { "Zone": { "Id": "UTC" } }, }""")]
    public void WhatASettingsFileLeavesOutIsAsItIsWithoutTheFile(string json) =>
        Assert.Equal(new Settings().ToJson(), Read(json).ToJson());

    [Fact]
    public void WhatIsWrittenIsReadAgainAndHoldsNothingDerived()
    {
        var settings = new Settings { Person = new PersonSettings { Name = "Ada", TimeZone = "Europe/Amsterdam", PostalAddress = ["1 Street"] }, Reminders = new ReminderSettings { Enabled = false, Hour = 7 } };
        var json = settings.ToJson();
        Assert.DoesNotContain("\"Zone\"", json, StringComparison.Ordinal);
        Assert.Equal(json, Read(json).ToJson());
        Assert.Equal(7, Read(json).Reminders.Hour);
    }

    [Fact]
    public void AMisspeltNameIsRefused() =>
        Assert.Contains("Nmae", Assert.Throws<BadInput>(() => Read("""{ "Person": { "Nmae": "Ada" } }""")).Message, StringComparison.Ordinal);

    private static Settings Read(string json)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            return Settings.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
