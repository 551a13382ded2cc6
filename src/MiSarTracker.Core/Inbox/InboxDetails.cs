using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiSarTracker.Core.Inbox;

/// <summary>What was read of a mail beside its place: for lists and pages, so that they need not read the mail again.</summary>
public sealed record InboxDetails
{
    /// <summary>By what it belongs to its case, and why it is unsure.</summary>
    public string? MatchedBy { get; init; }

    /// <summary><c>high</c>, <c>fair</c>, <c>low</c>.</summary>
    public string? Trust { get; init; }

    public string? Because { get; init; }

    public string? Unsure { get; init; }

    /// <summary>What the rules took it for; <see cref="InboxItem.Kind"/> may say otherwise once the person has confirmed.</summary>
    public string? Guess { get; init; }

    /// <summary>The sentence that decided, in the mail's words.</summary>
    public string? Sentence { get; init; }

    /// <summary>The rule that decided, and why such a sentence means that.</summary>
    public string? Rule { get; init; }

    public string? RuleBecause { get; init; }

    /// <summary>Other kinds that its words speak for, each with its sentence.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The date that the controller names itself, as written.</summary>
    public string? Until { get; init; }

    /// <summary>The sentence that gives reasons; null when none does.</summary>
    public string? Reasons { get; init; }

    /// <summary>Headers by which a program wrote it.</summary>
    public IReadOnlyList<string> Robot { get; init; } = [];

    /// <summary>What the mail library repaired silently, or what can be read in two ways.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>What the receiving server says about the sender, <c>dkim=pass (vendor.example)</c>.</summary>
    public IReadOnlyList<string> Authentication { get; init; } = [];

    /// <summary>What speaks against the sender.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>Addresses in its own words that look like a download.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    public string? Report { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, InboxDetailsJson.Default.InboxDetails);

    public static InboxDetails Parse(string json) => JsonSerializer.Deserialize(json, InboxDetailsJson.Default.InboxDetails) ?? new InboxDetails();
}

/// <param name="Name">As the mail gives it.</param>
/// <param name="Size">In bytes, decoded.</param>
public sealed record MailAttachment(string Name, string MediaType, long Size);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InboxDetails))]
internal sealed partial class InboxDetailsJson : JsonSerializerContext;
