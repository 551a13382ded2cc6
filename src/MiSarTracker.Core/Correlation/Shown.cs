namespace MiSarTracker.Core.Correlation;

/// <summary>How the captures show the samples of a comparison, in the words of its findings: sent to the vendor, or given back by it.</summary>
internal sealed class Shown
{
    public static readonly Shown Uploaded = new();

    public static readonly Shown GivenBack = new();

    private bool IsUploaded => ReferenceEquals(this, Uploaded);

    /// <summary>Minutes that the answer does not hold as they were shown.</summary>
    /// <param name="tail">What the answer holds instead, or null for nothing.</param>
    public string Gap(string samples, long count, string time, string? tail) => IsUploaded
        ? $"{samples} {(count == 1 ? "was" : "were")} uploaded {time}{(tail is null ? $" and {Are(count)} not in the answer." : $"; {tail}.")}"
        : Given($"{samples}, recorded {time}", count, tail);

    /// <summary>Things that the answer does not hold at all, or only as totals.</summary>
    public string Absence(string samples, long count, string time, string tail) => IsUploaded
        ? $"{samples} uploaded {time} {Are(count)} {tail}."
        : Given($"{samples}, recorded {time}", count, $"{(count == 1 ? "it is" : "they are")} {tail}");

    /// <summary>Named fields that the answer does not name.</summary>
    public string Unnamed(string samples, long count, string names) => IsUploaded
        ? $"{samples} ({names}) {(count == 1 ? "was" : "were")} uploaded; the answer names none of them."
        : Given($"{samples} ({names})", count, "the answer names none of them");

    /// <summary><c>was sent in 3 exchanges</c></summary>
    public string InExchanges(string count) => IsUploaded ? $"was sent in {count}" : $"was given to the app by the vendor's server in {count}";

    /// <summary><c>than were uploaded</c>: for minutes with other values.</summary>
    public string OtherThan => IsUploaded ? "than were uploaded" : "than the vendor's server gave the app";

    /// <summary><c>from the upload</c></summary>
    public string From => IsUploaded ? "from the upload" : "from what the vendor's server gave the app";

    /// <summary><c>from what was uploaded</c></summary>
    public string FromWhat => IsUploaded ? "from what was uploaded" : From;

    /// <summary><c>It was sent on …</c></summary>
    public string It => IsUploaded ? "It was sent" : "The vendor's server gave it to the app";

    private static string Given(string what, long count, string? tail) =>
        $"The vendor's server gave the app {what}; {tail ?? $"{(count == 1 ? "it is" : "they are")} not in the answer"}.";

    private static string Are(long count) => count == 1 ? "is" : "are";
}
