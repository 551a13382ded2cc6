namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>How a field is written: what must be undone, and what is suspicious.</summary>
[Flags]
internal enum FieldShape : byte
{
    Plain = 0,

    /// <summary>Stands in quotes, which are not part of its extent.</summary>
    Quoted = 1,

    /// <summary>Holds doubled quotes.</summary>
    Doubled = 2,

    /// <summary>Holds quotes behind a backslash.</summary>
    Backslashes = 4,

    /// <summary>Holds quotes that are neither doubled nor behind a backslash.</summary>
    LoneQuotes = 8,

    /// <summary>Spans lines.</summary>
    Lines = 16,

    /// <summary>Its closing quote has not been found.</summary>
    Open = 32,
}
