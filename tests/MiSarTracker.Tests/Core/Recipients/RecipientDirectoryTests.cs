using MiSarTracker.Core;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Recipients;
using MiSarTracker.Tests.Core.Article15;
using Xunit;

namespace MiSarTracker.Tests.Core.Recipients;

public sealed class RecipientDirectoryTests
{
    private static readonly RecipientDirectory Shipped = MiSarTracker.Templates.Shipped.Recipients();

    [Theory]
    [InlineData("api2.amplitude.com", "amplitude")]
    [InlineData("amplitude.com.", "amplitude")]
    [InlineData("GRAPH.Facebook.com", "meta")]
    [InlineData("firebaseinstallations.googleapis.com", "google")]
    [InlineData("hm-registration.s3.eu-west-1.amazonaws.com", "amazon")]
    [InlineData("notamplitude.com", null)]
    [InlineData("amplitude.com.evil.example", null)]
    [InlineData("com", null)]
    [InlineData("10.0.0.1", null)]
    public void AHostBelongsToTheDomainThatItEndsIn(string host, string? id) => Assert.Equal(id, Shipped.Find(host)?.Id);

    [Fact]
    public void TheLongestDomainDecides()
    {
        var directory = RecipientDirectory.Read(File(("one", "example.org"), ("two", "push.example.org")), "recipients.json");

        Assert.Equal(["one", "two"], new[] { "api.example.org", "eu.push.example.org" }.Select(host => directory.Find(host)!.Id));
    }

    [Fact]
    public void EntriesStandInAlphabeticalOrder() =>
        Assert.Equal(Shipped.All.Select(entry => entry.Id).Order(StringComparer.Ordinal), Shipped.All.Select(entry => entry.Id));

    [Theory]
    [InlineData("\"country\":\"DE\"", "\"country\":\"Germany\"", "$.recipients[0].country")]
    [InlineData("\"because\":\"b\",", "", "$.recipients[0]")]
    [InlineData("example.org", "Example.org", "$.recipients[0].domains[0]")]
    [InlineData("\"source\":\"s\"", "\"source\":\"nowhere\"", "$.recipients[0].source")]
    [InlineData("\"names\":[]", "\"name\":[]", "$.recipients[0].name")]
    public void AFaultIsToldWithItsPlace(string from, string to, string place)
    {
        var fault = Assert.Throws<BadInput>(() => RecipientDirectory.Read(File(("one", "example.org")).Replace(from, to, StringComparison.Ordinal), "recipients.json"));

        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("We share data with Amplitude, Inc.", true)]
    [InlineData("Recipients: api2.amplitude.com", true)]
    [InlineData("The amplitude of your pulse is stored.", false)]
    [InlineData("Amplitudes are measured.", false)]
    [InlineData("We name no one.\n\nOn 5 Oct 2026, Alex wrote:\n> Is it sent to api2.amplitude.com?", false)]
    [InlineData("Please see our answers in blue below.\n\nOn 5 Oct 2026, Alex wrote:\n> Who are the recipients?\n> Amplitude, Inc.", true)]
    public void OnlyTheAnswersOwnWordsNameARecipient(string text, bool isNamed)
    {
        var names = new RecipientNames([new AnswerText(Origin.InAnswer("R-001", "mail.eml", 0), text)], AnswerCorpus.Patterns);

        Assert.Equal(isNamed, names.Find(["api2.amplitude.com", "amplitude.com"], ["Amplitude, Inc.", "Amplitude"]) is not null);
    }

    private static string File(params (string Id, string Domain)[] entries) =>
        $$"""{"sources":{"s":"S"},"recipients":[{{string.Join(',', entries.Select(entry => $$"""{"id":"{{entry.Id}}","owner":"O","names":[],"country":"DE","domains":["{{entry.Domain}}"],"because":"b","source":"s"}"""))}}]}""";
}
