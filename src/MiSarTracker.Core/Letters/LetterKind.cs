namespace MiSarTracker.Core.Letters;

/// <summary>What a letter is for. The names are part of the command line (<c>--kind</c>) and of the templates' file names.</summary>
public sealed record LetterKind
{
    private LetterKind(string name) => Name = name;

    /// <summary><c>access</c>, <c>reminder</c>, …</summary>
    public string Name { get; }

    /// <summary>The request under Art. 15 GDPR.</summary>
    public static LetterKind Access { get; } = new("access");

    /// <summary>The deadline passed without an answer.</summary>
    public static LetterKind Reminder { get; } = new("reminder");

    /// <summary>The answer came and is incomplete; built from the comparison's findings.</summary>
    public static LetterKind Deficiency { get; } = new("deficiency");

    /// <summary>Against an invalid extension, a disproportionate identity demand or a fee.</summary>
    public static LetterKind Objection { get; } = new("objection");

    /// <summary>To the supervisory authority, Art. 77 GDPR.</summary>
    public static LetterKind Complaint { get; } = new("complaint");

    /// <summary>Regulation (EU) 2023/2854, Art. 4.</summary>
    public static LetterKind DataAct { get; } = new("data-act");

    /// <summary>Takes back the request, or the complaint.</summary>
    public static LetterKind Withdrawal { get; } = new("withdrawal");

    /// <summary>Every kind that the command line knows, in the order of a case's course.</summary>
    public static IReadOnlyList<LetterKind> All { get; } = [Access, Reminder, Deficiency, Objection, Complaint, DataAct, Withdrawal];

    /// <summary>Reads a name of the command line.</summary>
    /// <exception cref="Refusal">Unknown; lists the known ones.</exception>
    public static LetterKind Parse(string name) =>
        All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new Refusal($"There is no kind of letter called \"{name}\".", $"Known kinds: {string.Join(", ", All.Select(kind => kind.Name))}.");

    public override string ToString() => Name;
}
