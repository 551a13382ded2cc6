using MiSarTracker.Core;
using MiSarTracker.Core.Letters;
using Xunit;

namespace MiSarTracker.Tests.Core.Letters;

public sealed class LetterTemplateTests
{
    private const string Good = """
        ---
        kind: access
        language: en
        subject: Request for {{product}} [{{reference}}]
        sources:
          - GDPR, Article 15
        ---
        {{person.name}}, {{controller.name}}, {{date}}, {{product}}, {{reference}}
        {{#if person.email}}
        Mail: {{person.email}}
        {{/if}}

        {{#each identifiers}}
        - {{label}}: **{{value}}**
        {{/each}}
        {{#unless seen}}
        Nothing seen.
        {{else}}
        {{#each seen}}
        - {{category}}{{#if first}} {{first}}{{/if}}
        {{/each}}
        {{/unless}}
        {{! a remark }}
        """;

    [Fact]
    public void ATemplateIsFilled()
    {
        var letter = Template(Good).Write(Facts.Evidenced, Words());
        Assert.Equal("Request for Mi Fit (Zepp Life) [SAR-2026-0001]", letter.Subject.Value);
        Assert.Contains("- user id: 3000000001\n", letter.Text, StringComparison.Ordinal);
        Assert.Contains("<strong>3000000001</strong>", letter.Html, StringComparison.Ordinal);
        Assert.Contains("Nothing seen.", Template(Good).Write(Facts.Bare, Words()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{#if person.email}}", "{{#if person.mail}}", "line 9, column 1")]
    [InlineData("Mail: {{person.email}}", "Mail: {{person.mail}}", "line 10, column 7")]
    [InlineData("{{#if person.email}}\nMail: {{person.email}}\n{{/if}}", "{{person.email}}", "line 9, column 1")]
    [InlineData("{{#if person.email}}\nMail: {{person.email}}\n{{/if}}", "{{#unless person.email}}{{person.email}}{{/unless}}", "line 9, column 25")]
    [InlineData("{{label}}", "{{labl}}", "line 14, column 3")]
    [InlineData("{{label}}", "{{reference}}", "line 14, column 3")]
    [InlineData("{{label}}", "{{{label}}}", "line 14, column 3")]
    [InlineData("{{label}}", "{{&label}}", "line 14, column 3")]
    [InlineData("{{label}}", "{{> other}}", "line 14, column 3")]
    [InlineData("{{label}}", "{{lookup this}}", "line 14, column 3")]
    [InlineData("{{label}}", "{{@index}}", "line 14, column 3")]
    [InlineData("{{label}}", "{{ label }}", "line 14, column 3")]
    [InlineData("{{label}}", "{{label", "line 14, column 3")]
    [InlineData("{{label}}", "{{#each seen}}{{/each}}", "line 14, column 3")]
    [InlineData("{{date}}", "{{seen}}", "line 8, column 39")]
    [InlineData("{{date}}", "{{#each date}}{{/each}}", "line 8, column 39")]
    [InlineData("{{date}}", "{{else}}", "line 8, column 39")]
    [InlineData("{{date}}", "{{/if}}", "line 8, column 39")]
    [InlineData("{{/unless}}", "{{/if}}", "line 22, column 1")]
    [InlineData("{{/unless}}", "", "line 16, column 1")]
    [InlineData("{{! a remark }}", "{{#if seen}}", "line 23, column 1")]
    [InlineData("**{{value}}**", "**{{value}}", "line 14, column 14")]
    [InlineData("Request for {{product}}", "Request for {{produkt}}", "line 4, column 22")]
    [InlineData(" [{{reference}}]", "", "line 4, column 10")]
    [InlineData("kind: access", "kind: invoice", "line 2, column 1")]
    [InlineData("kind: access\n", "", "line 6, column 1")]
    [InlineData("language: en", "language:", "line 3, column 1")]
    [InlineData("language: en", "lang: en", "line 3, column 1")]
    [InlineData("language: en", "language: en\nlanguage: de", "line 4, column 1")]
    [InlineData("  - GDPR, Article 15\n", "", "line 5, column 1")]
    [InlineData("sources:\n", "sources: none\n", "line 5, column 1")]
    [InlineData("{{date}}, ", "", "line 8, column 1")]
    [InlineData("Nothing seen.", "Nothing\tseen.", "line 17, column 8")]
    public void AFaultIsNamedWithLineAndColumn(string was, string becomes, string place)
    {
        var at = Good.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, was);
        var fault = Assert.Throws<BadInput>(() => Template(string.Concat(Good.AsSpan(0, at), becomes, Good.AsSpan(at + was.Length))));
        Assert.Equal(("access.en.md", place), (fault.InputName, fault.Where));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Dear Sir or Madam")]
    [InlineData("---")]
    [InlineData("---\nkind: access\nlanguage: en\n")]
    [InlineData("---\n---\n")]
    public void WhatIsNoTemplateIsRefused(string text) => Assert.Throws<BadInput>(() => Template(text));

    [Fact]
    public void WindowsLineEndsChangeNothing() =>
        Assert.Equal(
            Template(Good).Write(Facts.Evidenced, Words()),
            Template(Good.Replace("\n", "\r\n", StringComparison.Ordinal)).Write(Facts.Evidenced, Words()));

    [Fact]
    public void AShippedTemplateThatLosesAnyPlaceholderItNeedsIsRefused()
    {
        var text = Repository.Read("templates", "letters", "access.en.md");
        foreach (var name in new[] { "reference", "date", "person.name", "controller.name" })
        {
            var body = text.LastIndexOf("---\n", StringComparison.Ordinal);
            var without = text[..body] + text[body..].Replace("{{" + name + "}}", "", StringComparison.Ordinal);
            Assert.Contains($"\"{name}\"", Assert.Throws<BadInput>(() => Template(without)).Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"December\"]", "]", "$.months")]
    [InlineData("{year}", "", "$.date")]
    [InlineData("\"steps\":", "\"stepps\":", "$.categories")]
    [InlineData("\"language\": \"en\"", "\"language\": 5", "$.language")]
    [InlineData("{from} to {to}", "{from}", "$.range")]
    [InlineData("Page {page} of {pages}", "Page {page}", "$.pages")]
    [InlineData("\"ukShort\": \"UK GDPR\",", "", "$.gdpr")]
    [InlineData("\"fee\":", "\"fees\":", "$.replies.fees")]
    [InlineData("\"language\": \"en\"", "\"language\": \"en\", \"colour\": \"red\"", "$.colour")]
    public void AFaultInAWordsFileIsNamedWithItsPlace(string was, string becomes, string place)
    {
        var good = Repository.Read("templates", "letters", "words.en.json");
        Assert.Contains(was, good, StringComparison.Ordinal);
        var bad = good.Replace(was, becomes, StringComparison.Ordinal).Replace("\"November\", ]", "\"November\"]", StringComparison.Ordinal);
        Assert.Equal(place, Assert.Throws<BadInput>(() => LetterWords.Read(bad, "words.en.json")).Where);
    }

    private static LetterTemplate Template(string text) => LetterTemplate.Parse(text, "access.en.md");

    private static LetterWords Words() => LetterWords.Read(Repository.Read("templates", "letters", "words.en.json"), "words.en.json");
}
