namespace MiSarTracker.Core.Recipients;

/// <summary>A company that receives data of apps, and the domains by which it is known.</summary>
/// <param name="Id">Unique in the directory.</param>
/// <param name="Owner">The company as it calls itself.</param>
/// <param name="Names">Other names by which an answer may call it.</param>
/// <param name="Country">ISO 3166 code of its seat, two capital letters.</param>
/// <param name="Domains">Lower-case; a host belongs to it when it is one of them or ends in one.</param>
/// <param name="Because">What it does for apps.</param>
/// <param name="Source">Where that is said.</param>
public sealed record KnownRecipient(
    string Id, string Owner, IReadOnlyList<string> Names, string Country, IReadOnlyList<string> Domains, string Because, string Source);
