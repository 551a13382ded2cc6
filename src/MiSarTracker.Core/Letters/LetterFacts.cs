using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Ports;
using NodaTime;

namespace MiSarTracker.Core.Letters;

/// <summary>
/// Everything that a letter may say about one case. A letter is a pure function of these facts, its template and
/// its words; it holds no measured value unless the person asked for examples (<see cref="Deficiency.Examples"/>).
/// </summary>
public sealed record LetterFacts
{
    /// <summary>The case's reference, <c>SAR-2026-0001</c>; it stands in the subject, in brackets.</summary>
    public required SingleLine Reference { get; init; }

    /// <summary>The data subject.</summary>
    public required Party Person { get; init; }

    /// <summary>The controller (or the authority) that the letter is addressed to.</summary>
    public required Party Controller { get; init; }

    /// <summary>The product that the data come from, as the person knows it: "Mi Fit (Zepp Life)".</summary>
    public required SingleLine Product { get; init; }

    /// <summary>The letter's date, local to the person.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>By what the controller finds the person; never needed to understand the letter.</summary>
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>What the person's own captures show was uploaded; empty while there are none.</summary>
    public IReadOnlyList<SeenUpload> Seen { get; init; } = [];

    /// <summary>The request that this letter follows up; null in the request itself.</summary>
    public PriorRequest? Prior { get; init; }

    /// <summary>What the comparison found, for a deficiency letter.</summary>
    public IReadOnlyList<Deficiency> Deficiencies { get; init; } = [];

    /// <summary>The law that the letter names.</summary>
    public LetterRegime Regime { get; init; }

    /// <summary>True when the letter goes by post, so that it does not say that it is electronic.</summary>
    public bool OnPaper { get; init; }

    /// <summary>Where a complaint goes; null in letters to the controller.</summary>
    public LetterAuthority? Authority { get; init; }

    /// <summary>What an objection is about.</summary>
    public IReadOnlyList<Objection> Objections { get; init; } = [];

    /// <summary>Every message so far, oldest first, for a complaint.</summary>
    public IReadOnlyList<Correspondence> Correspondence { get; init; } = [];

    /// <summary>What a complaint is about.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What goes with the letter.</summary>
    public IReadOnlyList<Enclosure> Enclosures { get; init; } = [];

    /// <summary>When the complaint was sent that a withdrawal takes back; null when it takes back the request.</summary>
    public LocalDate? WithdrawnComplaint { get; init; }

    /// <summary>To whom the letter goes: the authority when there is one, else the controller.</summary>
    public Party Recipient => Authority?.Office ?? Controller;
}

/// <summary>A person or an office with its addresses.</summary>
/// <param name="Name">As it stands in the head of a letter.</param>
/// <param name="Email">Null when unknown or when the letter goes by post.</param>
/// <param name="PostalAddress">Lines without the name; may be empty.</param>
public sealed record Party(SingleLine Name, EmailAddress? Email, IReadOnlyList<SingleLine> PostalAddress);

/// <summary>Something that the controller's records are filed under.</summary>
/// <param name="Kind">Contract name: <c>user-id</c>, <c>device-id</c>, <c>e-mail</c>, …; the words file gives its label.</param>
/// <param name="Value">As the app sent it.</param>
public sealed record Identifier(string Kind, SingleLine Value);

/// <summary>One category of data that was seen leaving the person's phone: types, days, counts and hosts, never values.</summary>
/// <param name="Category">The words file gives its label.</param>
/// <param name="First">Local day of the first sample, or null when the category has no time.</param>
/// <param name="Last">Local day of the last sample, or null.</param>
/// <param name="Samples">Distinct samples, as the comparison counts them.</param>
/// <param name="Hosts">Where they were sent.</param>
public sealed record SeenUpload(Category Category, LocalDate? First, LocalDate? Last, long Samples, IReadOnlyList<SingleLine> Hosts);

/// <summary>What a follow-up says of the request before it.</summary>
/// <param name="Sent">When it was sent.</param>
/// <param name="Received">When it reached the controller: the day the clock counts from.</param>
/// <param name="Due">The last day as the letter tells it; where readings differ give the safe date, so that the letter claims no more than is certain.</param>
/// <param name="Answered">When an answer came, or null while none did.</param>
public sealed record PriorRequest(LocalDate Sent, LocalDate Received, LocalDate Due, LocalDate? Answered)
{
    /// <summary>True when the controller extended the period and <see cref="Due"/> is the end of the longer one.</summary>
    public bool Extended { get; init; }

    /// <summary>True when it wrote that it extends the period, whether that counts or not: then no letter says that nothing came.</summary>
    public bool HasNotice { get; init; }
}

/// <summary>One thing that is missing or different in the answer, built from findings.</summary>
/// <param name="Kind">The finding's contract name; one of <see cref="Kinds"/>, for which the template has a sentence.</param>
/// <param name="Category">What is concerned.</param>
/// <param name="From">First local day, or null when it has no time.</param>
/// <param name="To">Last local day, inclusive, or null.</param>
/// <param name="Count">Number of samples, or of entries where the category counts fields.</param>
/// <param name="Evidence">Where the person's evidence stands: "E-001, exchange 14".</param>
/// <param name="Subject">What is meant where the kind needs it: a host, a kind of identifier, <c>15(1)(d)</c>; else null.</param>
public sealed record Deficiency(
    string Kind, Category Category, LocalDate? From, LocalDate? To, long Count, SingleLine Evidence, SingleLine? Subject = null)
{
    /// <summary>The kinds of findings that a letter may hold against an answer; the others are no fault of it.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["not-disclosed", "altered", "aggregated-only", "unintelligible", "recipient-not-named", "identifier-not-disclosed", "article15-missing"];

    /// <summary>The unbroken stretches of days that <see cref="From"/> and <see cref="To"/> span; empty when they are one stretch.</summary>
    public IReadOnlyList<(LocalDate From, LocalDate To)> Stretches { get; init; } = [];

    /// <summary>True when <see cref="Count"/> counts daily totals rather than samples.</summary>
    public bool Totals { get; init; }

    /// <summary>The names of the fields, where the category counts fields; else null.</summary>
    public SingleLine? Fields { get; init; }

    /// <summary>Samples with their values: only there when the person asked for it.</summary>
    public IReadOnlyList<DeficiencyExample> Examples { get; init; } = [];
}

/// <summary>One sample with its values.</summary>
/// <param name="At">Its time as text, or null when it has none.</param>
/// <param name="Uploaded">The value as sent, with its unit.</param>
/// <param name="Disclosed">The value as disclosed, with its unit; null when it was not.</param>
public sealed record DeficiencyExample(SingleLine? At, SingleLine Uploaded, SingleLine? Disclosed);
