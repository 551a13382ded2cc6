using System.Collections.ObjectModel;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Vendors;

/// <summary>A table or file of an answer, or some of its rows, that is left unmapped on purpose. Its text is searched all the same.</summary>
public sealed record NotMappedRule
{
    /// <summary>Tested against the member's path.</summary>
    public required Pattern Member { get; init; }

    /// <summary>Only rows whose columns have one of these values; empty for the whole table.</summary>
    public IReadOnlyList<RowFilter> Rows { get => field ?? []; init; }

    /// <summary>Why it is not mapped.</summary>
    public required string Because { get; init; }
}

/// <summary>A file that the profile must read, with what it holds.</summary>
public sealed record VendorSample
{
    /// <summary>The file, relative to the profile's folder, with forward slashes.</summary>
    public required string File { get; init; }

    public required SampleKind As { get; init; }

    /// <summary>For <see cref="SampleKind.Body"/>: method and URL, <c>POST https://api.example.org/sync</c>.</summary>
    public string? Request { get; init; }

    /// <summary>For <see cref="SampleKind.Body"/>: the request's headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>For <see cref="SampleKind.Export"/>: the archive's password.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Category, or category and field (<c>body</c>, <c>body.weight</c>, <c>steps.total:distance</c>) → how many samples there are: distinct
    /// ones, as the comparison counts them. A field counts occurrences that state it, or facts of that name.
    /// </summary>
    public required IReadOnlyDictionary<string, int> Expect { get; init; }

    /// <summary>Category and field → values that must be among those found, as a reader sees them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get => field ?? ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty; init; }

    /// <summary>How many parts of it cannot be read.</summary>
    public int Damages { get; init; }

    public required string Because { get; init; }

    /// <summary>Splits a key of <see cref="Expect"/>; false when it names no category.</summary>
    public static bool TrySplit(string key, out Category category, out string field)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        field = dot < 0 ? "" : key[(dot + 1)..];
        return Category.TryParse(dot < 0 ? key : key[..dot], out category) && (dot < 0 || field.Length > 0);
    }
}

/// <summary>What a sample is.</summary>
public enum SampleKind
{
    /// <summary>A capture: a flow dump, a HAR.</summary>
    Capture,

    /// <summary>The body of one request.</summary>
    Body,

    /// <summary>An answer, or one file of it.</summary>
    Export,
}
