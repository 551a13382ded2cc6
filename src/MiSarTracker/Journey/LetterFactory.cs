using System.Security.Cryptography;
using MiSarTracker.Core;
using MiSarTracker.Core.Authorities;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Ports;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Journey;

/// <summary>Gathers what a letter may say of a case: only what its kind speaks of.</summary>
internal sealed class LetterFactory(Case @case, VendorProfile profile, Controller controller, LetterCourse course, Settings settings)
{
    /// <param name="recipient">The address it would be mailed to; null when none is known.</param>
    /// <param name="takenBack">The complaint that a withdrawal takes back.</param>
    /// <exception cref="Refusal">A deficiency letter before any comparison.</exception>
    public LetterFacts Facts(LetterOrder order, AuthorityCandidate? authority, EmailAddress? recipient, Core.Cases.Letter? takenBack, Templates templates)
    {
        var today = order.Now.InZone(settings.Person.Zone).Date;
        var isToController = authority is null;
        var facts = new LetterFacts
        {
            Reference = Line(@case.Reference.ToString(), "the reference"),
            Person = new Party(Line(@case.Person.Name, "your name"), EmailAddress.Parse(@case.Person.Email, "your e-mail address"), Lines(settings.Person.PostalAddress, "your postal address")),
            Controller = new Party(
                Line(controller.Name, "the controller's name"),
                isToController ? recipient : controller.Email is { } email ? EmailAddress.Parse(email, "the controller's address") : null,
                Lines(controller.Address, "the controller's postal address")),
            Authority = authority is null ? null : new LetterAuthority(
                new Party(Line(authority.Authority.Name, "the authority's name"), recipient, Lines(authority.Authority.Address, "the authority's address")),
                Ground(authority)),
            Product = Line(profile.Name, "the product"),
            Date = today,
            Regime = authority is null
                ? LetterLaw.Of(@case.Person.Country, controller.Establishment?.Country ?? controller.Country)
                : authority.Authority.Country == "GB" ? LetterRegime.Uk : LetterRegime.Eu,
            Identifiers = [.. @case.Identifiers.Select(known => new Core.Letters.Identifier(known.Kind, Line(known.Value, known.Kind)))],
            Seen = order.Seen is null ? [] : SeenUploads.Of(order.Seen),
            Prior = course.Prior(),
            WithdrawnComplaint = takenBack is null ? null : course.Day(takenBack),
        };
        return order.Kind == LetterKind.Deficiency ? facts with { Deficiencies = Deficiencies(order, templates) }
            : order.Kind == LetterKind.Objection ? facts with { Objections = course.Objections() }
            : order.Kind == LetterKind.Complaint ? Complaint(facts, order, templates)
            : facts;
    }

    private LetterFacts Complaint(LetterFacts facts, LetterOrder order, Templates templates) => facts with
    {
        Faults =
        [
            .. course.Faults(facts.Date),
            .. order.Findings is null ? [] : Points(order, templates).Select(point => new Fault(point.Kind, Persists: true, null, point)),
            .. order.Findings?.Resolved() ?? [],
        ],
        Correspondence = course.Correspondence(),
        Enclosures = order.Enclosure is { } file
            ? [new Enclosure(file.FileName, Line(Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)), "the hash"))]
            : [],
    };

    private IReadOnlyList<Deficiency> Deficiencies(LetterOrder order, Templates templates)
    {
        // Without an answer there is nothing to compare either; the letter's own refusal says so.
        if (order.Findings is null && course.Prior()?.Answered is not null)
            throw new Refusal($"{@case.Reference} was not compared yet: what the answer lacks is not known.", $"misar compare {@case.Reference}");
        return order.Findings is null ? [] : Points(order, templates);
    }

    private IReadOnlyList<Deficiency> Points(LetterOrder order, Templates templates) =>
        order.Findings!.Deficiencies(templates.LetterTemplates().Words(order.Language ?? @case.Language), order.WithValues);

    private string? Ground(AuthorityCandidate authority) => authority.Ground switch
    {
        ComplaintGround.Residence when !authority.Authority.Country.Equals(@case.Person.Country, StringComparison.OrdinalIgnoreCase) => null,
        ComplaintGround.Residence => "residence",
        ComplaintGround.Workplace => "workplace",
        _ => "infringement",
    };

    private static IReadOnlyList<SingleLine> Lines(IEnumerable<string> lines, string source) => [.. lines.Select(line => Line(line, source))];

    private static SingleLine Line(string text, string source) => SingleLine.Parse(text, source);
}
