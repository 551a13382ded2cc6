using System.Text.Json.Nodes;
using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>Opens a case in the state draft.</summary>
public sealed record OpenCase
{
    /// <summary>The vendor profile's id, for example <c>xiaomi-mi-fit</c>.</summary>
    public required string Vendor { get; init; }

    /// <summary>At least one; each gets its own clock.</summary>
    public required ValueList<ControllerChoice> Controllers { get; init; }

    public ValueList<Identifier> Identifiers { get; init; }

    public required Person Person { get; init; }

    /// <summary>ISO 639 code, two lower-case letters.</summary>
    public required string Language { get; init; }

    /// <param name="reference">The next free reference; the store counts it within the transaction.</param>
    public static Decision Decide(CaseReference reference, OpenCase command, Instant now)
    {
        Check(command);
        var opened = new Case
        {
            Reference = reference,
            Vendor = command.Vendor,
            Person = command.Person,
            Language = command.Language,
            OpenedAt = now,
            Identifiers = command.Identifiers,
            Controllers = command.Controllers.Select(c => new CaseController { Id = c.Id, Name = c.Name }).ToValueList(),
        };
        var names = string.Join(", ", command.Controllers.Select(c => c.Name));
        return Decision.Of(opened, "case-opened", $"Case opened: {command.Vendor}; controllers: {names.TrimEnd('.')}.", Payload.Of(
            ("vendor", command.Vendor),
            ("controllers", Payload.List(command.Controllers.Select(c => c.Id))),
            ("identifiers", new JsonArray([.. command.Identifiers.Select(i => Payload.Of(("kind", i.Kind), ("value", i.Value)))])),
            ("name", command.Person.Name),
            ("email", command.Person.Email),
            ("country", command.Person.Country),
            ("language", command.Language)));
    }

    private static void Check(OpenCase command)
    {
        if (string.IsNullOrWhiteSpace(command.Vendor))
            throw new Refusal("A case needs a vendor.", "misar vendor list shows the profiles.");
        if (command.Controllers.Count == 0)
            throw new Refusal("A case needs at least one controller.", "The vendor's profile names them: misar vendor show.");
        if (Repeated(command.Controllers.Select(c => c.Id)) is { } controller)
            throw new Refusal($"The controller “{controller}” is named twice.");
        if (command.Identifiers.FirstOrDefault(i => string.IsNullOrWhiteSpace(i.Kind) || string.IsNullOrWhiteSpace(i.Value)) is { } empty)
            throw new Refusal($"The identifier “{empty.Kind}={empty.Value}” is incomplete.", "Write it as KIND=VALUE, for example user-id=3000000001.");
        if (Repeated(command.Identifiers.Select(i => i.Kind + "=" + i.Value)) is { } identifier)
            throw new Refusal($"The identifier “{identifier}” is given twice.");
        if (!IsCode(command.Person.Country, char.IsAsciiLetterUpper))
            throw new Refusal($"“{command.Person.Country}” is not a country code.", "Two capital letters, for example NL.");
        if (!IsCode(command.Language, char.IsAsciiLetterLower))
            throw new Refusal($"“{command.Language}” is not a language code.", "Two small letters, for example en.");
        if (string.IsNullOrWhiteSpace(command.Person.Name) || string.IsNullOrWhiteSpace(command.Person.Email))
            throw new Refusal("A request needs the name and the e-mail address of the person.", "misar init sets both.");
    }

    private static string? Repeated(IEnumerable<string> values) => values.GroupBy(v => v, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;

    private static bool IsCode(string text, Func<char, bool> letter) => text.Length == 2 && text.All(letter);
}
