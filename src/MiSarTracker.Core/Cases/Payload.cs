using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Core.Cases;

/// <summary>Writes values into the payload of an event; a member without a value is left out.</summary>
internal static class Payload
{
    public static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var payload = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
                payload[name] = value;
        }

        return payload;
    }

    public static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string? Text(LocalDate? date) => date is { } value ? Text(value) : null;

    /// <summary>UTC with milliseconds, the precision at which moments are stored.</summary>
    public static string Text(Instant moment) => Milliseconds.Format(moment);

    public static string? Text(Instant? moment) => moment is { } value ? Text(value) : null;

    public static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)JsonValue.Create(text))];

    public static JsonObject Of(Clock clock) => Of(
        ("received", Text(clock.Received)),
        ("country", clock.Country),
        ("rule", clock.Rule),
        ("nominal", Text(clock.Nominal)),
        ("due", Text(clock.Due)),
        ("thirtyDays", Text(clock.ThirtyDays)),
        ("safe", Text(clock.Safe)),
        ("extended", clock.Extended),
        ("withoutPause", Text(clock.WithoutPause)),
        ("withPause", Text(clock.WithPause)),
        ("derivation", List(clock.Derivation)));

    public static JsonObject Of(Contact contact) => Of(
        ("email", contact.Email),
        ("country", contact.Country),
        ("address", contact.Address.Count == 0 ? null : List(contact.Address)),
        ("role", ContractName.Of(contact.Role)),
        ("because", contact.Because));

    public static JsonObject Of(Redirect redirect) => Of(("by", redirect.By), ("on", Text(redirect.On)), ("quote", redirect.Quote));

    public static JsonObject Of(OutgoingMail mail) => Of(
        ("to", mail.To),
        ("subject", mail.Subject),
        ("messageId", mail.MessageId),
        ("envelopeId", mail.EnvelopeId),
        ("sha256", mail.Sha256),
        ("size", mail.Size));

    private static readonly InstantPattern Milliseconds = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'");
}
