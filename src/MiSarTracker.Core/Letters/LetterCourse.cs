using NodaTime;

namespace MiSarTracker.Core.Letters;

/// <summary>The law under which the request stands, as far as a letter has to name it.</summary>
public enum LetterRegime
{
    /// <summary>Regulation (EU) 2016/679.</summary>
    Eu,

    /// <summary>The same as it is law in the United Kingdom.</summary>
    Uk,

    /// <summary>Regulation (EU) 2016/679, and beside it the Swiss Federal Act on Data Protection.</summary>
    Swiss,
}

/// <summary>The authority to which a complaint goes.</summary>
/// <param name="Office">Name, address, e-mail; the last two as far as they are known.</param>
/// <param name="Ground">Why this one may be asked (Art. 77(1)): one of <see cref="Grounds"/>, or null when it is not known.</param>
public sealed record LetterAuthority(Party Office, string? Ground)
{
    /// <summary>The habitual residence, the place of work, the place of the alleged infringement.</summary>
    public static IReadOnlyList<string> Grounds { get; } = ["residence", "workplace", "infringement"];
}

/// <summary>Something to object to, as the case recorded it.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Received">When the controller's message came.</param>
/// <param name="Due">The last day that counts for it; null when that says nothing.</param>
/// <param name="Reasons">What the controller gave as its reasons, as recorded; null when nothing was.</param>
public sealed record Objection(string Kind, LocalDate Received, LocalDate? Due = null, SingleLine? Reasons = null)
{
    /// <summary>For each the template has a point with its article.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["extension-late", "extension-without-reasons", "extension-second", "extension-too-long", "identity", "fee"];
}

/// <summary>One message of the case, either way.</summary>
/// <param name="Date">When it was sent or received, local to the person.</param>
/// <param name="Mine">True when the person wrote it.</param>
/// <param name="Kind">The kind of letter or reply, <c>mail</c> or <c>file</c>; the words file gives its label.</param>
/// <param name="Number">Its number in the case, <c>L-001</c>; null for a reply that was only recorded.</param>
/// <param name="Sha256">Of its bytes; null when there are none on the record.</param>
public sealed record Correspondence(LocalDate Date, bool Mine, string Kind, SingleLine? Number, SingleLine? Sha256);

/// <summary>A fault that a complaint names, with where it stands.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Persists">False: it was there and is resolved.</param>
/// <param name="Date">The day of the message that it is about; null when there is none.</param>
/// <param name="Data">For a fault of the answer's content: what, how much, where the evidence stands.</param>
public sealed record Fault(string Kind, bool Persists, LocalDate? Date = null, Deficiency? Data = null)
{
    /// <summary>Faults of the course that a request took.</summary>
    public static IReadOnlyList<string> Course { get; } =
    [
        "no-answer", "late-answer", "extension-late", "extension-without-reasons", "extension-second", "extension-too-long", "identity", "fee", "refusal-without-reasons",
    ];

    /// <summary>Those, and the faults of an answer.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Course, .. Deficiency.Kinds];
}

/// <summary>A file that goes with the letter.</summary>
public sealed record Enclosure(SingleLine FileName, SingleLine Sha256);
