using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Vendors;

/// <summary>A field that any request may carry: a user id, a language, a token.</summary>
public sealed record CommonField
{
    /// <summary>Where it may stand.</summary>
    public required IReadOnlyList<FieldPlace> In { get; init; }

    /// <summary>The field's names, without regard to case.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Two fields that make one value together, joined by a comma: latitude and longitude.</summary>
    public IReadOnlyList<string> Join { get; init; } = [];

    /// <summary>For <see cref="FieldPlace.Path"/>: the expression whose group <c>value</c> is the value.</summary>
    public Pattern? Match { get; init; }

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

/// <summary>What must never be stored or shown; only <c>sha256:</c> and the value's hash is.</summary>
public sealed record SecretRules
{
    /// <summary>Names of headers, cookies, parameters, form fields and JSON properties, without regard to case.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Expressions on the path; the group <c>secret</c> is the secret.</summary>
    public IReadOnlyList<Pattern> Paths { get; init; } = [];

    public required string Because { get; init; }
}

/// <summary>The binary payloads that code knows, by the name that a profile uses.</summary>
public static class PayloadDecoders
{
    public const string HuamiBandData = "huami-band-data";
    public const string HuamiWorkoutSummary = "huami-workout-summary";
    public const string HuamiWorkoutDetail = "huami-workout-detail";
    public const string HuamiHeartRate = "huami-heart-rate";
    public const string HuamiScale = "huami-scale";

    public static IReadOnlyList<string> Names { get; } =
        [HuamiBandData, HuamiWorkoutSummary, HuamiWorkoutDetail, HuamiHeartRate, HuamiScale];
}

/// <summary>Facts that follow from others, by the name that a profile uses.</summary>
public static class Derivations
{
    /// <summary>The Bluetooth address that a 16-digit EUI-64 was made of.</summary>
    public const string MacFromEui64 = "mac-from-eui64";

    public static IReadOnlyList<string> Names { get; } = [MacFromEui64];
}
