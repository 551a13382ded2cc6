namespace MiSarTracker.Core;

/// <summary>
/// The one family of failures that the product raises on purpose. Each carries what a person needs to act:
/// what went wrong, where, and what to do. Anything else that is thrown is a bug and is not caught below Program.cs.
/// </summary>
public abstract class MisarFailure : Exception
{
    private protected MisarFailure(string message, string? remedy, Exception? inner)
        : base(message, inner) => Remedy = remedy;

    /// <summary>The process's exit code for this failure; see product contract (2, 3, 4 or 5).</summary>
    public abstract int ExitCode { get; }

    /// <summary>One sentence that says what to do next, or null when the message says it already.</summary>
    public string? Remedy { get; }
}

/// <summary>Wrong usage, or a step that a rule of the product refuses (exit 2). The message names the rule.</summary>
public sealed class Refusal(string message, string? remedy = null) : MisarFailure(message, remedy, null)
{
    public override int ExitCode => 2;
}

/// <summary>Input that cannot be used (exit 3): which input, where in it, and why.</summary>
public class BadInput(string source, string? where, string reason, string? remedy = null, Exception? inner = null)
    : MisarFailure(where is null ? $"{source}: {reason}" : $"{source}, {where}: {reason}", remedy, inner)
{
    public override int ExitCode => 3;

    /// <summary>The file, member, field or option that was read.</summary>
    public string InputName { get; } = source;

    /// <summary>The place in it ("line 12", "byte 4096", "$.controllers[0]"), or null for the whole.</summary>
    public string? Where { get; } = where;

    public string Reason { get; } = reason;
}

/// <summary>Something outside failed and may be tried again (exit 4): a server, a disk.</summary>
public sealed class Unavailable(string message, string? remedy = null, Exception? inner = null) : MisarFailure(message, remedy, inner)
{
    public override int ExitCode => 4;
}

/// <summary>Our own stored data is damaged (exit 5): what, where, and how it was noticed.</summary>
public sealed class Corrupt(string message, string? remedy = null, Exception? inner = null) : MisarFailure(message, remedy, inner)
{
    public override int ExitCode => 5;
}
