namespace MiSarTracker.Storage;

public enum VaultFaultKind
{
    /// <summary>The content is no longer what the name says.</summary>
    Changed,

    /// <summary>A case refers to it and it is not there.</summary>
    Missing,

    /// <summary>
    /// No case refers to it. Harmless: a command that was stopped after storing a file and before recording it leaves one.
    /// </summary>
    Extra,
}

/// <summary>A file of the vault that is not as it should be.</summary>
/// <param name="Name">Its SHA-256, or the path below the vault for a file that has no such name.</param>
public sealed record VaultFault(string Name, VaultFaultKind Kind)
{
    public override string ToString() => Kind switch
    {
        VaultFaultKind.Changed => $"{Name} was changed: its content has another hash.",
        VaultFaultKind.Missing => $"{Name} is missing.",
        _ => $"{Name} belongs to no case.",
    };
}

/// <summary>What re-hashing showed.</summary>
/// <param name="Files">Files that cases refer to.</param>
/// <param name="Bytes">Bytes hashed and found right.</param>
public sealed record VaultVerdict(int Files, long Bytes, IReadOnlyList<VaultFault> Faults)
{
    /// <summary>Nothing changed and nothing is missing; files of no case do no harm.</summary>
    public bool IsIntact => Faults.All(f => f.Kind == VaultFaultKind.Extra);
}
