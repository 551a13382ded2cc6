using System.Net;
using System.Text.RegularExpressions;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ports;
using MiSarTracker.Tests.Sending;
using MiSarTracker.Tests.Service;
using Xunit;

namespace MiSarTracker.Tests.Web;

public sealed partial class PagesTests(OpenedService opened) : IClassFixture<OpenedService>
{
    private const string Case = "/cases/SAR-2026-0001";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACaseShowsItsClockBothWaysItsFindingsAndItsReport()
    {
        var service = opened.Service;
        using var person = await service.OpenedAsync();
        var text = TextOf(await person.GetStringAsync(Case, Stop));
        foreach (var expected in new[]
        {
            "SAR-2026-0001", "18 days left", "Last day by law 10 December 2026", "30 days 10 December 2026", "Received 10 November 2026", "the person's word",
            "Regulation", "accepted", "E-001", "R-001", "heart-rate", "partly disclosed", "27 663", "219 heart-rate minutes", "No offset of whole minutes makes them agree.",
            "Download the report", "thirtieth", "Case opened", "privacy@vendor.test",
        })
            Assert.Contains(expected.Replace(' ', ' '), text.Replace('\u202f', ' '), StringComparison.Ordinal);

        // The gravest first.
        Assert.True(text.IndexOf("F-002", StringComparison.Ordinal) < text.IndexOf("F-001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NothingFromEvidenceRunsOrChangesDirection()
    {
        var service = opened.Service;
        using var person = await service.OpenedAsync();
        foreach (var address in new[] { "/", "/jobs", Case, $"{Case}/findings", "/?q=%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE", "/cases/%3Cscript%3E" })
        {
            using var answer = await person.GetAsync(address, Stop);
            var html = await answer.Content.ReadAsStringAsync(Stop);
            Assert.DoesNotMatch(Running(), html);
            Assert.DoesNotContain('\u202e', WebUtility.HtmlDecode(html));
        }

        Assert.Contains("&lt;script&gt;alert(1)", await person.GetStringAsync(Case, Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.pdf", "application/pdf", "SAR-2026-0001-report-P-001.pdf", "%PDF-1.7\n")]
    [InlineData("exhibits/R-001", "application/octet-stream", "SAR-2026-0001-R-001-answer.zip", "archive")]
    [InlineData("comparison.json", "application/octet-stream", "SAR-2026-0001-C-001.json", FilledOffice.Comparison)]
    public async Task AFileComesAsAnAttachmentByteForByte(string path, string type, string name, string content)
    {
        var service = opened.Service;
        using var person = await service.OpenedAsync();
        using var answer = await person.GetAsync($"{Case}/{path}", Stop);
        Assert.Equal((type, "attachment", name), (answer.Content.Headers.ContentType!.ToString(), answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName!.Trim('"')));
        Assert.Equal(content, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task AChangedExhibitIsNotHandedOut()
    {
        await using var service = await RunningService.StartAsync(await FilledOffice.OpenAsync());
        using var person = await service.OpenedAsync();
        var path = service.Office.Workspace.Vault.PathOf(service.Office.Case.Exhibit("R-001").Sha256);
        File.Delete(path);
        await File.WriteAllTextAsync(path, "Archive", Stop);
        using var answer = await person.GetAsync($"{Case}/exhibits/R-001", Stop);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("was changed", TextOf(await answer.Content.ReadAsStringAsync(Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyWorkspaceSaysWhatToDoFirst()
    {
        var office = await PostOffice.OpenAsync();
        await using var service = await RunningService.StartAsync(office);
        using var person = await service.OpenedAsync();
        Assert.Contains("misar letter preview SAR-2026-0001 --kind access", TextOf(await person.GetStringAsync("/", Stop)), StringComparison.Ordinal);
        await office.Workspace.Apply(office.Case.Reference, new CloseCase(CaseOutcome.Withdrawn), PostOffice.Start, Stop);
        Assert.Contains("misar case open", TextOf(await person.GetStringAsync("/", Stop)), StringComparison.Ordinal);
        Assert.Contains("SAR-2026-0001", TextOf(await person.GetStringAsync("/?all=true", Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMailThatWaitsIsShownWithItsReasonAndCanBeTriedNow()
    {
        var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        office.Answer(new SendOutcome.NotSent("The server did not take the password.", Retryable: false), new SendOutcome.Accepted(250, "OK id=7", true));
        await office.Sender.Drain(Stop);
        await using var service = await RunningService.StartAsync(office, sender: office);
        using var person = await service.OpenedAsync();
        Assert.Contains("The server did not take the password.", TextOf(await person.GetStringAsync("/", Stop)), StringComparison.Ordinal);
        var page = await person.GetStringAsync("/jobs", Stop);
        Assert.Contains("The server did not take the password.", TextOf(page), StringComparison.Ordinal);

        var form = Field().Matches(page).Select(field => new KeyValuePair<string, string>(field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)));
        using var message = new HttpRequestMessage(HttpMethod.Post, "/jobs") { Content = new FormUrlEncodedContent(form) };
        message.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await person.SendAsync(message, Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("L-001 of SAR-2026-0001: accepted. 250 OK id=7", TextOf(await person.GetStringAsync("/jobs", Stop)), StringComparison.Ordinal);
        Assert.Equal(SendState.Accepted, (await office.ReloadAsync()).Letter("L-001").State);
        Assert.Single(service.Accepted);
    }

    [Theory]
    [InlineData("/cases/SAR-2026-0099", HttpStatusCode.NotFound, "There is no case SAR-2026-0099.")]
    [InlineData("/cases/elsewhere", HttpStatusCode.NotFound, "is not a case reference")]
    [InlineData("/cases/SAR-2026-0001/exhibits/E-999", HttpStatusCode.NotFound, "has no exhibit E-999")]
    [InlineData("/elsewhere", HttpStatusCode.NotFound, "There is no such page.")]
    public async Task WhatIsNotThereIsSaidInASentence(string address, HttpStatusCode status, string sentence)
    {
        var service = opened.Service;
        using var person = await service.OpenedAsync();
        using var answer = await person.GetAsync(address, Stop);
        var text = TextOf(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALostDatabaseFailsWithASentenceAndNoEntrails()
    {
        await using var service = await RunningService.StartAsync(await FilledOffice.OpenAsync());
        using var person = await service.OpenedAsync();
        service.Office.Workspace.Dispose();
        File.Move(service.Office.Workspace.Layout.Database, service.Office.Workspace.Layout.Database + ".away");
        using var answer = await person.GetAsync("/", Stop);
        var text = TextOf(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheStylesheetIsSmallAndLoadsNothing()
    {
        var style = System.Text.Encoding.UTF8.GetString(MiSarTracker.Web.Assets.Read("style.css"));
        Assert.InRange(style.Length, 1_000, 20_000);
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
    }

    private static string TextOf(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ");

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Spaces();

    /// <summary>Scripts, handlers, styles within the page, and frames: none of them has a place here.</summary>
    [GeneratedRegex(@"<script|<iframe|<object|<embed|<img|\son\w+\s*=\s*[""']|\sstyle\s*=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Running();

    [GeneratedRegex("""<input (?:type="hidden" )?name="(?<name>\w+)" (?:type="hidden" )?value="(?<value>[^"]*)""")]
    private static partial Regex Field();
}
