using System.Text.RegularExpressions;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Observations;
using Xunit;

namespace MiSarTracker.Tests.Core.Letters;

/// <summary>What a name, an address or an identifier holds is shown as it is, and changes nothing else.</summary>
public sealed partial class HostileValuesTests
{
    public static TheoryData<string> Values { get; } =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</style><h1>", "javascript:alert(1)", "&lt;&amp;",
        "{{reference}}", "{{{person.name}}}", "{{#each seen}}", "{{/if}}", "{{> partial}}", "{{else}}", "{{!--", "\\{{reference}}",
        "# heading", "- item", "1. item", "**strong**", "**", "line\\", "\\", "---", "[link](http://example.org)", "`code`",
        "=1+1", "From me", ".", "Bcc: x@example.org", "%0d%0aBcc: x", "=?utf-8?q?=0d=0aBcc?=", "\u00e9\u4e2d\ud83d\ude00", "a  b", "'", "\"",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void AHostileValueInAnyFieldIsShownAsItIsAndChangesNoStructure(string value)
    {
        foreach (var (kind, facts, place) in Placed(value))
        {
            var (letter, plain) = (Write(kind, facts(value)), Write(kind, facts("QQQQ")));
            Assert.Equal(Tags().Count(plain.Html), Tags().Count(letter.Html));
            Assert.Equal(
                plain.Html.Replace("QQQQ", System.Net.WebUtility.HtmlEncode(value), StringComparison.Ordinal),
                letter.Html);
            Assert.True(Squeezed(letter.Text).Contains(Squeezed(value), StringComparison.Ordinal), $"{place} is lost");
            Assert.DoesNotMatch("[\r\0\u0002\u0003\u2028]", letter.Text);
            Assert.DoesNotContain('\n', letter.Subject.Value);
        }
    }

    private static IEnumerable<(string Kind, Func<string, LetterFacts> Facts, string Place)> Placed(string value)
    {
        _ = value;
        var all = Letters.Facts.Incomplete;
        yield return ("access", v => all with { Reference = Letters.Facts.Line(v) }, "reference");
        yield return ("access", v => all with { Product = Letters.Facts.Line(v) }, "product");
        yield return ("access", v => all with { Person = all.Person with { Name = Letters.Facts.Line(v) } }, "person's name");
        yield return ("access", v => all with { Person = all.Person with { PostalAddress = [Letters.Facts.Line(v), Letters.Facts.Line("last")] } }, "person's address");
        yield return ("access", v => all with { Controller = all.Controller with { Name = Letters.Facts.Line(v) } }, "controller's name");
        yield return ("access", v => all with { Controller = all.Controller with { PostalAddress = [Letters.Facts.Line(v)] } }, "controller's address");
        yield return ("access", v => all with { Identifiers = [new Identifier("user-id", Letters.Facts.Line(v))] }, "identifier");
        yield return ("access", v => all with { Identifiers = [new Identifier(v, Letters.Facts.Line("1"))] }, "identifier's kind");
        yield return ("access", v => all with { Seen = [all.Seen[0] with { Hosts = [Letters.Facts.Line(v)] }] }, "host");
        yield return ("deficiency", v => all with { Deficiencies = [all.Deficiencies[0] with { Evidence = Letters.Facts.Line(v) }] }, "evidence");
        yield return ("deficiency", v => all with { Deficiencies = [all.Deficiencies[5] with { Subject = Letters.Facts.Line(v) }] }, "subject of a fault");
        yield return ("deficiency", v => all with { Deficiencies = [all.Deficiencies[0] with { Category = Category.Other(v) }] }, "category");
    }

    private static Letter Write(string kind, LetterFacts facts) => Letters.Facts.Shipped.Write(LetterKind.Parse(kind), "en", facts);

    private static string Squeezed(string text) => Blanks().Replace(text, "");

    [GeneratedRegex("<[a-z/!]")]
    private static partial Regex Tags();

    [GeneratedRegex("[ \n]+")]
    private static partial Regex Blanks();
}
