using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Vendors;

/// <summary>A field that any request may carry: a user id, a language, a token.</summary>
public sealed record CommonField
{
    /// <summary>Where it may stand.</summary>
    public required IReadOnlyList<FieldPlace> In { get; init; }

    /// <summary>The field's names, without regard to case.</summary>
    public IReadOnlyList<string> Fields { get => field ?? []; init; }

    /// <summary>Two fields that make one value together, joined by a comma: latitude and longitude.</summary>
    public IReadOnlyList<string> Join { get => field ?? []; init; }

    /// <summary>For <see cref="FieldPlace.Path"/>: the expression whose group <c>value</c> is the value.</summary>
    public Pattern? Match { get; init; }

    /// <summary>Takes only values that fit: the same name may mean two things. The first field of a name that fits counts.</summary>
    public Pattern? Only { get; init; }

    public required Category Category { get; init; }

    /// <summary>The canonical name.</summary>
    public required string Name { get; init; }

    /// <summary>The value identifies a person, a device or an installation.</summary>
    public bool Identifies { get; init; }

    /// <summary>Only the value's hash is kept.</summary>
    public bool Secret { get; init; }

    /// <summary>A further fact that follows from the value; one of <see cref="Derivations"/>.</summary>
    public string? Derive { get; init; }

    public required string Because { get; init; }
}

/// <summary>A part of a request.</summary>
public enum FieldPlace
{
    Header,

    Cookie,

    Query,

    /// <summary>A field of a form, urlencoded or multipart.</summary>
    Form,

    /// <summary>A property of a JSON body, at any depth.</summary>
    Json,

    Path,
}

/// <summary>How an answer's body says whether the upload was taken.</summary>
public sealed record EnvelopeRule
{
    /// <summary>A top-level property of the JSON answer; when it is missing the status alone counts.</summary>
    public required string Field { get; init; }

    /// <summary>Its values that mean success.</summary>
    public required IReadOnlyList<string> Success { get; init; }

    public required string Because { get; init; }
}

/// <summary>
/// What must never be stored or shown. In its place stands <c>sha256:</c> and the value's hash, or, where the value could be guessed from a
/// hash, <c>hmac-sha256:</c> and a commitment under a key that only the case holds.
/// </summary>
public sealed record SecretRules
{
    /// <summary>Names of headers, cookies, parameters, form fields and JSON properties, without regard to case.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>
    /// Those of <see cref="Names"/> whose values a person chose or could try one by one: passwords, short codes, addresses.
    /// </summary>
    public IReadOnlyList<string> Guessable { get => field ?? []; init; }

    /// <summary>Expressions on the path; the group <c>secret</c> is the secret, taken for one that could be guessed.</summary>
    public IReadOnlyList<Pattern> Paths { get => field ?? []; init; }

    public required string Because { get; init; }
}

/// <summary>The payloads that code knows, by the name that a profile uses: binary ones, and those in encodings of their own.</summary>
public static class PayloadDecoders
{
    public const string HuamiBandData = "huami-band-data";

    /// <summary>The same days as an answer gives them back.</summary>
    public const string HuamiStoredDays = "huami-stored-days";

    public const string HuamiWorkoutSummary = "huami-workout-summary";
    public const string HuamiWorkoutDetail = "huami-workout-detail";
    public const string HuamiHeartRate = "huami-heart-rate";

    /// <summary>The answer to a login with a Xiaomi account, which holds the key to <see cref="BodyCiphers.XiaomiRc4"/>.</summary>
    public const string XiaomiLogin = "xiaomi-login";

    public static IReadOnlyList<string> Names { get; } =
        [HuamiBandData, HuamiStoredDays, HuamiWorkoutSummary, HuamiWorkoutDetail, HuamiHeartRate, XiaomiLogin];
}

/// <summary>Encryptions whose key a capture may hold, by the name that a profile uses.</summary>
public static class BodyCiphers
{
    /// <summary>Xiaomi's wrapping of requests and answers (formats.md §1.16).</summary>
    public const string XiaomiRc4 = "xiaomi-rc4";

    public static IReadOnlyList<string> Names { get; } = [XiaomiRc4];
}

/// <summary>Facts that follow from others, by the name that a profile uses.</summary>
public static class Derivations
{
    /// <summary>The Bluetooth address that a 16-digit EUI-64 was made of.</summary>
    public const string MacFromEui64 = "mac-from-eui64";

    public static IReadOnlyList<string> Names { get; } = [MacFromEui64];
}
